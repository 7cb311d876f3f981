"""The store on PostgreSQL: the library's event store over our mapper and recorder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import EventStore

from auctions.domain.event import Entry, Recorded
from auctions.store.codec import decode
from auctions.store.committer import Committer
from auctions.store.connect import NoDatabase, connection, no_database
from auctions.store.group import groups, judge, prepare, send, write_of
from auctions.store.imports_under_way import tell_recorded
from auctions.store.keys import HOLDERS, Holder
from auctions.store.mapper import LineMapper, lines_of
from auctions.store.migrate import pending
from auctions.store.port import Command, Receipt
from auctions.store.quarantine import SetAside, set_aside
from auctions.store.reads import Reads
from auctions.store.recorder import LogRecorder

_SEIZURES = """SELECT DISTINCT readable(payload) ->> 'asset_ref', readable(payload) ->> 'office'
    FROM auctions.events WHERE topic = 'asset.seized' AND readable(payload) ->> 'asset_ref' = ANY(%s)"""
_LOT = """SELECT DISTINCT stream_id FROM auctions.events
    WHERE topic = 'asset.round_announced' AND position('"lot_ref"'::bytea IN payload) > 0
        AND readable(payload) ->> 'lot_ref' = %s ORDER BY stream_id"""
_LINES = """SELECT place, entry_no, topic, payload
    FROM unnest(%s::uuid[]) WITH ORDINALITY AS asked (stream_id, place) JOIN auctions.events USING (stream_id)
    ORDER BY entry_no"""
_LINES_OF_ONE = """SELECT 1, entry_no, topic, payload FROM auctions.events
    WHERE stream_id = %s ORDER BY entry_no"""
"""As a file is loaded to decide on it: planning for one takes half the time."""
_LEAVES = """SELECT leaf FROM unnest(%s::int8[]) WITH ORDINALITY AS asked (position, place)
    JOIN auctions.events USING (position) ORDER BY place"""
_LOCK = "SELECT pg_advisory_xact_lock(7283001)"
_ANSWER = "SELECT fingerprint, position FROM auctions.events WHERE command_id = %s"


class PostgresStore:
    """Every file's entries in one append-only log on PostgreSQL 15 to 18."""

    def __init__(self, url: str) -> None:
        """Open the database at `url`. Raises NoDatabase when it does not answer or is not migrated."""
        self._url = url
        try:
            with connection(url) as first:
                missing = pending(first)
        except psycopg.OperationalError as error:
            raise no_database(error) from error
        if missing:
            message = f"the database lacks {', '.join(missing)}: run `auctions migrate`"
            raise NoDatabase(message)
        self._reads = Reads(url)
        self._committer = Committer(lambda: prepare(connection(url)))
        self._recorder = LogRecorder(self._committer, self._reads)
        self._mapper = LineMapper()
        self._events = EventStore(self._mapper, self._recorder)

    def append(self, command: Command) -> Receipt:
        """See the port."""
        recordings = self._events.put(
            lines_of(command),
            command_id=command.envelope.command_id,
            actor=command.envelope.actor,
            expected=command.expected,
        )
        return Receipt(tuple(recording.notification.id for recording in recordings))

    def read(self, stream_ids: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
        """See the port."""
        found: dict[UUID, list[Recorded]] = {stream_id: [] for stream_id in stream_ids}
        for stored in self._recorder.select_files(stream_ids):
            line = self._mapper.to_domain_event(stored)
            found[line.stream_id].append(line)
        return found

    def lines(self, stream_ids: Sequence[UUID]) -> dict[UUID, list[tuple[int, Entry]]]:
        """See the port."""
        found: list[list[tuple[int, Entry]]] = [[] for _ in stream_ids]
        one = len(stream_ids) == 1
        query, asked = (_LINES_OF_ONE, stream_ids) if one else (_LINES, [list(stream_ids)])
        for place, entry_no, topic, payload in self._reads.rows(query, asked):
            found[place - 1].append((entry_no, decode(topic, payload)))
        return dict(zip(stream_ids, found, strict=True))

    def answer(self, command: Command) -> Receipt | None:
        """See the port."""
        found = self._reads.rows(_ANSWER, [command.envelope.command_id])
        if not found:
            return None
        write = write_of(command)
        outcome = "already" if found[0][0] == write.fingerprint else "mismatch"
        return Receipt(judge(write, (outcome, found[0][1], 0)))

    def holders(self, key_ids: Sequence[str]) -> dict[str, Holder]:
        """Return who holds each of some keys that hold now."""
        return {row[0]: Holder(*row[1:]) for row in self._reads.rows(HOLDERS, [list(key_ids)])}

    def leaves(self, positions: Sequence[int]) -> list[bytes]:
        """See the port."""
        return [leaf for (leaf,) in self._reads.rows(_LEAVES, [list(positions)])]

    def seizures(self, asset_refs: Sequence[str]) -> list[tuple[str, str]]:
        """See the port."""
        return self._reads.rows(_SEIZURES, [list(asset_refs)])

    def lot(self, lot_ref: str) -> list[UUID]:
        """See the port."""
        return [stream_id for (stream_id,) in self._reads.rows(_LOT, [lot_ref])]

    @contextmanager
    def transaction(self) -> Iterator["_Transaction"]:
        """See the port."""
        try:
            with connection(self._url) as writer, writer.transaction():
                writer.execute(_LOCK)
                yield _Transaction(prepare(writer))
        except psycopg.OperationalError as error:
            raise no_database(error) from error

    def close(self) -> None:
        """See the port."""
        self._committer.close()
        self._reads.close()


class _Transaction:
    def __init__(self, writer: psycopg.Connection[Any]) -> None:
        self._writer = writer

    def append_all(self, commands: Sequence[Command]) -> list[Receipt]:
        """See the port."""
        receipts: list[Receipt] = []
        for group in groups([write_of(command) for command in commands]):
            answers = send(self._writer, group)
            receipts += [Receipt(judge(write, answer)) for write, answer in zip(group, answers, strict=True)]
        return receipts

    def set_aside(self, rows: Sequence[SetAside]) -> None:
        """See the port."""
        set_aside(self._writer, rows)

    def tell_recorded(self, import_id: UUID, entries: int) -> None:
        """See the port."""
        tell_recorded(self._writer, import_id, entries)
