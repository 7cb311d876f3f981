"""What is wrong with a row of a register, as a page tells it: in Vietnamese too, where the row is at fault.

What the law or the file of an asset stands against is told as it is refused.
"""

from collections.abc import Mapping
from typing import Any

from api.languages import Language
from api.pages.recording.fields import label

_VIETNAMESE = {
    "unknown-format": "Tên tệp không kết thúc bằng .csv, .txt, .tsv, .xlsx, .jsonl hoặc .ndjson.",
    "unreadable-file": "Không mở được tệp: tệp bị hỏng, bị mã hóa hoặc không đúng loại như tên gọi.",
    "zip-too-large": "Tệp XLSX giải nén ra lớn hơn mức một sổ có thể có nên không được mở.",
    "empty-file": "Tệp không có nội dung.",
    "no-rows": "Tệp chỉ có dòng tiêu đề, không có mục nào.",
    "missing-column": "Dòng tiêu đề thiếu một cột bắt buộc nên không đọc được dòng nào.",
    "duplicate-column": "Dòng tiêu đề có hai cột trùng tên nên không đọc được dòng nào.",
    "unknown-column": "Cột này không thuộc mẫu sổ.",
    "not-utf8": "Dòng có ký tự không theo bảng mã UTF-8 nên bị bỏ qua.",
    "unbalanced-quote": "Ô mở ngoặc kép nhưng không đóng, hoặc dấu ngoặc kép bên trong chưa viết hai lần.",
    "wrong-cell-count": "Dòng có giá trị nằm bên phải cột tiêu đề cuối cùng.",
    "cell-too-large": "Ô dài quá 32.767 ký tự, hoặc dòng dài quá 1 MiB.",
    "wrong-json": "Dòng hoặc ô bắt đầu bằng json: không phải JSON.",
    "not-an-object": "Dòng JSON không phải một đối tượng.",
    "duplicate-key": "Cùng một tên được nêu hai lần.",
    "missing-value": "Thiếu giá trị mà mục cần có.",
    "value-not-expected": "Giá trị nằm ở cột không thuộc mục hoặc loại tài sản này.",
    "unknown-entry": "Không có mục nào tên như vậy.",
    "unknown-choice": "Giá trị không nằm trong các giá trị cột cho phép.",
    "wrong-day": "Cần ghi ngày theo dạng NĂM-THÁNG-NGÀY, ví dụ 2026-03-02.",
    "wrong-time": "Cần ghi thời điểm theo dạng 2026-03-02T09:00.",
    "wrong-number": "Cần ghi số chỉ gồm chữ số, không dấu phân cách, không ký hiệu tiền.",
    "rounded-number": "Bảng tính đã làm tròn số này, các chữ số cuối đã mất.",
    "not-a-whole-number": "Cần ghi số nguyên.",
    "out-of-range": "Số hoặc ngày nằm ngoài khoảng cột cho phép.",
    "wrong-yes-no": "Cần ghi true, yes, 1 (có) hoặc false, no, 0 (không).",
    "wrong-text": "Cần ghi văn bản, giá trị này thuộc loại khác.",
    "wrong-list": "Cần ghi danh sách, các giá trị cách nhau bằng dấu chấm phẩy.",
    "wrong-shares": "Cần ghi phần chia theo dạng MÃ=SỐ TIỀN;MÃ=SỐ TIỀN.",
    "too-few-values": "Danh sách có ít giá trị hơn mức cột yêu cầu.",
    "wrong-alias": "Cần ghi số khác theo dạng loại:giá trị.",
    "wrong-digest": "Cần ghi mã SHA-256 gồm 64 chữ số thập lục phân viết thường.",
    "wrong-media-type": "Cần ghi loại tệp bằng chữ thường, ví dụ application/pdf.",
    "text-too-long": "Văn bản dài hơn mức cột cho phép.",
    "control-character": "Văn bản có ký tự không in được.",
    "formula-cell": "Ô chứa công thức hoặc văn bản mà bảng tính sẽ chạy như công thức.",
    "cell-error": "Ô chứa giá trị lỗi của bảng tính, ví dụ #N/A.",
    "another-office": "Hồ sơ này do cơ quan khác giữ.",
    "already-seized": "Tài sản đã được ghi kê biên.",
    "not-seized": "Tài sản chưa được ghi kê biên.",
    "not-in-this-stage": "Không ghi được việc này khi hồ sơ đang ở giai đoạn hiện tại.",
    "dated-in-the-future": "Ngày ghi ở sau hôm nay.",
    "after-exit": "Tài sản đã ra khỏi hồ sơ trước ngày này.",
    "unknown-kind": "Không có loại tài sản này.",
    "unknown-attribute": "Loại tài sản này không có đặc điểm đó.",
    "wrong-attribute": "Đặc điểm không đúng kiểu giá trị.",
    "duplicate-row": "Dòng này lặp lại một dòng khác trong sổ.",
    "round-not-announced": "Lần đấu giá này chưa được thông báo.",
    "round-number-used": "Số lần đấu giá này đã được dùng.",
    "price-not-in-force": "Giá khởi điểm khác với giá hiện hành.",
    "price-not-reduced": "Giá mới không thấp hơn giá hiện hành.",
    "no-failed-round": "Trước khi giảm giá chưa có lần đấu giá không thành.",
    "together-refused": "Một dòng được ghi cùng lệnh với dòng này bị từ chối.",
    "unlawful": "Pháp luật có hiệu lực vào ngày đó không cho phép.",
}
"""What each code says, in one sentence."""


def wrong_in(problem: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return a problem with what its column is called, and `said`: what is wrong in the reader's language.

    `detail` are the words that name the value itself, empty where `said` has them.
    """
    column, message = problem["column"], problem["message"]
    known = _VIETNAMESE.get(problem["code"]) if language == "vi" else None
    told = {"said": known, "detail": message} if known else {"said": message, "detail": ""}
    return {
        **problem,
        **told,
        "column_name": label(problem.get("entry") or "", column, language) if column else "",
    }
