"""One file followed entry by entry: what it is now, and what each history tells of it over both times."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import merge
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID

import psycopg

from auctions.domain.asset.events import AssetEntry, EntryStruck, Seized, Transferred
from auctions.domain.asset.law import Finding, LawOf, follow
from auctions.domain.asset.state import Numbered, State, evolve, standing
from projections.history import History
from projections.log import Event, LawsOverTime, commands, laws_over_time, numbered
from projections.projection import Folded, Projection, Touched, folded, unjudged
from projections.timeline import Row, Timeline, spans


class Followed:
    """A file as its entries come in the order of their recording, those of one command together."""

    def __init__(self, asset_id: UUID, models: Sequence[Projection]) -> None:
        """Begin a file of which `models` tell."""
        self._asset_id = asset_id
        self._judged = any(model.judged for model in models)
        self._histories = [(model, Timeline()) for model in models if isinstance(model, History)]
        self._state, self._findings = State(), list[Finding]()
        self.version = 0

    def takes(self, lines: Sequence[Numbered]) -> bool:
        """Tell whether entries are the next ones and land, in their order, at the end of what is known."""
        days = [self._state.last_on, *map(_day, lines)]
        return (
            lines[0][0] == self.version + 1
            and not any(isinstance(entry, EntryStruck) for _, entry in lines)
            and all(day <= following for day, following in pairwise(days))
        )

    def take(self, lines: Sequence[Numbered], position: int, law_of: LawOf) -> None:
        """Take entries that `takes` tells of, known from a position on."""
        self.version = lines[-1][0]
        if not self._histories:
            for line in lines:
                self._follow(line, law_of)
            return
        for day, group in groupby(lines, key=_day):
            classes = set()
            for line in group:
                self._follow(line, law_of)
                classes.add(type(line[1]))
            file = self._folded(law_of)
            for model, timeline in self._histories:
                if not model.hears or model.hears & classes:
                    timeline.stand(model.rows(file), day, position)

    def refold(self, lines: Sequence[Numbered], position: int, law_of: LawOf) -> None:
        """Fold the whole file anew, as known at a position."""
        self.version = lines[-1][0]
        self._state, self._findings = State(), []
        told: list[list[tuple[date, Sequence[Row]]]] = [[] for _ in self._histories]
        for day, group in groupby(standing(lines), key=_day):
            for line in group:
                self._follow(line, law_of)
            file = self._folded(law_of)
            for (model, _), days in zip(self._histories, told, strict=True):
                days.append((day, model.rows(file)))
        for (_, timeline), days in zip(self._histories, told, strict=True):
            timeline.restate(spans(days), position)

    def _follow(self, line: Numbered, law_of: LawOf) -> None:
        if self._judged:
            follow(self._state, self._findings, line, law_of)
        else:
            evolve(self._state, line[1])

    def _folded(self, law_of: LawOf) -> Folded:
        law = law_of(self._state.office)
        return Folded(self._asset_id, self.version, self._state, self._findings, law)

    def touched(self, since: int, law_of: LawOf) -> Touched:
        """Return the file, and what changed in its histories after a position."""
        periods = {model.name: timeline.since(since) for model, timeline in self._histories}
        return Touched(self._folded(law_of), periods)

    def settle(self) -> None:
        """Keep no more than what the next entries at the end need."""
        for _, timeline in self._histories:
            timeline.settle()


def followed(
    asset_id: UUID, events: Sequence[Event], laws: LawsOverTime, models: Sequence[Projection]
) -> Followed:
    """Return a file followed from its first entry, and through each change of a law it is judged by."""
    file, lines = Followed(asset_id, models), numbered(events)
    for position, count in _turns(events, laws):
        new, law_of = lines[file.version : count], laws.at(position)
        if new and file.takes(new):
            file.take(new, position, law_of)
        else:
            file.refold(lines[:count], position, law_of)
    return file


def whole(
    connection: psycopg.Connection[Any],
    files: Iterable[tuple[UUID, Sequence[Event]]],
    up_to: int,
    models: Sequence[Projection],
) -> Iterator[Touched]:
    """Yield files of the log up to a position, all of each, as the models tell of them."""
    laws = laws_over_time(connection, up_to)
    if any(isinstance(model, History) for model in models):
        for asset_id, events in files:
            yield followed(asset_id, events, laws, models).touched(0, laws.at(up_to))
        return
    fold_once = folded if any(model.judged for model in models) else unjudged
    for asset_id, events in files:
        yield Touched(fold_once(asset_id, numbered(events), laws.at(up_to)), {})


def _turns(events: Sequence[Event], laws: LawsOverTime) -> Iterator[tuple[int, int]]:
    """Yield each position at which something changes, and how many entries the file has then."""
    recorded = [(command[-1].position, command[-1].entry_no) for command in commands(events)]
    changes = laws.changes(_offices(events))
    known = 0
    for position, count in merge(recorded, [(change, 0) for change in changes]):
        known = count or known
        yield position, known


def _offices(events: Sequence[Event]) -> dict[str, int]:
    """Return the position from which each office has or had the file."""
    offices: dict[str, int] = {}
    for position, _, _, entry, _ in events:
        if isinstance(entry, Seized):
            offices.setdefault(entry.office, position)
        elif isinstance(entry, Transferred):
            offices.setdefault(entry.to_office, position)
    return offices


def _day(line: tuple[int, AssetEntry]) -> date:
    return line[1].on
