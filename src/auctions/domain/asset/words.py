"""What an entry is in plain words, in English and in Vietnamese; they name no party."""

from typing import Any

from auctions.domain.asset import events as e
from auctions.rules.kinds import asset_kinds

_SAYS: dict[str, tuple[str, str]] = {
    "seized": ("seized: {kind}", "kê biên: {kind}"),
    "surveyed": ("its condition was surveyed", "kiểm tra hiện trạng tài sản"),
    "cost_accrued": ("a cost of {amount} dong arose: {what}", "phát sinh chi phí {amount} đồng: {what}"),
    "appraised": ("valued at {value} dong, {method}", "định giá {value} đồng, {method}"),
    "appraisal_contracted": (
        "the valuation was given to an appraiser by contract",
        "ký hợp đồng thẩm định giá",
    ),
    "reappraisal_requested": ("a new valuation was asked for", "yêu cầu định giá lại"),
    "parties_notified": ("the parties were told of {of}", "thông báo cho đương sự về {of}"),
    "preemption_offered": (
        "co-owners were asked whether they buy at {price} dong",
        "hỏi chủ sở hữu chung về quyền ưu tiên mua, giá {price} đồng",
    ),
    "preemption_answered": ("the co-owners {accepted}", "chủ sở hữu chung {accepted}"),
    "auction_contracted": (
        "the auction was given to an organisation by contract",
        "ký hợp đồng dịch vụ đấu giá",
    ),
    "round_announced": (
        "round {round_no} was announced at {starting_price} dong",
        "thông báo đấu giá lần {round_no}, giá khởi điểm {starting_price} đồng",
    ),
    "round_postponed": ("round {round_no} was put off", "hoãn cuộc đấu giá lần {round_no}"),
    "round_cancelled": ("round {round_no} was called off", "dừng cuộc đấu giá lần {round_no}"),
    "round_failed": ("round {round_no} failed: {reason}", "đấu giá lần {round_no} không thành: {reason}"),
    "round_won": (
        "round {round_no} was won at {price} dong",
        "trúng đấu giá lần {round_no}, giá {price} đồng",
    ),
    "winner_defaulted": (
        "the winner of round {round_no} did not pay",
        "người trúng đấu giá lần {round_no} không nộp tiền",
    ),
    "result_annulled": (
        "the result of round {round_no} was annulled",
        "hủy kết quả đấu giá lần {round_no}",
    ),
    "price_reduced": (
        "the price was reduced to {to_price} dong, {decided_by}",
        "giảm giá còn {to_price} đồng, {decided_by}",
    ),
    "in_lieu_offered": (
        "the creditor was asked whether to take the asset in lieu of payment",
        "hỏi người được thi hành án về việc nhận tài sản để trừ vào tiền thi hành án",
    ),
    "in_lieu_answered": ("the creditor {accepted}", "người được thi hành án {accepted}"),
    "taken_in_lieu": (
        "the creditor took the asset at {price} dong",
        "người được thi hành án nhận tài sản, giá {price} đồng",
    ),
    "redeemed": (
        "the debtor paid {paid} dong and took the asset back",
        "người phải thi hành án nộp {paid} đồng và nhận lại tài sản",
    ),
    "sale_paid": ("the buyer has paid {amount} dong", "người mua đã nộp {amount} đồng"),
    "delivered": ("the asset was handed over", "giao tài sản"),
    "title_registered": ("the transfer of title was registered", "đăng ký sang tên"),
    "proceeds_distributed": ("the proceeds were distributed", "phân chia tiền bán tài sản"),
    "suspended": ("processing was suspended: {reason}", "tạm dừng xử lý tài sản: {reason}"),
    "resumed": ("processing went on", "tiếp tục xử lý tài sản"),
    "returned_to_debtor": (
        "handed back to the debtor to manage and use",
        "giao lại người phải thi hành án quản lý, sử dụng",
    ),
    "released": ("the seizure was released", "giải tỏa kê biên"),
    "transferred": ("the file went to {to_office}: {reason}", "chuyển hồ sơ cho {to_office}: {reason}"),
    "identified": ("also known as {alias}", "còn được biết với số {alias}"),
    "split": ("divided into {into}", "chia thành {into}"),
    "merged": ("became part of {into}", "nhập vào {into}"),
    "document_filed": ("a document was put on file: {name}", "đưa tài liệu vào hồ sơ: {name}"),
    "entry_struck": ("entry {entry_no} was struck through", "gạch bỏ mục số {entry_no}"),
}
_OF_ALL: dict[str, dict[str, tuple[str, str]]] = {
    "method": {
        "agreed": ("by agreement", "theo thỏa thuận"),
        "appraiser": ("by an appraiser", "do tổ chức thẩm định giá"),
        "officer": ("by the officer", "do chấp hành viên"),
        "council": ("by a council", "do hội đồng định giá"),
    },
    "decided_by": {
        "agreement": ("by agreement", "theo thỏa thuận"),
        "officer": ("by the officer", "do chấp hành viên"),
        "court": ("by the court", "do tòa án"),
    },
    "of": {
        "appraisal": ("the valuation", "kết quả định giá"),
        "failure": ("the failed round", "việc đấu giá không thành"),
        "in_lieu": ("the creditor's answer", "trả lời của người được thi hành án"),
    },
    "reason": {
        "no_registrant": ("nobody registered", "không có người đăng ký"),
        "all_absent": ("nobody came", "không có người đến tham gia"),
        "no_bid": ("nobody bid", "không có người trả giá"),
        "below_reserve": ("no bid reached the starting price", "giá trả thấp hơn giá khởi điểm"),
        "minutes_refused": ("the winner did not sign the minutes", "người trúng không ký biên bản"),
        "bid_withdrawn": ("the bid was withdrawn", "người trả giá rút lại giá đã trả"),
        "result_refused": ("the winner refused the result", "người trúng từ chối kết quả"),
        "single_registrant": ("a single one registered", "chỉ có một người đăng ký"),
        "complaint": ("a complaint", "khiếu nại"),
        "court": ("by the court", "theo yêu cầu của tòa án"),
        "postponed": ("enforcement was postponed", "hoãn thi hành án"),
        "agreement": ("by agreement", "theo thỏa thuận"),
        "reorganisation": ("a reorganisation", "sắp xếp lại cơ quan"),
        "entrusted": ("entrusted", "ủy thác"),
    },
    "in_lieu": {
        "offered": ("the creditor was asked", "đã hỏi người được thi hành án"),
        "accepted": ("the creditor takes the asset", "người được thi hành án nhận tài sản"),
        "refused": ("the creditor does not take it", "người được thi hành án không nhận"),
    },
    "last_outcome": {
        "failed": ("a failed auction", "đấu giá không thành"),
        "won": ("a won auction", "đấu giá thành"),
        "cancelled": ("an auction called off", "cuộc đấu giá bị dừng"),
        "defaulted": ("a winner who did not pay", "người trúng đấu giá không nộp tiền"),
        "annulled": ("an annulled result", "kết quả đấu giá bị hủy"),
    },
}
"""Choices in words, by the field of an entry or the fact of a file that has them."""
_ANSWERS = {
    "preemption_answered": {True: ("buy", "mua tài sản"), False: ("do not buy", "không mua tài sản")},
    "in_lieu_answered": {
        True: ("takes the asset", "nhận tài sản"),
        False: ("does not take the asset", "không nhận tài sản"),
    },
}


