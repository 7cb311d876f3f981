"""What is true of an asset now: one state, one match that evolves it, one fold.

A State belongs to the fold that made it; nobody else changes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple, assert_never

from auctions.domain.asset import events as e
from auctions.domain.asset.possible import Stage
from auctions.rules.kinds import asset_kinds

Numbered = tuple[int, e.AssetEntry]
"""An entry with its number in the file, from 1."""

NOTICES = {"appraisal": "appraisal_notified", "failure": "failure_notified", "in_lieu": "in_lieu_notified"}
"""Under which name the day of a notice to the parties is kept, by what it is of."""

_NAMES: dict[type[e.AssetEntry], str] = {cls: name for name, cls in e.ENTRIES.items()}
_IN_LIEU = ("in_lieu_offered", "in_lieu_answered", "in_lieu_notified")
_PREEMPTION = ("preemption_offered", "preemption_answered")
_LAPSE = {
    "appraised": (
        "appraisal_notified",
        "appraisal_contracted",
        "reappraisal_requested",
        *_IN_LIEU,
        *_PREEMPTION,
    ),
    "preemption_offered": ("preemption_answered",),
    "price_reduced": (*_IN_LIEU, *_PREEMPTION),
    "round_announced": _IN_LIEU,
    "round_failed": ("failure_notified", "auction_contracted", *_PREEMPTION),
    "in_lieu_offered": ("in_lieu_answered", "in_lieu_notified"),
    "winner_defaulted": ("round_won", "auction_contracted"),
    "result_annulled": (
        "round_won",
        "auction_contracted",
        "sale_paid",
        "delivered",
        "proceeds_distributed",
        "title_registered",
    ),
}
"""What no longer bears on the file once an entry stands: nothing is counted from it any more."""


class Step(NamedTuple):
    """One price level: what caused it, on which legal day, the price in dong."""

    cause: Literal["appraised", "reduced", "reappraised"]
    on: date
    price: int


@dataclass(slots=True)
class Round:
    """One auction round of the asset, from its announcement to its outcome."""

    round_no: int
    announced_on: date
    starting_price: int
    auction_at: datetime | None
    posted_on: date
    """The day of the posting, the announcement's own where none is given."""
    lot_ref: str | None = None
    outcome: Literal["failed", "won", "cancelled", "defaulted", "annulled"] | None = None
    ended_on: date | None = None
    reason: str | None = None
    price: int | None = None


