"""From a page of events to the files they touch, folded; states are kept from page to page."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg

from auctions.domain.asset.events import EntryStruck
from auctions.domain.asset.state import Numbered, evolve, fold
from projections.log import Event, files
from projections.projection import Folded

KEPT = 20_000
"""States kept from page to page; an asset outside is read again from the log."""


class Folder:
    """Folds the files that pages touch, each as of the end of the page."""

    def __init__(self) -> None:
        """Begin knowing no file."""
        self._known: dict[UUID, Folded] = {}

    def touched(self, connection: psycopg.Connection[Any], events: Sequence[Event]) -> list[Folded]:
        """Return the files touched by a page, in full."""
        news: dict[UUID, list[Numbered]] = defaultdict(list)
        for _, stream_id, entry_no, entry in events:
            news[stream_id].append((entry_no, entry))
        folded = [self._follow(stream_id, lines) for stream_id, lines in news.items()]
        done = [file for file in folded if file]
        missing = news.keys() - {file.asset_id for file in done}
        if missing:
            done += self._from_log(connection, list(missing), events[-1].position)
        self._keep(done)
        return done

    def _follow(self, stream_id: UUID, lines: Sequence[Numbered]) -> Folded | None:
        known = self._known.pop(stream_id, None)
        if known is None and lines[0][0] == 1:
            return Folded(stream_id, lines[-1][0], fold(lines))
        if known is None or known.version + 1 != lines[0][0]:
            return None
        for _, entry in lines:
            if isinstance(entry, EntryStruck) or entry.on < known.state.last_on:
                return None
            evolve(known.state, entry)
        return known._replace(version=lines[-1][0])

    def _from_log(
        self, connection: psycopg.Connection[Any], stream_ids: Sequence[UUID], up_to: int
    ) -> list[Folded]:
        found = files(connection, stream_ids, up_to)
        return [Folded(stream_id, lines[-1][0], fold(lines)) for stream_id, lines in found.items()]

    def _keep(self, folded: Sequence[Folded]) -> None:
        self._known.update((file.asset_id, file) for file in folded)
        for stream_id in list(self._known)[: max(0, len(self._known) - KEPT)]:
            del self._known[stream_id]
