"""The library's recorder on our log: inserts through the committer, selects by file."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import AggregateRecorder, StoredEvent

from auctions.store.committer import Committer
from auctions.store.group import encoded, judge
from auctions.store.mapper import StoredLine
from auctions.store.reads import Reads

_SELECT = """SELECT stream_id, entry_no, topic, payload, envelope, position, recorded_at FROM auctions.events
    WHERE stream_id = ANY(%s) AND entry_no > %s AND entry_no <= %s ORDER BY stream_id, entry_no"""


class LogRecorder(AggregateRecorder):
    """Keeps stored lines in the events table, append-only, in commit order."""

    def __init__(self, committer: Committer, reads: Reads) -> None:
        """Take what writes and what reads."""
        self._committer = committer
        self._reads = reads

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:  # noqa: ANN401 - the library's signature
        """Record one command's lines (`command_id`, `actor`, `expected`); return their positions."""
        lines = cast("Sequence[StoredLine]", stored_events)
        stream_id = cast("UUID", lines[0].originator_id)
        write = encoded(kwargs["command_id"], kwargs["actor"], stream_id, kwargs["expected"], lines)
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
        return [StoredLine(*row) for row in self._reads.rows(_SELECT, [list(stream_ids), gt, lte])]
