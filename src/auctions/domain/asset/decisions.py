"""What may happen: entries asked for go in, the same entries come out with their numbers, or Refused.

Here is what is possible; what is lawful, law.py says. One check serves the entry that is asked for and
the later ones it lands before, so a late entry or a strike that leaves one without its ground is refused
with that one's number.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from auctions.domain.asset import events as e
from auctions.domain.asset.breaches import Breach
from auctions.domain.asset.law import LawOf
from auctions.domain.asset.possible import EXITS, POSSIBLE, Stage
from auctions.domain.asset.state import Numbered, State, evolve, fold, standing, struck_by
from auctions.domain.errors import Contradicted, Refused
from auctions.rules.kinds import Kind


def check(state: State, entry: e.AssetEntry) -> None:  # noqa: C901, PLR0912 - one flat arm a group of entries
    """Raise Refused if `entry` is not possible in `state`."""
    if not isinstance(entry, e.EntryStruck) and state.stage not in POSSIBLE[entry.entry_name()]:
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
        case e.PreemptionAnswered():
            _check_preemption(state, entry)
        case e.PartiesNotified():
            _check_notified(state, entry)
        case e.Redeemed() | e.Released() | e.ReturnedToDebtor():
            _check_unsold(state, entry)
        case e.Split() | e.Merged():
            _check_unsold(state, entry)
            _check_into(state, entry.into if isinstance(entry, e.Split) else [entry.into])
        case e.Delivered() | e.TitleRegistered() | e.ProceedsDistributed():
            _check_tail(state, entry)
        case _:
            pass


_Result = e.RoundFailed | e.RoundWon | e.RoundPostponed | e.RoundCancelled


def _not_in_stage(state: State, entry: e.AssetEntry) -> Refused:
    stage, name = state.stage, entry.entry_name()
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


def _check_preemption(state: State, entry: e.PreemptionAnswered) -> None:
    if state.preemption != "offered" and not (state.preempted and not entry.accepted):
        raise Refused("preemption-not-offered", "an answer without an open offer of pre-emption")
    if state.round and entry.accepted:
        word = "won" if state.won else "announced"
        message = f"pre-emption accepted while round {state.round.round_no} is {word}"
        raise Refused(f"round-{word}", message)


def _check_notified(state: State, entry: e.PartiesNotified) -> None:
    there = {
        "appraisal": bool(state.steps),
        "failure": "round_failed" in state.days,
        "in_lieu": state.in_lieu == "accepted",
    }
    if not there[entry.of]:
        raise Refused("nothing-to-notify", f"a notice of {entry.of} before there was any")


def _check_into(state: State, refs: Sequence[str]) -> None:
    own = state.seized.asset_ref if state.seized else ""
    if own in refs or len(set(refs)) < len(refs):
        raise Refused("into-itself", f"into {', '.join(refs)}: other references are expected, each once")


def _check_unsold(
    state: State, entry: e.Redeemed | e.Released | e.ReturnedToDebtor | e.Split | e.Merged
) -> None:
    if state.won:
        raise Refused("round-won", f"{entry.entry_name()} while round {state.won.round_no} is won")
    if state.preempted:
        raise Refused("preempted", f"{entry.entry_name()} while a co-owner has bought the asset")
    if state.round and not isinstance(entry, e.Redeemed | e.Released):
        raise Refused(
            "round-announced", f"{entry.entry_name()} while round {state.round.round_no} is announced"
        )


def _check_tail(state: State, entry: e.Delivered | e.TitleRegistered | e.ProceedsDistributed) -> None:
    done = {
        e.Delivered: state.delivered_on is not None,
        e.TitleRegistered: state.title_registered,
        e.ProceedsDistributed: state.distributed,
    }
    if done[type(entry)]:
        raise Refused("done-already", f"{entry.entry_name()} a second time")
    if isinstance(entry, e.TitleRegistered) and not state.delivered_on:
        raise Refused("not-delivered", "title registered before delivery")


class Admitted(NamedTuple):
    """Entries with their numbers in the file, and what the law notes about them without refusing any."""

    lines: list[Numbered]
    notes: list[Breach]


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

    def goes_on(self, entries: Sequence[e.AssetEntry]) -> bool:
        """Tell whether entries come to the end of what stands: one that is no strike, on no earlier day."""
        first, *others = entries
        return not others and first.on >= self.state.last_on and not isinstance(first, e.EntryStruck)

    def admit(
        self,
        entries: Sequence[e.AssetEntry],
        *,
        actor: str,
        today: date,
        kinds: Mapping[str, Kind],
        law_of: LawOf | None = None,
    ) -> Admitted:
        """Add entries recorded together by `actor` on `today`; return them numbered, with what is noted.

        They are judged by what remains when all are in: by what is possible, and, where they are being
        decided, by the law of the office that has the file; without `law_of` they are facts as found.
        Raises Refused (Contradicted when an entry that stands would lose its ground, Unlawful when the law
        refuses a decision); the file is then as it was.
        """
        new = list(enumerate(entries, self.version + 1))
        for _, entry in new:
            _check_entry(entry, actor=actor, today=today)
        notes: list[Breach] = []
        if self.goes_on(entries):
            _enter(self.state, new[0][1], kinds, law_of, notes)
        else:
            _check_strikes(self.lines, new)
            self.state = _refold(self.lines, new, kinds, law_of, notes)
        self.lines += new
        return Admitted(new, notes)


def _refold(
    lines: list[Numbered],
    new: list[Numbered],
    kinds: Mapping[str, Kind],
    law_of: LawOf | None,
    notes: list[Breach],
) -> State:
    state, new_from = State(), len(lines) + 1
    for number, entry in standing(lines + new):
        try:
            _enter(state, entry, kinds, law_of if number >= new_from else None, notes)
        except Refused as refused:
            if number >= new_from:
                raise
            raise Contradicted(number, entry.entry_name(), refused) from refused
    return state


def _enter(
    state: State,
    entry: e.AssetEntry,
    kinds: Mapping[str, Kind],
    law_of: LawOf | None,
    notes: list[Breach],
) -> None:
    check(state, entry)
    _check_attributes(state, entry, kinds)
    if law_of:
        office = entry.office if isinstance(entry, e.Seized) else state.office
        notes += law_of(office).decide(state, entry)
    evolve(state, entry)


def _check_entry(entry: e.AssetEntry, *, actor: str, today: date) -> None:
    if entry.on > today:
        raise Refused("dated-in-the-future", f"{entry.entry_name()} on {entry.on}, after today, {today}")
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
