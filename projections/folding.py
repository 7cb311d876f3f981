"""From a page of events to the files they touch; files are kept from page to page."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import psycopg

from auctions.domain.office.events import BookClosed, RuleChange
from auctions.domain.register.events import RegisterSealed
from projections.following import Followed, followed
from projections.log import Event, LawsOverTime, commands, files, files_under, laws_over_time, numbered
from projections.projection import Projection, Touched

KEPT = 20_000
"""Files kept from page to page; an asset outside is read again from the log."""


class Folder:
    """Follows the files that pages touch, each up to the end of the page."""

    def __init__(self, models: Collection[Projection]) -> None:
        """Begin knowing no file; `models` are those the files are followed for."""
        self._models = list(models)
        self._known: dict[UUID, Followed] = {}
        self._laws = LawsOverTime([])
        self._reached = -1

    def touched(self, connection: psycopg.Connection[Any], events: Sequence[Event]) -> list[Touched]:
        """Return the files touched by a page: all of an office's where it changed its rules."""
        before, up_to = events[0].position - 1, events[-1].position
        news, offices = _sorted(events)
        if offices or before != self._reached:
            self._known.clear()  # followed to elsewhere, or judged by the laws of another time
            self._laws = laws_over_time(connection, up_to)
        self._reached = up_to
        law_of = self._laws.at(up_to)
        done = {
            stream_id: file for stream_id, page in news.items() if (file := self._follow(stream_id, page))
        }
        judged_anew = files_under(connection, offices) if offices else []
        missing = (news.keys() | set(judged_anew)) - done.keys()
        if missing:
            for stream_id, lines in files(connection, list(missing), up_to).items():
                done[stream_id] = followed(stream_id, lines, self._laws, self._models)
        told = [file.touched(before, law_of) for file in done.values()]
        self._keep(done)
        return told

    def _follow(self, stream_id: UUID, events: Sequence[Event]) -> Followed | None:
        known = self._known.pop(stream_id, None)
        if known is None and events[0].entry_no == 1:
            return followed(stream_id, events, self._laws, self._models)
        if known is None:
            return None
        for command in commands(events):
            lines, position = numbered(command), command[-1].position
            if not known.takes(lines):
                return None
            known.take(lines, position, self._laws.at(position))
        return known

    def _keep(self, done: dict[UUID, Followed]) -> None:
        for file in done.values():
            file.settle()
        self._known.update(done)
        for stream_id in list(self._known)[: max(0, len(self._known) - KEPT)]:
            del self._known[stream_id]


def _sorted(events: Sequence[Event]) -> tuple[dict[UUID, list[Event]], set[str]]:
    """Return the events of assets by file, and the offices that changed their rules."""
    news: dict[UUID, list[Event]] = defaultdict(list)
    offices: set[str] = set()
    for event in events:
        if isinstance(event.entry, RuleChange):
            offices.add(event.entry.office)
        elif not isinstance(event.entry, BookClosed | RegisterSealed):
            news[event.stream_id].append(event)
    return news, offices