@dataclass(slots=True)
class State:
    """The asset as its standing entries tell it; money in dong, counters from 0."""

    seized: e.Seized | None = None
    movable: bool | None = None
    """Of a movable kind or real estate; None of a kind that is not known."""
    office: str = ""
    attributes: e.Attributes = field(default_factory=dict)
    aliases: tuple[e.Alias, ...] = ()
    condition: str | None = None
    missing: tuple[str, ...] = ()
    costs: int = 0
    steps: list[Step] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    failed_rounds: int = 0
    reductions: int = 0
    reducible: bool = False
    """A round has failed since the last reduction or appraisal."""
    in_lieu: Literal["offered", "accepted", "refused"] | None = None
    preemption: Literal["offered", "accepted", "refused"] | None = None
    preemption_price: int = 0
    preemption_until: date | None = None
    in_lieu_until: date | None = None
    suspended_until: date | None = None
    reappraisals_requested: int = 0
    paid: int | None = None
    distributed: bool = False
    title_registered: bool = False
    delivered_on: date | None = None
    suspended: bool = False
    exit: Stage | None = None
    exited_on: date | None = None
    last_round_on: date | None = None
    last_on: date = date.min
    days: dict[str, date] = field(default_factory=dict)
    """The legal day of the last entry of each name, and of each NOTICE; of what still bears on the file."""

    @property
    def price(self) -> int | None:
        """The price in force in dong: the last appraisal's or reduction's; None before one."""
        return self.steps[-1].price if self.steps else None

    @property
    def round(self) -> Round | None:
        """The round announced last that is without an outcome or was won."""
        last = self.rounds[-1] if self.rounds else None
        return last if last and last.outcome in {None, "won"} else None

    @property
    def won(self) -> Round | None:
        """The won round, while neither default nor annulment has undone it."""
        last = self.round
        return last if last and last.outcome else None

    @property
    def preempted(self) -> bool:
        """A co-owner has bought the asset."""
        return self.preemption == "accepted"

    @property
    def sold_for(self) -> int | None:
        """The price in dong at which the asset is sold, None while it is not."""
        if self.preempted:
            return self.preemption_price
        won = self.won
        return won.price if won else None

    @property
    def stage(self) -> Stage:
        """What the file is waiting for, or how the asset left it."""
        if self.exit:
            return self.exit
        return Stage.SUSPENDED if self.suspended else self._waiting_for()

    def _waiting_for(self) -> Stage:
        if self.seized is None:
            return Stage.UNFILED
        if self.sold_for:
            return Stage.PAID if self.paid else Stage.WON
        if self.round:
            return Stage.ANNOUNCED
        if not self.steps:
            return Stage.AWAITING_APPRAISAL
        return Stage.AWAITING_REDUCTION if self.reducible else Stage.AWAITING_ROUND

    @property
    def unsold(self) -> bool:
        """Seized and in none of won, paid or an exit, suspended or not."""
        return self.seized is not None and self.exit is None and self.sold_for is None

    @property
    def in_lieu_open(self) -> bool:
        """Two reductions are done and the last round failed (L26/2008 art 104(2))."""
        waiting = self.stage is Stage.AWAITING_REDUCTION and self.rounds[-1].outcome == "failed"
        return waiting and self.reductions >= 2  # noqa: PLR2004 - the law's number


def fold(lines: Iterable[Numbered], *, until: date | None = None) -> State:
    """Return the state at the end of the legal day `until` (None: of every day) from a file's lines.

    Struck entries are left out; the rest are taken by legal day, then by entry number.
    """
    state = State()
    for _, entry in standing(lines):
        if until is not None and entry.on > until:
            break
        evolve(state, entry)
    return state


def standing(lines: Iterable[Numbered]) -> list[Numbered]:
    """Return the entries that were not struck, without the strikes, in the order of their legal days."""
    kept = list(lines)
    if struck := struck_by(kept):
        kept = [line for line in kept if line[0] not in struck and not isinstance(line[1], e.EntryStruck)]
    kept.sort(key=lambda line: (line[1].on, line[0]))
    return kept


def struck_by(lines: Iterable[Numbered]) -> dict[int, int]:
    """Return the number of the striking entry for every struck one."""
    return {entry.entry_no: number for number, entry in lines if isinstance(entry, e.EntryStruck)}


