"""What rules can speak of: facts and days of a file at the moment an entry is judged, by name.

Each takes the state before the entry and the entry; None is what the file does not tell, and no rule applies
to that. Beside these a rule can name any field of the entries it governs, and count from any entry's day.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from auctions.domain.asset import events as e
from auctions.domain.asset.state import State
from auctions.domain.days import legal_day

Fact = Callable[[State, e.AssetEntry], str | int | bool | None]
Moment = Callable[[State, e.AssetEntry], date | None]


class Portion(NamedTuple):
    """A part of a whole, both in dong; `kept` tells that an entry states what remains, not the part."""

    of: Callable[[State, e.AssetEntry], tuple[int, int] | None]
    kept: bool

    def stated(self, part: int, whole: int) -> int:
        """Return the amount that an entry states for a part."""
        return whole - part if self.kept else part


def _cut(state: State, entry: e.AssetEntry) -> tuple[int, int] | None:
    if not isinstance(entry, e.PriceReduced) or not state.rounds:
        return None
    before = state.rounds[-1].starting_price
    return before - entry.to_price, before


def _deposit(_: State, entry: e.AssetEntry) -> tuple[int, int] | None:
    if not isinstance(entry, e.RoundAnnounced) or entry.deposit is None:
        return None
    return entry.deposit, entry.starting_price


PORTIONS = {"cut": Portion(_cut, kept=True), "deposit": Portion(_deposit, kept=False)}
"""Parts that are measured in per cent of a whole: of the preceding and of the own starting price."""


def _single_bidder(_: State, entry: e.AssetEntry) -> bool | None:
    known = [getattr(entry, name, None) for name in ("registrants", "bidders")]
    return 1 in known if known != [None, None] else None


def _notices(_: State, entry: e.AssetEntry) -> int | None:
    return len(getattr(entry, "notice_refs", ())) or None


FACTS: dict[str, Fact] = {
    "appraisal_contracted": lambda state, _: "appraisal_contracted" in state.days,
    "appraised": lambda state, _: bool(state.steps),
    "co_owned": lambda state, _: state.seized.co_owned if state.seized else None,
    "costs": lambda state, _: state.costs,
    "failed_rounds": lambda state, _: state.failed_rounds,
    "in_lieu": lambda state, _: state.in_lieu,
    "last_outcome": lambda state, _: state.rounds[-1].outcome if state.rounds else None,
    "movable": lambda state, _: state.movable,
    "notices": _notices,
    "preemption": lambda state, _: state.preemption,
    "price_in_force": lambda state, _: state.price,
    "reductions": lambda state, _: state.reductions,
    "requests": lambda state, _: state.reappraisals_requested + 1,
    "rounds": lambda state, _: len(state.rounds),
    "secured_debt": lambda state, _: state.seized.secured_debt if state.seized else None,
    "single_bidder": _single_bidder,
    "suspended": lambda state, _: state.suspended,
}
"""What holds of the file; money in dong, counters from 0, `requests` with the one that is judged."""


def _auction_day(state: State, entry: e.AssetEntry) -> date | None:
    if isinstance(entry, e.RoundAnnounced):
        return _day(entry.auction_at)
    return _day(state.round.auction_at) if state.round else None


def _posting_day(_: State, entry: e.AssetEntry) -> date:
    return (entry.posted_on if isinstance(entry, e.RoundAnnounced) else None) or entry.on


def _day(moment: datetime | None) -> date | None:
    return legal_day(moment) if moment else None


MOMENTS: dict[str, Moment] = {
    "auction_day": _auction_day,
    "on": lambda _, entry: entry.on,
    "posting_day": _posting_day,
    "preemption_until": lambda state, _: state.preemption_until,
    "registration_end": lambda _, entry: _day(getattr(entry, "registration_to", None)),
    "until": lambda _, entry: getattr(entry, "until", None),
}
"""Days to count from or to: of the round under way or announced by the entry, and of the entry itself."""
