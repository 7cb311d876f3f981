"""The words of a printed dossier in Vietnamese and English."""

from api.languages import Language

_WORDS: dict[str, tuple[str, str]] = {
    "dossier": ("Hồ sơ tài sản", "Dossier of asset"),
    "page": ("trang", "page"),
    "times": (
        "Tính đến hết ngày {day}, theo những gì đã ghi đến vị trí {position} của sổ ghi.",
        "As of the end of {day}, as known at position {position} of the log.",
    ),
    "asset": ("Tài sản", "The asset"),
    "ladder": ("Các mức giá", "The price ladder"),
    "no_ladder": ("Tài sản chưa được định giá.", "The asset has not been valued."),
    "chart": ("Giá theo thời gian của tài sản {ref}", "Price over time of asset {ref}"),
    "entries": ("Các mục đã ghi", "What was recorded"),
    "entries_are": (
        "Ghi theo thứ tự. Mục bị gạch bỏ có gạch ngang; mục nào ghi muộn hơn mục có ngày sau nó thì nêu rõ.",
        (
            "In the order of recording. What was struck stands struck through; an entry whose day is before "
            "the last one that the file had then is marked late."
        ),
    ),
    "no": ("số", "no."),
    "day": ("ngày", "day"),
    "what": ("nội dung", "what"),
    "recorded": ("ghi lúc, bởi ai", "recorded when, by whom"),
    "position": ("vị trí {position}", "position {position}"),
    "late": (
        "GHI MUỘN: ngày của mục này trước ngày cuối đã có trong hồ sơ lúc ghi",
        "LATE: its day is before the last one that the file had when it was recorded",
    ),
    "together": ("Ghi cùng một lệnh với các mục {numbers}", "Recorded by one command with entries {numbers}"),
    "struck_by": (
        (
            "BỊ GẠCH BỎ bởi mục {entry_no} ngày {on}, do {actor} ghi, {approved_by} phê duyệt; "
            "căn cứ: {basis}; lý do: {reason}"
        ),
        (
            "STRUCK by entry {entry_no} of {on}, recorded by {actor}, approved by {approved_by}; "
            "basis: {basis}; reason: {reason}"
        ),
    ),
    "findings": ("Điểm chưa đúng pháp luật", "Findings"),
    "no_findings": (
        "Không phát hiện mục nào trái quy định có hiệu lực vào ngày của mục.",
        "No entry was found to break a rule that was in force on its day.",
    ),
    "entry": ("mục", "entry"),
    "rule": ("quy tắc", "rule"),
    "finding": ("phát hiện", "finding"),
    "confidence": ("độ tin cậy", "confidence"),
    "sure": ("chắc chắn", "sure"),
    "probable": ("có khả năng", "probable"),
    "unsure": ("chưa chắc", "unsure"),
    "state": ("Tình trạng vào ngày {day}", "State on {day}"),
    "verify": ("Cách kiểm chứng", "How to verify"),
    "json": (
        "Cùng hồ sơ này ở dạng JSON có SHA-256 là",
        "The same dossier as JSON has the SHA-256",
    ),
    "head": (
        (
            "Mỗi mục mang mã băm của mục trước nó. Mã của mục cuối cùng trong hồ sơ này (mục {entry_no}), "
            "nên cũng là của tất cả các mục trước đó, là"
        ),
        (
            "Each entry carries the hash of the one before. That of the last entry here (entry {entry_no}), "
            "and so of all before it, is"
        ),
    ),
    "signed": (
        (
            "{signed} trong {of} mục đã nằm trong sổ được ký của {log}. Điểm kiểm tra đã ký dưới đây xác "
            "nhận toàn bộ {size} mục đầu tiên của sổ; mã QR chứa đúng văn bản ấy. Tệp JSON có từng mục "
            "nguyên văn (content) và chứng minh (proof) rằng mục đó nằm trong sổ."
        ),
        (
            "{signed} of {of} entries stand in the signed log of {log}. The signed checkpoint below vouches "
            "for the first {size} entries of that log; the QR code holds the same text. The JSON file has "
            "each entry as it was signed (content) and the proof that it stands in the log (proof)."
        ),
    ),
    "by_hand": (
        (
            "Lấy hai phần đó của một mục ra tệp (content giải mã base64), rồi kiểm tra bằng khóa công khai "
            "đã nhận trên giấy, không cần tin vào cơ quan hay chương trình này:"
        ),
        (
            "Write both of an entry to files (content decoded from base64), then verify by the public key "
            "that you were given on paper, trusting neither the agency nor this program:"
        ),
    ),
    "key": ("Khóa công khai của sổ theo chính sổ nêu:", "The log's public key as the log itself gives it:"),
    "unsigned": (
        "Không có điểm kiểm tra nào của sổ được ký khi lập hồ sơ: bên ngoài chưa thể kiểm chứng.",
        "No checkpoint of a signed log was at hand when this dossier was made: nobody outside can verify it.",
    ),
    "yes": ("có", "yes"),
    "no_": ("không", "no"),
    "dong": ("đồng", "dong"),
    "step": ("mức", "level"),
    "cause": ("do", "by"),
    "price": ("giá (đồng)", "price (dong)"),
    "of_previous": ("% giá trước", "% of previous"),
    "of_first": ("% giá đầu", "% of first"),
    "of_loan": ("% giá cho vay", "% of loan"),
    "appraised": ("định giá", "appraised"),
    "reduced": ("giảm giá lần {number}", "reduction {number}"),
    "reappraised": ("định giá lại", "reappraised"),
    "sold": ("giá trúng đấu giá", "the hammer"),
    "coordinator": ("điều phối viên", "coordinator"),
    "supervisor": ("giám sát viên", "supervisor"),
    "unfiled": ("chưa lập hồ sơ", "unfiled"),
    "awaiting_appraisal": ("chờ định giá", "awaiting appraisal"),
    "awaiting_round": ("chờ thông báo đấu giá", "awaiting a round"),
    "announced": ("đã thông báo đấu giá", "a round is announced"),
    "awaiting_reduction": ("đấu giá không thành, chờ giảm giá", "a round failed, awaiting a reduction"),
    "won": ("đã có người trúng đấu giá", "won"),
    "paid": ("người mua đã nộp đủ tiền", "paid"),
    "suspended": ("tạm dừng xử lý", "suspended"),
    "delivered": ("đã giao tài sản", "delivered"),
    "taken_in_lieu": ("được nhận để trừ vào tiền thi hành án", "taken in lieu of payment"),
    "redeemed": ("người phải thi hành án đã nhận lại", "redeemed by the debtor"),
    "returned": ("đã giao lại người phải thi hành án", "returned to the debtor"),
    "released": ("đã giải tỏa kê biên", "released"),
    "split": ("đã chia thành nhiều tài sản", "split"),
    "merged": ("đã nhập vào tài sản khác", "merged"),
    "offered": ("đã hỏi", "offered"),
    "accepted": ("đã nhận", "accepted"),
    "refused": ("đã từ chối", "refused"),
    "oral": ("trực tiếp bằng lời nói", "oral"),
    "direct_ballot": ("bỏ phiếu trực tiếp", "direct ballot"),
    "indirect_ballot": ("bỏ phiếu gián tiếp", "indirect ballot"),
    "online": ("trực tuyến", "online"),
}


def word(name: str, language: Language) -> str:
    """Return a word or a sentence of the dossier, the name itself where it has none."""
    return _WORDS[name][language == "en"] if name in _WORDS else name
