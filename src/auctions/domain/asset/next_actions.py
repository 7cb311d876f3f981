"""What must or may happen next in a file: by whom, by which day, from which rule."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple, TypeVar

from auctions.domain.asset import events as e
from auctions.domain.asset.law import Deadline, Law
from auctions.domain.asset.possible import Stage
from auctions.domain.asset.state import State
from auctions.domain.days import VIETNAM, legal_day
from auctions.domain.event import Entry
from auctions.rules.rulebook import Rule

ACTIONS = {
    "contract_appraisal": "ký hợp đồng thẩm định giá",
    "appraise": "thẩm định giá",
    "notify_appraisal": "thông báo kết quả thẩm định giá",
    "reappraise": "định giá lại",
    "offer_preemption": "thông báo quyền ưu tiên mua",
    "answer_preemption": "trả lời về quyền ưu tiên mua",
    "contract_auction": "ký hợp đồng dịch vụ đấu giá",
    "announce": "thông báo, niêm yết đấu giá",
    "hold": "tổ chức đấu giá",
    "report_result": "thông báo kết quả đấu giá",
    "postpone": "hoãn hoặc hủy phiên đấu giá",
    "redeem": "nộp đủ tiền để nhận lại tài sản",
    "notify_failure": "thông báo đấu giá không thành",
    "agree_reduction": "thỏa thuận mức giảm giá",
    "reduce_price": "quyết định giảm giá",
    "return_to_debtor": "giao lại tài sản cho người phải thi hành án",
    "ask_creditor": "thông báo quyền nhận tài sản",
    "answer_in_lieu": "trả lời về việc nhận tài sản",
    "notify_debtor": "thông báo việc người được thi hành án nhận tài sản",
    "give_in_lieu": "giao tài sản cho người được thi hành án",
    "pay": "nộp tiền mua tài sản",
    "deliver": "giao tài sản",
    "distribute": "thanh toán tiền thi hành án",
    "register_title": "đăng ký chuyển quyền",
    "resume": "tiếp tục xử lý",
}
"""Every action by its name, with what it is called in Vietnamese."""

Who = Literal["officer", "appraiser", "organisation", "parties", "creditor", "debtor", "co_owners", "buyer"]
_ANY_DAY = date.max
_ONE_DAY = timedelta(days=1)


class Action(NamedTuple):
    """One thing that must (or else may) be done: by whom, not before and by which day, from which rule.

    `at` is the time of an auction. Without a rule or a date in the file there is no day.
    """

    action: str
    who: Who
    must: bool = True
    due: date | None = None
    rule: Rule | None = None
    not_before: date | None = None
    at: datetime | None = None


def next_actions(state: State, law: Law) -> list[Action]:
    """Return what must or may happen next, none where the file is closed."""
    found = _BY_STAGE.get(state.stage)
    return list(found(state, law)) if found else []


def _by(action: str, who: Who, deadline: Deadline | None) -> Action:
    return Action(
        action, who, due=deadline.day if deadline else None, rule=deadline.rule if deadline else None
    )


_Like = TypeVar("_Like", bound=Entry)


def _like(cls: type[_Like], **fields: Any) -> _Like:  # noqa: ANN401 - fields as the rules look for them
    """Return an entry to ask the law about, with no more than its rules look at."""
    entry: _Like = cls.model_construct(on=_ANY_DAY, **fields)  # type: ignore[assignment]  # pydantic's plugin forgets the class
    return entry


_CONTRACT_APPRAISAL = _like(e.AppraisalContracted)
_CONTRACT_AUCTION = _like(e.AuctionContracted)
_OF_APPRAISAL = _like(e.PartiesNotified, of="appraisal")
_OF_FAILURE = _like(e.PartiesNotified, of="failure")
_OF_IN_LIEU = _like(e.PartiesNotified, of="in_lieu")
_PREEMPTION = _like(e.PreemptionOffered, until=None)
_FAILED = _like(e.RoundFailed, reason="no_registrant")
_REDEEMED = _like(e.Redeemed)
_REDUCED = _like(e.PriceReduced, decided_by="officer")
_OFFERED = _like(e.InLieuOffered)
_RETURNED = _like(e.ReturnedToDebtor)
_ROUND = _like(e.RoundAnnounced, starting_price=0, auction_at=None)
_ACCEPTED = _like(e.InLieuAnswered, accepted=True)
_TAKEN = _like(e.TakenInLieu)
_PAID = _like(e.SalePaid)
_DELIVERED = _like(e.Delivered)
_DISTRIBUTED = _like(e.ProceedsDistributed)
_REGISTERED = _like(e.TitleRegistered)


def _appraisal(state: State, law: Law) -> Iterator[Action]:
    if "appraisal_contracted" in state.days:
        yield Action("appraise", "appraiser")
    else:
        yield _by("contract_appraisal", "officer", law.deadline(state, _CONTRACT_APPRAISAL))


def _round(state: State, law: Law) -> Iterator[Action]:
    if "appraisal_notified" not in state.days and not state.rounds:
        yield _by("notify_appraisal", "officer", law.deadline(state, _OF_APPRAISAL))
    yield from _reappraisal(state)
    yield from _preemption(state, law)
    if "auction_contracted" not in state.days:
        yield _by("contract_auction", "officer", law.deadline(state, _CONTRACT_AUCTION))
    yield _announce(state, law)


def _reappraisal(state: State) -> Iterator[Action]:
    if "reappraisal_requested" in state.days:
        yield Action("reappraise", "officer")


def _preemption(state: State, law: Law) -> Iterator[Action]:
    if state.preemption == "offered":
        yield Action("answer_preemption", "co_owners", must=False, due=state.preemption_until)
    elif state.preemption is None and state.seized and state.seized.co_owned:
        yield _by("offer_preemption", "officer", law.deadline(state, _PREEMPTION))


def _announce(state: State, law: Law) -> Action:
    held = law.deadline(state, _ROUND, "auction_day")
    if held is None:
        return Action("announce", "officer")
    at = datetime.combine(held.day, time(), VIETNAM)
    posted = law.deadline(
        state, _like(e.RoundAnnounced, starting_price=state.price, auction_at=at), "posting_day"
    )
    return _by("announce", "officer", posted or held)


def _result(state: State, law: Law) -> Iterator[Action]:
    at = state.round.auction_at if state.round else None
    yield Action("hold", "organisation", due=legal_day(at) if at else None, at=at)
    yield _by("report_result", "organisation", law.deadline(state, _FAILED))
    yield _redeem(law.deadline(state, _REDEEMED))
    if state.preemption == "offered":
        yield from _preemption(state, law)


def _redeem(deadline: Deadline | None) -> Action:
    return _by("redeem", "debtor", deadline)._replace(must=False)


def _after_failure(state: State, law: Law) -> Iterator[Action]:
    if "failure_notified" not in state.days and state.in_lieu is None:
        yield _by("notify_failure", "officer", law.deadline(state, _OF_FAILURE))
    yield from _reappraisal(state)
    yield from _preemption(state, law)
    match state.in_lieu:
        case "offered":
            deadline = law.deadline(state, _ACCEPTED)
            answer = _by("answer_in_lieu", "creditor", deadline)
            yield answer._replace(must=False, due=state.in_lieu_until or answer.due)
            silent = law.earliest(state, _REDUCED, state.days["in_lieu_offered"])
            yield Action("reduce_price", "officer", not_before=silent)
        case "accepted":
            yield from _in_lieu(state, law)
        case _:
            yield from _reduction(state, law)


def _in_lieu(state: State, law: Law) -> Iterator[Action]:
    if "in_lieu_notified" not in state.days:
        yield _by("notify_debtor", "officer", law.deadline(state, _OF_IN_LIEU))
    answered = state.days["in_lieu_answered"]
    opens = law.earliest(state, _TAKEN, answered)
    if opens > answered:
        yield Action("redeem", "debtor", must=False, due=opens - _ONE_DAY)
    yield Action("give_in_lieu", "officer", not_before=opens)


def _reduction(state: State, law: Law) -> Iterator[Action]:
    if not may_reduce(state, law):
        yield _announce(state, law)
        return
    failed = state.days["round_failed"]
    if state.in_lieu is None and (rule := law.opening(state, _OFFERED, state.last_on)):
        yield Action("ask_creditor", "officer", rule=rule)
    opens = law.earliest(state, _REDUCED, failed)
    if opens > failed:
        yield Action("agree_reduction", "parties", must=False, due=opens - _ONE_DAY)
    yield Action("reduce_price", "officer", not_before=opens)
    if state.costs and (rule := law.opening(state, _RETURNED, state.last_on)):
        yield Action("return_to_debtor", "officer", must=False, rule=rule)


def may_reduce(state: State, law: Law) -> bool:
    """Tell whether the law lets the price be reduced at all after the last round."""
    if state.rounds[-1].outcome == "failed":
        return True
    least = _like(e.PriceReduced, to_price=state.rounds[-1].starting_price, decided_by="officer")
    return not law.judge(state, least, law.earliest(state, least, state.last_on))


def _payment(state: State, law: Law) -> Iterator[Action]:
    yield _by("pay", "co_owners" if state.preempted else "buyer", law.deadline(state, _PAID))


def _delivery(state: State, law: Law) -> Iterator[Action]:
    if state.delivered_on is None:
        yield _by("deliver", "officer", law.deadline(state, _DELIVERED))
    if not state.distributed:
        yield _by("distribute", "officer", law.deadline(state, _DISTRIBUTED))
    if state.delivered_on and not state.title_registered:
        yield _by("register_title", "buyer", law.deadline(state, _REGISTERED))


def _suspension(state: State, _: Law) -> Iterator[Action]:
    yield Action("resume", "officer", due=state.suspended_until)
    if state.round and state.round.outcome is None:
        at = state.round.auction_at
        yield Action("postpone", "officer", due=legal_day(at) if at else None)


_BY_STAGE = {
    Stage.AWAITING_APPRAISAL: _appraisal,
    Stage.AWAITING_ROUND: _round,
    Stage.ANNOUNCED: _result,
    Stage.AWAITING_REDUCTION: _after_failure,
    Stage.WON: _payment,
    Stage.PAID: _delivery,
    Stage.SUSPENDED: _suspension,
    Stage.DELIVERED: _delivery,
    Stage.TAKEN_IN_LIEU: _delivery,
}