def words(entry: e.AssetEntry, language: str = "en") -> str:
    """Return what an entry is, in words of the field."""
    name, place = entry.entry_name(), language == "vi"
    template = _SAYS[name][place]
    if isinstance(entry, e.PreemptionAnswered | e.InLieuAnswered):
        return template.format(accepted=_ANSWERS[name][entry.accepted][place])
    return template.format_map({field: _said(field, value, language) for field, value in entry})


def choice(field: str, value: str, language: str = "en") -> str:
    """Return what a choice of a field or fact is, in words of the field; itself where it is none."""
    told = _kind(value) if field == "kind" else _OF_ALL.get(field, {}).get(value)
    return told[language == "vi"] if told else value


def choice_of(name: str, field: str, value: str | bool, language: str = "en") -> str:  # noqa: FBT001 - a value
    """Return what a choice in a field of the entry of that name is called, itself where it has no words."""
    if isinstance(value, bool):
        return _ANSWERS[name][value][language == "vi"] if name in _ANSWERS else str(value)
    return choice(field, value, language)


def _said(field: str, value: Any, language: str) -> str:  # noqa: ANN401 - any field of an entry
    match value:
        case str():
            return choice(field, value, language)
        case int():
            return f"{value:,}".replace(",", "." if language == "vi" else ",")
        case e.Alias():
            return f"{value.value} ({value.scheme})"
        case tuple():
            return ", ".join(map(str, value))
    return str(value)


def _kind(name: str) -> tuple[str, str] | None:
    kind = asset_kinds().get(name)
    return (kind.en, kind.vi) if kind else None
