"""The store on PostgreSQL: the library's event store over our mapper and recorder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import EventStore
from psycopg_pool import ConnectionPool, PoolTimeout

from auctions.domain.event import Recorded
from auctions.store.committer import Committer
from auctions.store.connect import SETTINGS, NoDatabase, connection, no_database
from auctions.store.group import Write, judge, send
from auctions.store.mapper import LineMapper, lines_of
from auctions.store.migrate import pending
from auctions.store.port import Command, Receipt
from auctions.store.quarantine import SetAside, set_aside
from auctions.store.recorder import LogRecorder

_PAGE = 1000
_SEIZURES = """SELECT DISTINCT readable(payload) ->> 'asset_ref', readable(payload) ->> 'office'
    FROM auctions.events WHERE topic = 'asset.seized' AND readable(payload) ->> 'asset_ref' = ANY(%s)"""
_LOCK = "SELECT pg_advisory_xact_lock(7283001)"
_ANSWER = "SELECT fingerprint, first_position FROM auctions.commands WHERE command_id = %s"


class PostgresStore:
    """Every file's entries in one append-only log on PostgreSQL 15 to 18."""

    def __init__(self, url: str) -> None:
        """Open the database at `url`. Raises NoDatabase when it does not answer or is not migrated."""
        self._url = url
        with connection(url) as first:
            missing = pending(first)
        if missing:
            message = f"the database lacks {', '.join(missing)}: run `auctions migrate`"
            raise NoDatabase(message)
        self._pool = ConnectionPool(
            url, min_size=1, max_size=8, open=True, timeout=10, kwargs={"options": SETTINGS, "autocommit": True}
        )
        self._committer = Committer(lambda: connection(url))
        self._recorder = LogRecorder(self._committer, self._pool)
        self._mapper = LineMapper()
        self._events = EventStore(self._mapper, self._recorder)

    def append(self, command: Command) -> Receipt:
        """See the port."""
        recordings = self._events.put(
            lines_of(command),
            command_id=command.envelope.command_id,
            expected=command.expected,
        )
        return Receipt([recording.notification.id for recording in recordings])

    def read(self, stream_ids: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
        """See the port."""
        found: dict[UUID, list[Recorded]] = {stream_id: [] for stream_id in stream_ids}
        try:
            for stored in self._recorder.select_files(stream_ids):
                line = self._mapper.to_domain_event(stored)
                found[line.stream_id].append(line)
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise no_database(error) from error
        return found

    def answer(self, command: Command) -> Receipt | None:
        """See the port."""
        with self._pool.connection() as reader:
            row = reader.execute(_ANSWER, [command.envelope.command_id]).fetchone()
        if row is None:
            return None
        write = self._write(command)
        outcome = "already" if row[0] == write.fingerprint() else "mismatch"
        return Receipt(judge(write, (outcome, row[1], None)))

    def seizures(self, asset_refs: Sequence[str]) -> list[tuple[str, str]]:
        """See the port."""
        with self._pool.connection() as reader:
            return reader.execute(_SEIZURES, [list(asset_refs)]).fetchall()

    @contextmanager
    def transaction(self) -> Iterator["_Transaction"]:
        """See the port."""
        try:
            with connection(self._url) as writer, writer.transaction():
                writer.execute(_LOCK)
                yield _Transaction(writer, self._write)
        except psycopg.OperationalError as error:
            raise no_database(error) from error

    def _write(self, command: Command) -> Write:
        lines = [self._mapper.to_stored_event(line) for line in lines_of(command)]
        return Write(command.envelope.command_id, command.stream_id, command.expected, lines)

    def close(self) -> None:
        """See the port."""
        self._committer.close()
        self._pool.close()


class _Transaction:
    def __init__(self, writer: psycopg.Connection[Any], write: Any) -> None:
        self._writer = writer
        self._write = write

    def append_all(self, commands: Sequence[Command]) -> list[Receipt]:
        """See the port."""
        writes = [self._write(command) for command in commands]
        groups = [writes[start : start + _PAGE] for start in range(0, len(writes), _PAGE)]
        return [
            Receipt(judge(write, answer))
            for group in groups
            for write, answer in zip(group, send(self._writer, group), strict=True)
        ]

    def set_aside(self, rows: Sequence[SetAside]) -> None:
        """See the port."""
        set_aside(self._writer, rows)
