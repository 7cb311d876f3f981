"""What may happen: entries asked for go in, the same entries come out with their numbers, or Refused.

This is what is possible; what is lawful is the rulebook's. One check serves the entry that is asked for and
the later ones it lands before, so a late entry or a strike that leaves one without its ground is refused
with that one's number.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from auctions.domain.asset import events as e
from auctions.domain.asset.possible import EXITS, POSSIBLE, Stage
from auctions.domain.asset.state import Numbered, State, evolve, fold, standing, struck_by
from auctions.domain.errors import Contradicted, Refused
from auctions.rules.kinds import Kind


def check(state: State, entry: e.AssetEntry) -> None:  # noqa: C901 - one flat arm a group of entries
    """Raise Refused if `entry` is not possible in `state`."""
    if not isinstance(entry, e.EntryStruck) and state.stage not in POSSIBLE[entry.name()]:
        raise _not_in_stage(state, entry)
    match entry:
        case e.RoundAnnounced():
            _check_announced(state, entry)
        case e.RoundFailed() | e.RoundWon() | e.RoundPostponed() | e.RoundCancelled():
            _check_round(state, entry.round_no, None)
        case e.WinnerDefaulted() | e.ResultAnnulled():
            _check_round(state, entry.round_no, "won")
        case e.PriceReduced():
            _check_reduced(state, entry)
        case e.Appraised():
            if state.steps and not entry.reason:
                raise Refused("reappraisal-without-reason", "a second appraisal needs its reason")
        case e.InLieuOffered() | e.InLieuAnswered() | e.TakenInLieu():
            _check_in_lieu(state, entry)
        case e.Redeemed() | e.Released() | e.ReturnedToDebtor():
            _check_unsold(state, entry)
        case e.Delivered() | e.TitleRegistered() | e.ProceedsDistributed():
            _check_tail(state, entry)
        case _:
            pass


_Result = e.RoundFailed | e.RoundWon | e.RoundPostponed | e.RoundCancelled


def _not_in_stage(state: State, entry: e.AssetEntry) -> Refused:
    stage, name = state.stage, entry.name()
    asked = {"stage": stage.value, "possible_in": sorted(POSSIBLE[name])}
    if stage is Stage.UNFILED:
        return Refused("not-seized", f"{name} before the asset was seized", **asked)
    if isinstance(entry, e.Seized):
        return Refused("already-seized", "this reference of this office is seized already", **asked)
    if stage in EXITS:
        return Refused("after-exit", f"{name} after the asset left the file ({stage})", **asked)
    if isinstance(entry, e.PriceReduced) and stage is Stage.AWAITING_ROUND:
        return Refused("no-failed-round", "no round has failed since the last price was set", **asked)
    if isinstance(entry, _Result) and stage is not Stage.SUSPENDED:
        return Refused("round-not-announced", f"round {entry.round_no} is not announced", **asked)
    return Refused("not-in-this-stage", f"{name} is not possible while the file is {stage}", **asked)


def _check_announced(state: State, entry: e.RoundAnnounced) -> None:
    last = state.rounds[-1].round_no if state.rounds else 0
    if entry.round_no <= last:
        raise Refused("round-number-used", f"round {entry.round_no} after round {last}", expected=last + 1)
    if entry.starting_price != state.price:
        message = f"starting price {entry.starting_price:,} is not the price in force, {state.price:,} dong"
        raise Refused("price-not-in-force", message, asked=entry.starting_price, expected=state.price)


def _check_round(state: State, round_no: int, outcome: str | None) -> None:
    last = state.rounds[-1] if state.rounds else None
    if last is None or last.outcome != outcome:
        word = "won" if outcome else "announced"
        raise Refused("round-not-" + word, f"round {round_no} is not {word}")
    if last.round_no != round_no:
        raise Refused(
            "another-round", f"round {last.round_no} is under way, not {round_no}", expected=last.round_no
        )


def _check_reduced(state: State, entry: e.PriceReduced) -> None:
    if state.price is not None and entry.to_price >= state.price:
        message = f"{entry.to_price:,} is not below the price in force, {state.price:,} dong"
        raise Refused("price-not-reduced", message, asked=entry.to_price, below=state.price)


def _check_in_lieu(state: State, entry: e.InLieuOffered | e.InLieuAnswered | e.TakenInLieu) -> None:
    if isinstance(entry, e.InLieuAnswered) and state.in_lieu != "offered":
        raise Refused("in-lieu-not-offered", "an answer without an open offer in lieu")
    if isinstance(entry, e.TakenInLieu) and state.in_lieu != "accepted":
        raise Refused("in-lieu-not-accepted", "taken in lieu without an accepted offer")


def _check_unsold(state: State, entry: e.Redeemed | e.Released | e.ReturnedToDebtor) -> None:
    if state.won:
        raise Refused("round-won", f"{entry.name()} while round {state.won.round_no} is won")
    if state.round and isinstance(entry, e.ReturnedToDebtor):
        raise Refused("round-announced", f"{entry.name()} while round {state.round.round_no} is announced")


def _check_tail(state: State, entry: e.Delivered | e.TitleRegistered | e.ProceedsDistributed) -> None:
    done = {
        e.Delivered: state.delivered_on is not None,
        e.TitleRegistered: state.title_registered,
        e.ProceedsDistributed: state.distributed,
    }
    if done[type(entry)]:
        raise Refused("done-already", f"{entry.name()} a second time")
    if isinstance(entry, e.TitleRegistered) and not state.delivered_on:
        raise Refused("not-delivered", "title registered before delivery")


class File:
    """One asset's file while entries are added: its lines, and the state they fold to."""

    def __init__(self, lines: Sequence[Numbered] = ()) -> None:
        """Take the lines recorded so far, numbered from 1."""
        self.lines = list(lines)
        self.state = fold(self.lines)

    @property
    def version(self) -> int:
        """The number of the last entry, 0 for a file not begun."""
        return len(self.lines)

    def admit(
        self, entries: Sequence[e.AssetEntry], *, actor: str, today: date, kinds: Mapping[str, Kind]
    ) -> list[Numbered]:
        """Add entries recorded together by `actor` on `today`; return them numbered.

        They are judged by what remains when all are in. Raises Refused (Contradicted when an entry that
        stands would lose its ground); the file is then as it was.
        """
        new = list(enumerate(entries, self.version + 1))
        for _, entry in new:
            _check_entry(entry, actor=actor, today=today)
        if len(new) == 1 and new[0][1].on >= self.state.last_on and not isinstance(new[0][1], e.EntryStruck):
            _enter(self.state, new[0][1], kinds)
        else:
            self._admit_anywhere(new, kinds)
        self.lines += new
        return new

    def _admit_anywhere(self, new: list[Numbered], kinds: Mapping[str, Kind]) -> None:
        _check_strikes(self.lines, new)
        self.state = _refold(self.lines + new, kinds, new_from=self.version + 1)