def evolve(state: State, entry: e.AssetEntry) -> None:  # noqa: C901, PLR0912, PLR0915 - one flat arm an entry
    """Change `state` by one entry that is possible in it."""
    state.last_on = entry.on
    name = _NAMES[type(entry)]
    state.days[name] = entry.on
    for lapsed in _LAPSE.get(name, ()):
        state.days.pop(lapsed, None)
    match entry:
        case e.RoundAnnounced():
            _announce(state, entry)
        case e.RoundFailed():
            _end_round(state, entry, "failed")
            state.failed_rounds += 1
            state.reducible = True
            state.preemption = None
            state.last_round_on = entry.on
        case e.PriceReduced():
            state.steps.append(Step("reduced", entry.on, entry.to_price))
            state.reductions += 1
            _price_anew(state)
        case e.Seized():
            state.seized = entry
            state.movable = asset_kinds()[entry.kind].movable if entry.kind in asset_kinds() else None
            state.office = entry.office
            state.attributes = entry.attributes
        case e.Appraised():
            state.steps.append(Step("reappraised" if state.steps else "appraised", entry.on, entry.value))
            _price_anew(state)
        case e.Surveyed():
            state.condition = entry.condition or state.condition
            state.missing += entry.missing
            state.attributes = state.attributes | entry.attributes
        case e.CostAccrued():
            state.costs += entry.amount
        case e.RoundPostponed():
            state.rounds[-1].auction_at = entry.auction_at
        case e.RoundCancelled():
            _end_round(state, entry, "cancelled")
        case e.RoundWon():
            _end_round(state, entry, "won")
            state.rounds[-1].price = entry.price
            state.last_round_on = entry.on
        case e.WinnerDefaulted():
            _end_round(state, entry, "defaulted")
        case e.ResultAnnulled():
            _end_round(state, entry, "annulled")
            _undo_sale(state)
        case e.InLieuOffered():
            state.in_lieu = "offered"
            state.in_lieu_until = entry.until
        case e.InLieuAnswered():
            state.in_lieu = "accepted" if entry.accepted else "refused"
        case e.ReappraisalRequested():
            state.reappraisals_requested += 1
        case e.PartiesNotified():
            state.days[NOTICES[entry.of]] = entry.on
        case e.PreemptionOffered():
            state.preemption = "offered"
            state.preemption_price = entry.price
            state.preemption_until = entry.until
        case e.PreemptionAnswered():
            state.preemption = "accepted" if entry.accepted else "refused"
        case e.SalePaid():
            state.paid = entry.amount
        case e.Delivered():
            state.delivered_on = entry.on
            if state.exit is None:
                _leave(state, Stage.DELIVERED, entry.on)
        case e.TitleRegistered():
            state.title_registered = True
        case e.ProceedsDistributed():
            state.distributed = True
        case e.Suspended():
            state.suspended = True
            state.suspended_until = entry.until
        case e.Resumed():
            state.suspended = False
        case e.TakenInLieu():
            _leave(state, Stage.TAKEN_IN_LIEU, entry.on)
        case e.Redeemed():
            _leave(state, Stage.REDEEMED, entry.on)
        case e.ReturnedToDebtor():
            _leave(state, Stage.RETURNED, entry.on)
        case e.Released():
            _leave(state, Stage.RELEASED, entry.on)
        case e.Transferred():
            state.office = entry.to_office
        case e.Identified():
            state.aliases += (entry.alias,)
        case e.Split():
            _leave(state, Stage.SPLIT, entry.on)
        case e.Merged():
            _leave(state, Stage.MERGED, entry.on)
        case e.AppraisalContracted() | e.AuctionContracted() | e.DocumentFiled() | e.EntryStruck():
            pass
        case _:
            assert_never(entry)


def _announce(state: State, entry: e.RoundAnnounced) -> None:
    posted_on = entry.posted_on or entry.on
    announced = Round(
        entry.round_no, entry.on, entry.starting_price, entry.auction_at, posted_on, entry.lot_ref
    )
    state.rounds.append(announced)
    state.in_lieu = None


def _price_anew(state: State) -> None:
    state.reducible = False
    state.in_lieu = None
    state.preemption = None


_Ending = e.RoundFailed | e.RoundWon | e.RoundCancelled | e.WinnerDefaulted | e.ResultAnnulled


def _end_round(
    state: State, entry: _Ending, outcome: Literal["failed", "won", "cancelled", "defaulted", "annulled"]
) -> None:
    last = state.rounds[-1]
    last.outcome = outcome
    last.ended_on = entry.on
    last.reason = getattr(entry, "reason", None)


def _undo_sale(state: State) -> None:
    state.exit = state.exited_on = state.delivered_on = state.paid = None
    state.title_registered = state.distributed = False


def _leave(state: State, stage: Stage, on: date) -> None:
    state.exit = stage
    state.exited_on = on
    state.suspended = False
