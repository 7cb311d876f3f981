"""How one asset's file grew: what each entry changed of it, in the order of recording."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from auctions.domain.asset.events import EntryStruck
from auctions.domain.asset.law import Finding, LawOf, follow, judged
from auctions.domain.asset.state import Numbered, Round, State, standing
from auctions.domain.event import Recorded
from projections.lines import bearing_on
from projections.log import numbered

_TOLD = (
    "office",
    "stage",
    "unsold",
    "suspended",
    "price",
    "failed_rounds",
    "reductions",
    "costs",
    "in_lieu",
    "in_lieu_open",
    "preemption",
    "sold_for",
    "paid",
    "delivered_on",
    "title_registered",
    "distributed",
    "condition",
    "missing",
    "attributes",
    "aliases",
)


class Change(NamedTuple):
    """A part of the state, as it was known before an entry was recorded and after.

    `round` is the one under way, `round_3` the result of the third.
    """

    field: str
    before: Any
    after: Any


class Step(NamedTuple):
    """One entry, and what became of the file when it was recorded.

    What one command records is known at once: what it changed, and the findings that others got or lost by
    it, stand with its last entry, those of an entry of its own with that one.
    """

    line: Recorded
    together: Sequence[int]
    """The numbers of the entries that one command recorded, none where it was this one alone."""
    late: bool
    """Its legal day is before the last one that the file had then."""
    strike: Recorded | None
    """The entry that strikes it."""
    changes: Sequence[Change]
    found: Sequence[Finding]
    lifted: Sequence[Finding]
    """Findings that no longer hold."""


class _Known(NamedTuple):
    told: dict[str, Any]
    found: Sequence[Finding]
    last_on: date


def replay(
    file: Sequence[Recorded],
    law_of: LawOf,
    *,
    until: date | None = None,
    after: int = 0,
    most: int | None = None,
) -> list[Step]:
    """Return the entries of a file by number, each with what it changed of the end of the legal day `until`.

    Entries that do not bear on that day are left out, and those up to the number `after`, with which a
    command ended; the command that reaches the `most` is told whole. All are judged by one law, `law_of`.
    """
    strikes = {line.entry.entry_no: line for line in file if isinstance(line.entry, EntryStruck)}
    bearing = {line.entry_no for line in bearing_on(file, until)}
    commands = [list(group) for _, group in groupby(file[after:], key=lambda line: line.envelope.command_id)]
    steps: list[Step] = []
    known = _known(numbered(file[:after]), commands, law_of, until)
    for command, (before, then) in zip(commands, pairwise(known), strict=True):
        told = [line for line in command if line.entry_no in bearing]
        steps += [
            Step(
                line,
                [each.entry_no for each in command] if len(command) > 1 else [],
                line.entry.on < before.last_on,
                strikes.get(line.entry_no),
                _changes(before, then) if line is told[-1] else [],
                _without(then.found, before.found, line, told),
                _without(before.found, then.found, line, told),
            )
            for line in told
        ]
        if most is not None and len(steps) >= most:
            break
    return steps


def _known(
    lines: list[Numbered], commands: Sequence[Sequence[Recorded]], law_of: LawOf, until: date | None
) -> Iterator[_Known]:
    """Yield what was known by the entries before the first command, then after each."""
    state, found = judged(lines, law_of, until=until)
    yield _so_far(state, found, lines)
    for command in commands:
        new = numbered(command)
        lines += new
        if _come_last(state, new):
            for line in new:
                if until is None or line[1].on <= until:
                    follow(state, found, line, law_of)
        else:
            state, found = judged(lines, law_of, until=until)
        yield _so_far(state, found, lines)


def _so_far(state: State, found: Sequence[Finding], lines: Sequence[Numbered]) -> _Known:
    stand = standing(lines)
    return _Known(_told(state), list(found), stand[-1][1].on if stand else date.min)


def _come_last(state: State, new: Sequence[Numbered]) -> bool:
    """Tell whether entries land, in their order, after all that the state was folded from."""
    days = [state.last_on, *(entry.on for _, entry in new)]
    struck = any(isinstance(entry, EntryStruck) for _, entry in new)
    return not struck and all(day <= following for day, following in pairwise(days))


def _told(state: State) -> dict[str, Any]:
    under_way = state.round
    return {name: getattr(state, name) for name in _TOLD} | {
        "rounds": len(state.rounds),
        "round": under_way.round_no if under_way else None,
        "auction_at": under_way.auction_at if under_way else None,
        **{f"round_{each.round_no}": _result(each) for each in state.rounds if each.outcome},
    }


def _result(ended: Round) -> dict[str, Any]:
    told = {name: getattr(ended, name) for name in ("outcome", "ended_on", "reason", "price")}
    return {name: value for name, value in told.items() if value is not None}


def _changes(before: _Known, after: _Known) -> list[Change]:
    names = {**before.told, **after.told}
    told = [Change(name, before.told.get(name), after.told.get(name)) for name in names]
    return [change for change in told if change.before != change.after]


def _without(
    found: Sequence[Finding], others: Sequence[Finding], line: Recorded, command: Sequence[Recorded]
) -> list[Finding]:
    """Return the findings that are not among others, of those that stand with an entry of a command."""
    own = {each.entry_no for each in command}
    return [
        finding
        for finding in found
        if finding not in others
        and (finding.entry_no == line.entry_no or (line is command[-1] and finding.entry_no not in own))
    ]