def _refold(lines: Sequence[Numbered], kinds: Mapping[str, Kind], *, new_from: int) -> State:
    state = State()
    for number, entry in standing(lines):
        try:
            _enter(state, entry, kinds)
        except Refused as refused:
            if number >= new_from:
                raise
            raise Contradicted(number, entry.name(), refused) from refused
    return state


def _enter(state: State, entry: e.AssetEntry, kinds: Mapping[str, Kind]) -> None:
    check(state, entry)
    _check_attributes(state, entry, kinds)
    evolve(state, entry)


def _check_entry(entry: e.AssetEntry, *, actor: str, today: date) -> None:
    if entry.on > today:
        raise Refused("dated-in-the-future", f"{entry.name()} on {entry.on}, after today, {today}")
    if isinstance(entry, e.EntryStruck) and entry.approved_by == actor:
        raise Refused("second-person-needed", f"a strike is approved by another person than {actor}")


def _check_strikes(lines: Sequence[Numbered], new: Sequence[Numbered]) -> None:
    struck, known = struck_by(lines), dict(lines)
    for number, entry in new:
        if isinstance(entry, e.EntryStruck):
            _check_strike(entry.entry_no, known, struck)
            struck[entry.entry_no] = number


def _check_strike(target: int, known: Mapping[int, e.AssetEntry], struck: Mapping[int, int]) -> None:
    asked: dict[str, Any] = {"entry_no": target}
    if target not in known:
        raise Refused("no-such-entry", f"the file has no entry {target} to strike", **asked)
    if isinstance(known[target], e.EntryStruck):
        raise Refused("strike-of-a-strike", f"entry {target} is a strike: enter anew instead", **asked)
    if target in struck:
        raise Refused("already-struck", f"entry {target} is struck by entry {struck[target]}", **asked)


def _check_attributes(state: State, entry: e.AssetEntry, kinds: Mapping[str, Kind]) -> None:
    seized = entry if isinstance(entry, e.Seized) else state.seized
    if seized is None or not isinstance(entry, e.Seized | e.Surveyed):
        return
    name = seized.kind
    if name not in kinds:
        raise Refused("unknown-kind", f"{name} is not a kind of asset: {', '.join(kinds)}", field="kind")
    for key, value in entry.attributes.items():
        attribute = kinds[name].attributes.get(key)
        if attribute is None:
            raise Refused("unknown-attribute", f"{key} is not an attribute of {name}", field=key)
        if not attribute.fits(value):
            raise Refused("wrong-attribute", f"{key} is not {attribute.type}: {value}", field=key)
