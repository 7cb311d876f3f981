"""The ladder ahead at a chosen cut: round after round fails, each step on its first lawful day."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from auctions.domain.asset import events as e
from auctions.domain.asset.law import Law
from auctions.domain.asset.next_actions import may_reduce
from auctions.domain.asset.possible import Stage
from auctions.domain.asset.state import State, evolve
from auctions.domain.days import VIETNAM, legal_day
from auctions.domain.errors import Refused

HUNDREDTHS = 10_000
"""A cut of everything, in hundredths of a per cent."""

_HORIZON = 200
"""Rounds looked ahead for the days on which the value falls to the costs or to the debt."""


_OFFERED = e.InLieuOffered(on=date(2999, 12, 31))


class Step(NamedTuple):
    """One round ahead: announced, held without a buyer, the price then reduced."""

    round_no: int
    starting_price: int
    announced_on: date
    held_on: date
    in_lieu_open: bool
    reduced_on: date
    to_price: int


class Reached(NamedTuple):
    """When something comes about: the day and after which round; 0 is the situation as it is."""

    on: date
    after_round: int


@dataclass(frozen=True)
class Plan:
    """The ladder ahead, prices and amounts in dong, and when on it something comes about, if it does.

    `redemption` is what the debtor would pay today: the secured debt and the costs as far as the file knows
    them, without interest; None where it knows no debt. `redeem_by` is the last lawful day for it.
    """

    steps: list[Step]
    in_lieu_opens: Reached | None
    falls_to_costs: Reached | None
    falls_to_debt: Reached | None
    redemption: int | None
    redeem_by: date | None


def plan(state: State, law: Law, *, cut: int, rounds: int, today: date) -> Plan:
    """Return the plan of an unsold asset with a price, cut by `cut` hundredths of a per cent a round.

    Raises Refused for an asset without a price, no longer for sale or taken in lieu, Unlawful for a cut
    beyond the law's.
    """
    if not state.unsold or state.price is None:
        raise Refused(
            "nothing-to-plan", f"the asset is {state.stage}: a plan needs an unsold asset with a price"
        )
    if state.in_lieu == "accepted":
        raise Refused("nothing-to-plan", "the creditor takes the asset: no round follows")
    ahead = deepcopy(state)
    ahead.suspended = False
    opened = ahead.stage is Stage.AWAITING_REDUCTION and law.opening(ahead, _OFFERED, today)
    steps = list(_steps(ahead, law, cut, max(today, state.last_on)))
    opening = next((Reached(step.held_on, step.round_no) for step in steps if step.in_lieu_open), None)
    debt = state.seized.secured_debt if state.seized else None
    redeem = law.deadline(state, e.Redeemed(on=today, paid=0))
    return Plan(
        steps[:rounds],
        Reached(today, 0) if opened else opening,
        _falls_to(state.costs, state, steps, today) if state.costs else None,
        _falls_to(debt + state.costs, state, steps, today) if debt else None,
        debt + state.costs if debt is not None else None,
        redeem.day if redeem else None,
    )


def _falls_to(value: int, state: State, steps: list[Step], today: date) -> Reached | None:
    if (state.price or 0) <= value:
        return Reached(today, 0)
    for step in steps:
        if step.starting_price <= value:  # reduced before the first round ahead
            return Reached(step.announced_on, step.round_no - 1)
        if step.to_price <= value:
            return Reached(step.reduced_on, step.round_no)
    return None


def _steps(state: State, law: Law, cut: int, day: date) -> Iterator[Step]:
    if state.stage is Stage.AWAITING_REDUCTION and cut and may_reduce(state, law):
        day = _reduce(state, law, cut, day)
    for _ in range(_HORIZON):
        if state.stage is not Stage.ANNOUNCED:
            _announce(state, law, day)
        step = _fail_and_reduce(state, law, cut, day)
        yield step
        if step.to_price <= 1:
            return
        day = step.reduced_on


def _announce(state: State, law: Law, day: date) -> None:
    on = law.calendar.next_working(day)
    number = state.rounds[-1].round_no + 1 if state.rounds else 1
    entry = e.RoundAnnounced(on=on, round_no=number, starting_price=state.price or 0)
    held = law.calendar.next_working(law.earliest(state, entry, on, "auction_day"))
    evolve(state, entry.model_copy(update={"auction_at": datetime.combine(held, time(9), VIETNAM)}))


def _fail_and_reduce(state: State, law: Law, cut: int, day: date) -> Step:
    under_way = state.rounds[-1]
    held = max(day, legal_day(under_way.auction_at)) if under_way.auction_at else day
    evolve(state, e.RoundFailed(on=held, round_no=under_way.round_no, reason="no_registrant"))
    opens = law.opening(state, _OFFERED, held) is not None
    reduced = _reduce(state, law, cut, held) if cut else held
    return Step(
        under_way.round_no,
        under_way.starting_price,
        under_way.announced_on,
        held,
        opens,
        reduced,
        state.price or 0,
    )


def _reduce(state: State, law: Law, cut: int, day: date) -> date:
    price = state.price or 0
    to_price = max(1, price - price * cut // HUNDREDTHS)
    asked = e.PriceReduced(on=day, to_price=to_price, decided_by="officer")
    on = law.calendar.next_working(law.earliest(state, asked, day))
    entry = asked.model_copy(update={"on": on})
    law.decide(state, entry)
    evolve(state, entry)
    return on
