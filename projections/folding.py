"""From a page of events to the files they touch, folded; states are kept from page to page."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg

from auctions.domain.asset.events import EntryStruck
from auctions.domain.asset.law import follow
from auctions.domain.asset.state import Numbered
from auctions.domain.office.events import OfficeEntry
from projections.log import Event, Laws, files, files_under, laws
from projections.projection import Folded, folded

KEPT = 20_000
"""States kept from page to page; an asset outside is read again from the log."""


class Folder:
    """Folds the files that pages touch, each as of the end of the page."""

    def __init__(self) -> None:
        """Begin knowing no file."""
        self._known: dict[UUID, Folded] = {}
        self._laws: Laws | None = None
        self._reached = 0

    def touched(self, connection: psycopg.Connection[Any], events: Sequence[Event]) -> list[Folded]:
        """Return the files touched by a page, in full: all of an office's where it changed its rules."""
        up_to = events[-1].position
        news, offices = _sorted(events)
        if events[0].position != self._reached + 1:
            self._known.clear()  # judged by the laws of another time
            self._laws = None
        if self._laws is None or offices:
            self._laws = laws(connection, up_to)
        self._reached = up_to
        judged_anew = set(files_under(connection, offices)) if offices else set()
        for stream_id in judged_anew:
            self._known.pop(stream_id, None)
        done = [
            file for stream_id, lines in news.items() if (file := self._follow(stream_id, lines, self._laws))
        ]
        missing = (news.keys() | judged_anew) - {file.asset_id for file in done}
        if missing:
            done += self._from_log(connection, list(missing), up_to, self._laws)
        self._keep(done)
        return done

    def _follow(self, stream_id: UUID, lines: Sequence[Numbered], law_of: Laws) -> Folded | None:
        known = self._known.pop(stream_id, None)
        if known is None and lines[0][0] == 1:
            return folded(stream_id, lines, law_of)
        if known is None or known.version + 1 != lines[0][0]:
            return None
        findings = list(known.findings)
        for line in lines:
            if isinstance(line[1], EntryStruck) or line[1].on < known.state.last_on:
                return None
            follow(known.state, findings, line, law_of)
        return known._replace(version=lines[-1][0], findings=findings, law=law_of(known.state.office))

    def _from_log(
        self, connection: psycopg.Connection[Any], stream_ids: Sequence[UUID], up_to: int, law_of: Laws
    ) -> list[Folded]:
        found = files(connection, stream_ids, up_to)
        return [folded(stream_id, lines, law_of) for stream_id, lines in found.items()]

    def _keep(self, done: Sequence[Folded]) -> None:
        self._known.update((file.asset_id, file) for file in done)
        for stream_id in list(self._known)[: max(0, len(self._known) - KEPT)]:
            del self._known[stream_id]


def _sorted(events: Sequence[Event]) -> tuple[dict[UUID, list[Numbered]], set[str]]:
    """Return the entries of assets by file, and the offices that changed their rules."""
    news: dict[UUID, list[Numbered]] = defaultdict(list)
    offices: set[str] = set()
    for _, stream_id, entry_no, entry in events:
        if isinstance(entry, OfficeEntry):
            offices.add(entry.office)
        else:
            news[stream_id].append((entry_no, entry))  # type: ignore[arg-type]  # what is no office's is an asset's
    return news, offices
