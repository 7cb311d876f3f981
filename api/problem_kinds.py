"""Every kind of problem: its status, its title and what to do about it, in English and in Vietnamese."""

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of problem; the texts are `en` and `vi`, the advice `do_en` and `do_vi`.

    Where it passes by itself, `retry_after` is in how many seconds it may be tried again.
    """

    status: int
    en: str
    vi: str
    do_en: str
    do_vi: str
    retry_after: int | None = None


KINDS = {
    "approval-needed": Kind(
        409,
        "A supervisor's approval is needed",
        "Cần giám sát viên phê duyệt",
        "Propose the strike: POST /v1/assets/{asset_id}/strike-proposals. One that was approved on paper is"
        " recorded with as_found=true.",
        "Hãy đề xuất gạch bỏ: POST /v1/assets/{asset_id}/strike-proposals. Việc gạch bỏ đã được duyệt trên"
        " giấy được ghi với as_found=true.",
    ),
    "asset-not-found": Kind(
        404,
        "No such asset",
        "Không có tài sản này",
        "Look the asset up by its reference or number: /v1/assets?q=…",
        "Tìm tài sản theo số hiệu: /v1/assets?q=…",
    ),
    "asset-not-seized": Kind(
        404,
        "Not seized",
        "Tài sản không bị kê biên",
        "No seizure stands on the day asked about, or none does yet: begin the file by POST /v1/assets.",
        "Vào ngày được hỏi không có kê biên, hoặc chưa có: mở hồ sơ bằng POST /v1/assets.",
    ),
    "body-refused": Kind(
        422,
        "The body is not as expected",
        "Nội dung không hợp lệ",
        "Each of `errors` has the place as a JSON pointer and what was expected there.",
        "Mỗi mục trong `errors` nêu vị trí (JSON pointer) và giá trị được chờ đợi.",
    ),
    "body-too-large": Kind(
        413,
        "The body is too large",
        "Nội dung quá lớn",
        "An entry has at most 32 KiB, a document stands in it by its SHA-256; a register has at most 64 MiB.",
        "Một bút toán tối đa 32 KiB, tài liệu chỉ ghi bằng mã SHA-256; một sổ tối đa 64 MiB.",
    ),
    "body-too-slow": Kind(
        408,
        "The body did not come in time",
        "Nội dung đến quá chậm",
        "Send it again with the same Idempotency-Key.",
        "Gửi lại với cùng Idempotency-Key.",
    ),
    "close-not-found": Kind(
        404,
        "The quarter is not closed",
        "Quý này chưa khóa sổ",
        "See which quarters are closed: /v1/offices/{office}/closes. Supervisors close them by a POST there.",
        "Xem các quý đã khóa sổ: /v1/offices/{office}/closes. Giám sát viên khóa sổ bằng POST tại đó.",
    ),
    "command-id-reused": Kind(
        422,
        "This key was used for another command",
        "Khóa đã dùng cho lệnh khác",
        "Make a new Idempotency-Key for each command, and keep it only when sending the same one again.",
        "Mỗi lệnh một Idempotency-Key mới; chỉ dùng lại khóa khi gửi lại đúng lệnh đó.",
    ),
    "command-under-way": Kind(
        409,
        "This command is under way",
        "Lệnh này đang được xử lý",
        "Send it again in a moment with the same key: it is recorded once.",
        "Gửi lại sau giây lát với cùng khóa: lệnh chỉ được ghi một lần.",
        retry_after=1,
    ),
    "credentials-refused": Kind(
        401,
        "The credentials do not hold",
        "Thông tin xác thực không hợp lệ",
        "A key may have run out or been revoked (`auctions keys list`), a token or session have ended.",
        "Khóa có thể đã hết hạn hoặc bị thu hồi (xem `auctions keys list`), mã hoặc phiên đã kết thúc.",
    ),
    "cross-site": Kind(
        403,
        "Sent by a page of another site",
        "Yêu cầu từ một trang web khác",
        "Sign in at a page of the service itself; a proxy before it must pass the header Host on.",
        "Hãy đăng nhập tại trang của chính dịch vụ; máy chủ trung gian phải giữ nguyên tiêu đề Host.",
    ),
    "csrf-token-needed": Kind(
        403,
        "The session's token is needed",
        "Cần có mã của phiên",
        "Send the `csrf_token` that GET /v1/session tells as X-CSRF-Token with every command of a session.",
        "Gửi `csrf_token` mà GET /v1/session cho biết trong X-CSRF-Token kèm mọi lệnh của phiên.",
    ),
    "database-away": Kind(
        503,
        "The database does not answer",
        "Cơ sở dữ liệu không trả lời",
        "Try again after Retry-After seconds; a command with the same key.",
        "Thử lại sau số giây trong Retry-After; lệnh gửi lại với cùng khóa.",
    ),
    "entry-unreadable": Kind(
        503,
        "An entry cannot be read",
        "Không đọc được bút toán",
        "This program does not know a form of entry that stands in the log: the administrator upgrades it.",
        "Chương trình chưa biết một dạng bút toán trong sổ: quản trị viên cần nâng cấp.",
    ),
    "evidence-not-found": Kind(
        404,
        "Not in the log",
        "Không có trong nhật ký",
        "/evidence/checkpoint tells how many entries are signed; tiles lie as C2SP tlog-tiles says.",
        "/evidence/checkpoint cho biết số bút toán đã ký; các phần được xếp theo C2SP tlog-tiles.",
    ),
    "evidence-not-kept": Kind(
        404,
        "The log is not signed here",
        "Nhật ký không được ký ở đây",
        "An administrator names the folder by AUCTIONS_EVIDENCE_FOLDER and starts the signer.",
        "Quản trị viên đặt AUCTIONS_EVIDENCE_FOLDER và chạy chương trình ký.",
    ),
    "head-too-large": Kind(
        431,
        "The head of the request is too large",
        "Phần đầu yêu cầu quá lớn",
        "Send less in the path, the query and the headers: at most 64 KiB together.",
        "Gửi ít hơn trong đường dẫn, truy vấn và tiêu đề: tổng cộng tối đa 64 KiB.",
    ),
    "head-too-slow": Kind(
        408,
        "The head of the request did not come in time",
        "Phần đầu yêu cầu đến quá chậm",
        "Send the request again, whole.",
        "Gửi lại toàn bộ yêu cầu.",
    ),
    "idempotency-key-needed": Kind(
        400,
        "An Idempotency-Key is needed",
        "Cần có Idempotency-Key",
        "Send a key of your own with each command, such as a UUID, and the same one when sending it again.",
        "Gửi kèm mỗi lệnh một khóa riêng, ví dụ UUID, và đúng khóa đó khi gửi lại.",
    ),
    "import-ended": Kind(
        409,
        "The import has ended",
        "Lần nhập đã kết thúc",
        "What it recorded stays; strike what is wrong, entry by entry.",
        "Những gì đã ghi được giữ nguyên; hãy gạch bỏ từng bút toán sai.",
    ),
    "import-not-found": Kind(
        404,
        "No such import",
        "Không có lần nhập này",
        "Use the Location answered when the register was sent in; other offices' imports are not seen.",
        "Dùng Location đã nhận khi gửi sổ; không thấy lần nhập của cơ quan khác.",
    ),
    "internal-error": Kind(
        500,
        "Internal error",
        "Lỗi hệ thống",
        "Tell the administrator the request_id: the service's log has the error under it.",
        "Báo request_id cho quản trị viên: nhật ký của dịch vụ ghi lỗi theo mã này.",
    ),
    "lot-not-found": Kind(
        404,
        "No such lot under way",
        "Không có lô này đang đấu giá",
        "Only lots of the own office whose round is announced and has no result take one.",
        "Chỉ lô của cơ quan mình, đã thông báo và chưa có kết quả, mới nhận kết quả.",
    ),
    "media-type-refused": Kind(
        415,
        "Another media type is expected",
        "Kiểu nội dung không được hỗ trợ",
        "Send the Content-Type that the description of the route names.",
        "Gửi Content-Type như mô tả của đường dẫn.",
    ),
    "method-not-allowed": Kind(
        405,
        "Method not allowed",
        "Phương thức không được phép",
        "The header Allow names the methods of this path.",
        "Tiêu đề Allow nêu các phương thức của đường dẫn này.",
    ),
    "no-provider": Kind(
        404,
        "No provider of identities",
        "Chưa có nhà cung cấp danh tính",
        "Sign in by POST with a local account's password, or ask with a key: Authorization: Bearer auk_…",
        "Đăng nhập bằng POST với mật khẩu của tài khoản cục bộ, hoặc dùng khóa: Authorization: Bearer auk_…",
    ),
    "no-stream-free": Kind(
        503,
        "No stream is free",
        "Không còn luồng trống",
        "Too many read along: ask for pages instead, or try again after Retry-After seconds.",
        "Quá nhiều người theo dõi: hãy đọc từng trang, hoặc thử lại sau số giây trong Retry-After.",
    ),
    "not-allowed": Kind(
        403,
        "Not allowed",
        "Không được phép",
        "Coordinators and supervisors record in the files of their own office, and nobody else does;"
        " persons are shown to them and to auditors, and erased by supervisors.",
        "Chỉ điều phối viên và giám sát viên ghi vào hồ sơ của cơ quan mình; thông tin cá nhân"
        " chỉ hiện cho họ và kiểm toán viên, và do giám sát viên xóa.",
    ),
    "not-ready": Kind(
        503,
        "Not ready yet",
        "Chưa sẵn sàng",
        "The read models are still being built: /readyz tells how far they are.",
        "Các mô hình đọc đang được dựng: /readyz cho biết tiến độ.",
    ),
    "not-yet-read": Kind(
        503,
        "Not read so far yet",
        "Chưa đọc đến vị trí này",
        "Ask again: the read models have not come to the position asked about.",
        "Hỏi lại: các mô hình đọc chưa đến vị trí được hỏi.",
    ),
    "not-yet-signed": Kind(
        503,
        "Not signed so far yet",
        "Chưa được ký đến vị trí này",
        "Ask again: what is recorded is signed within seconds.",
        "Hỏi lại: dữ liệu đã ghi được ký trong vài giây.",
    ),
    "nothing-to-plan": Kind(
        409,
        "Nothing to plan",
        "Không có gì để lập kế hoạch",
        "Only an asset that is still unsold and has a price has a plan.",
        "Chỉ tài sản chưa bán và đã có giá mới có kế hoạch.",
    ),
    "parameter-refused": Kind(
        422,
        "A parameter is not as expected",
        "Tham số không hợp lệ",
        "Each of `errors` names the parameter or header and what was expected.",
        "Mỗi mục trong `errors` nêu tham số hoặc tiêu đề và giá trị được chờ đợi.",
    ),
    "password-refused": Kind(
        401,
        "Wrong user or password",
        "Sai tên người dùng hoặc mật khẩu",
        "Try again; whoever forgot it gets another from the administrator, by `auctions users password`.",
        "Thử lại; ai quên mật khẩu thì nhờ quản trị viên cấp mật khẩu mới bằng `auctions users password`.",
    ),
    "path-not-found": Kind(
        404,
        "No such path",
        "Không có đường dẫn này",
        "/docs shows all paths.",
        "/docs liệt kê mọi đường dẫn.",
    ),
    "person-erased": Kind(
        410,
        "The person was erased",
        "Thông tin cá nhân đã bị xóa",
        "Name and key are gone for good, entries keep the reference. Another person takes another reference.",
        "Tên và khóa đã mất hẳn; bút toán vẫn giữ số hiệu. Ghi người khác bằng số hiệu khác.",
    ),
    "person-not-found": Kind(
        404,
        "No such person",
        "Không có người này",
        "A reference is known to the office that keeps the person; auditors name it: ?office=…",
        "Số hiệu chỉ có ở cơ quan lưu giữ thông tin; kiểm toán viên nêu cơ quan: ?office=…",
    ),
    "person-unreadable": Kind(
        503,
        "The person cannot be read",
        "Không đọc được thông tin cá nhân",
        "The key of the service is not the one the person was sealed with: tell the administrator.",
        "Khóa của dịch vụ không phải khóa đã niêm phong thông tin này: báo quản trị viên.",
    ),
    "persons-not-kept": Kind(
        404,
        "No persons are kept here",
        "Không lưu thông tin cá nhân",
        "The administrator makes a key (`auctions persons new-key`) and names it: AUCTIONS_PERSONS_KEY_FILE.",
        "Quản trị viên tạo khóa (`auctions persons new-key`) và nêu tệp khóa: AUCTIONS_PERSONS_KEY_FILE.",
    ),
    "precondition-needed": Kind(
        428,
        "If-Match is needed",
        "Cần có If-Match",
        "Read the file and send the ETag it was answered with: a decision on an older file is refused.",
        "Đọc hồ sơ và gửi ETag đã nhận: quyết định dựa trên hồ sơ cũ bị từ chối.",
    ),
    "proposal-ended": Kind(
        409,
        "The proposal has ended",
        "Đề xuất đã kết thúc",
        "GET /v1/strike-proposals/{proposal_id} tells how. Propose anew what is still to be struck.",
        "GET /v1/strike-proposals/{proposal_id} cho biết kết quả. Đề xuất lại nếu vẫn cần gạch bỏ.",
    ),
    "proposal-not-found": Kind(
        404,
        "No such proposal",
        "Không có đề xuất này",
        "GET /v1/strike-proposals lists those of your office; those of other offices are not seen.",
        "GET /v1/strike-proposals liệt kê đề xuất của cơ quan; không thấy đề xuất của cơ quan khác.",
    ),
    "provider-away": Kind(
        503,
        "The provider does not answer",
        "Nhà cung cấp danh tính không trả lời",
        "Try again after Retry-After seconds; a key is taken meanwhile.",
        "Thử lại sau số giây trong Retry-After; trong khi đó vẫn dùng được khóa.",
    ),
    "query-too-long": Kind(
        503,
        "The query took too long",
        "Truy vấn quá lâu",
        "Ask for less: name an office, a kind, a province.",
        "Hỏi ít hơn: nêu cơ quan, loại tài sản, tỉnh.",
    ),
    "read-model-stopped": Kind(
        503,
        "A read model stands still",
        "Mô hình đọc đã dừng",
        "The administrator sees the entry and the reason by `auctions projections status`.",
        "Quản trị viên xem bút toán và lý do bằng `auctions projections status`.",
    ),
    "refused": Kind(
        409,
        "Not recorded",
        "Không được ghi",
        "The file or the law stands against it: `errors` have code, rule, article and what is allowed."
        " A fact that has happened is recorded with as_found=true and becomes a finding.",
        "Hồ sơ hoặc pháp luật không cho phép: `errors` nêu mã, quy tắc, điều luật và mức được phép."
        " Việc đã xảy ra được ghi với as_found=true và trở thành phát hiện.",
    ),
    "request-unreadable": Kind(
        400,
        "The request is not readable",
        "Không đọc được yêu cầu",
        "What came is not HTTP/1.1: ask by a client that speaks it, and where TLS is spoken, https.",
        "Dữ liệu nhận được không phải HTTP/1.1: hãy dùng đúng giao thức, và https nơi có TLS.",
    ),
    "row-not-found": Kind(
        404,
        "No such row waits",
        "Không có dòng này đang chờ",
        "GET /v1/quarantine lists the rows of your office that wait.",
        "GET /v1/quarantine liệt kê các dòng đang chờ của cơ quan.",
    ),
    "sign-in-needed": Kind(
        401,
        "Credentials are needed",
        "Cần xác thực",
        "Sign in, or send a key or a provider's token: Authorization: Bearer … (`auctions keys add`).",
        "Đăng nhập, hoặc gửi khóa hay mã của nhà cung cấp: Authorization: Bearer … (`auctions keys add`).",
    ),
    "sign-in-refused": Kind(
        400,
        "Not signed in",
        "Đăng nhập không thành công",
        "Begin again at /v1/sign-in in the same browser, and be done within ten minutes.",
        "Bắt đầu lại ở /v1/sign-in trong cùng trình duyệt và hoàn tất trong mười phút.",
    ),
    "stale-file": Kind(
        412,
        "The file has changed",
        "Hồ sơ đã thay đổi",
        "Others have recorded since: the header ETag has the version now. Read the file and decide again.",
        "Đã có người ghi sau đó: tiêu đề ETag nêu phiên bản hiện tại. Đọc lại hồ sơ và quyết định lại.",
    ),
    "too-busy": Kind(
        503,
        "Too busy",
        "Quá tải",
        "Nothing was recorded or made: send it again after Retry-After seconds, a command with the same key.",
        "Chưa ghi hay lập gì: gửi lại sau số giây trong Retry-After, lệnh ghi thì với cùng khóa.",
    ),
    "too-many-requests": Kind(
        429,
        "Too many requests",
        "Quá nhiều yêu cầu",
        "Wait as many seconds as Retry-After says; ask for larger pages, or follow /v1/changes.",
        "Chờ số giây trong Retry-After; đọc trang lớn hơn, hoặc theo dõi /v1/changes.",
    ),
    "too-many-streams": Kind(
        429,
        "Too many streams",
        "Quá nhiều luồng",
        "This address has as many streams open as it may: close one, or read pages.",
        "Địa chỉ này đã mở đủ số luồng: đóng bớt, hoặc đọc từng trang.",
    ),
    "too-many-wrong-passwords": Kind(
        429,
        "Too many wrong passwords",
        "Nhập sai mật khẩu quá nhiều lần",
        "Wait as many seconds as Retry-After says: until then not even the right one is taken.",
        "Chờ số giây trong Retry-After: trong thời gian đó mật khẩu đúng cũng không được nhận.",
    ),
}
"""By the code that never changes; `/problems/{code}` is the type of each."""
