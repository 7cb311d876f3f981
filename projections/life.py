"""One asset's life at auction, as of a day and as known: its price levels, its rounds, how it ended."""

from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from auctions.domain.asset.state import State
from projections.projection import Folded

Regime = Literal["old", "new"]

NEW_LAW = date(2026, 7, 1)
"""The first day of L106/2025; a step falls under the law of its own day (D152/2026 art 115)."""

_NOT_HELD = {None, "cancelled"}
_CUTS_OF_A_STALL = 3


def regime_of(day: date) -> Regime:
    """Return the law of a step on that day: old to 30 June 2026 (L26/2008), new after (L106/2025)."""
    return "new" if day >= NEW_LAW else "old"


class Life(NamedTuple):
    """What one file tells of its asset's decline; money in dong, lists in the order of their days."""

    asset_ref: str
    office: str
    kind: str
    province: str | None
    seized_on: date
    loan_value: int | None
    secured_debt: int | None
    costs: int
    levels: tuple[tuple[str, date, int], ...]
    """Cause (appraised, reduced, reappraised), day, price."""
    rounds: tuple[tuple[date, str | None], ...]
    """Every announced round: the day of its announcement, its outcome or None."""
    sold_on: date | None
    """The day of the win, or of the co-owner's acceptance, that stands."""
    sold_for: int | None
    ended_on: date | None
    """The day the asset left without a sale."""
    exit: str | None
    """How it left without a sale, as a stage: taken_in_lieu, redeemed, returned, released, split, merged."""

    @property
    def year(self) -> int:
        """The year of the seizure."""
        return self.seized_on.year

    @property
    def regime(self) -> Regime:
        """The law on the day of the seizure."""
        return regime_of(self.seized_on)

    @property
    def price(self) -> int | None:
        """The price in force, None before the first appraisal."""
        return self.levels[-1][2] if self.levels else None

    @property
    def reductions(self) -> list[tuple[date, int]]:
        """The day and the price of each reduction."""
        return [(on, price) for cause, on, price in self.levels if cause == "reduced"]

    @property
    def rounds_held(self) -> int:
        """How many announced rounds had a result: failed or won, even if the winner defaulted later."""
        return sum(outcome not in _NOT_HELD for _, outcome in self.rounds)

    @property
    def stalling(self) -> bool:
        """Tell whether three reductions in a row cut less than 1 % each."""
        row = 0
        for (_, _, before), (cause, _, price) in pairwise(self.levels):
            row = row + 1 if cause == "reduced" and (before - price) * 100 < before else 0
            if row == _CUTS_OF_A_STALL:
                return True
        return False

    def days_at_auction(self, as_of: date) -> int | None:
        """Return the days from the first announcement to the sale, else the exit, else to `as_of`.

        None for an asset that was never announced: it has not been at risk of a sale by auction.
        """
        if not self.rounds:
            return None
        return ((self.sold_on or self.ended_on or as_of) - self.rounds[0][0]).days

    def round_at(self, value: int) -> int | None:
        """Return after how many rounds held the price first was at most `value`, None where it never was."""
        day = next((on for _, on, price in self.levels if price <= value), None)
        if day is None:
            return None
        return sum(announced < day for announced, outcome in self.rounds if outcome not in _NOT_HELD)


def life_of(file: Folded) -> Life | None:
    """Return the life that a folded file tells, None where no seizure stands."""
    state, seized = file.state, file.state.seized
    if seized is None:
        return None
    sold = state.sold_for is not None
    left = None if sold else state.exit
    return Life(
        asset_ref=seized.asset_ref,
        office=state.office,
        kind=seized.kind,
        province=seized.province,
        seized_on=seized.on,
        loan_value=seized.loan_value,
        secured_debt=seized.secured_debt,
        costs=state.costs,
        levels=tuple((step.cause, step.on, step.price) for step in state.steps),
        rounds=tuple((each.announced_on, each.outcome) for each in state.rounds),
        sold_on=_sold_on(state) if sold else None,
        sold_for=state.sold_for,
        ended_on=state.exited_on if left else None,
        exit=left and left.value,
    )


def _sold_on(state: State) -> date | None:
    return state.won.ended_on if state.won else state.days["preemption_answered"]
