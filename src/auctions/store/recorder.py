"""The library's recorder on our log: inserts through the committer, selects by file."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

import psycopg
from eventsourcing.persistence import AggregateRecorder, StoredEvent
from psycopg_pool import ConnectionPool, PoolTimeout

from auctions.store.committer import Committer
from auctions.store.group import Write, judge
from auctions.store.mapper import StoredLine

_SELECT = """SELECT stream_id, entry_no, topic, payload, envelope, position, recorded_at FROM auctions.events
    WHERE stream_id = ANY(%s) AND entry_no > %s AND entry_no <= %s ORDER BY stream_id, entry_no"""


class LogRecorder(AggregateRecorder):
    """Keeps stored lines in the events table, append-only, in commit order."""

    def __init__(self, committer: Committer, pool: ConnectionPool[Any]) -> None:
        """Take what writes and what reads."""
        self._committer = committer
        self._pool = pool

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Record one command's lines (`command_id`, `expected`); return their positions."""
        lines = cast("Sequence[StoredLine]", stored_events)
        stream_id = cast("UUID", lines[0].originator_id)
        write = Write(kwargs["command_id"], stream_id, kwargs["expected"], lines)
        return judge(write, self._committer.write(write))

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredLine]:
        """Return one file's stored lines by number."""
        lines = self.select_files([cast("UUID", originator_id)], gt=gt or 0, lte=lte or 2**31 - 1)
        return (lines[::-1] if desc else lines)[:limit]

    def select_files(
        self, stream_ids: Sequence[UUID], *, gt: int = 0, lte: int = 2**31 - 1
    ) -> list[StoredLine]:
        """Return the stored lines of many files, by file and number."""
        try:
            return self._select([list(stream_ids), gt, lte])
        except PoolTimeout:
            raise
        except psycopg.OperationalError:
            self._pool.check()  # a server that went and came left dead connections in the pool
            return self._select([list(stream_ids), gt, lte])

    def _select(self, params: list[Any]) -> list[StoredLine]:
        with self._pool.connection() as connection:
            rows = connection.execute(_SELECT, params, binary=True).fetchall()
        return [StoredLine(*row) for row in rows]
