"""The store in memory: the same port, the same bytes and hashes, for tests and for trying things."""

import hashlib
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from auctions.domain.asset.events import Seized
from auctions.domain.errors import CommandMismatch, StaleFile
from auctions.domain.event import Entry, Recorded
from auctions.store.codec import encode
from auctions.store.mapper import LineMapper, StoredLine, lines_of
from auctions.store.port import Command, Receipt
from auctions.store.quarantine import SetAside

ZEROS = bytes(32)
EPOCH = datetime.fromtimestamp(0, UTC)


class Kept(NamedTuple):
    """A line with its place in the chain of its file."""

    line: Recorded
    prev: bytes
    leaf: bytes


def leaf_hash(stored: StoredLine, recorded_at: datetime, prev: bytes) -> bytes:
    """Return the RFC 6962 leaf hash of an entry, laid out as the append function does."""
    micros = (recorded_at - EPOCH) // timedelta(microseconds=1)
    stream_id = UUID(str(stored.originator_id)).bytes
    head = stream_id + struct.pack(">i", stored.originator_version) + prev + struct.pack(">q", micros)
    parts = (stored.topic.encode(), stored.envelope, stored.state)
    body = b"".join(struct.pack(">i", len(part)) + part for part in parts)
    return hashlib.sha256(b"\x00auctions-entry-1" + head + body).digest()


def _asked(command: Command) -> object:
    return (
        command.stream_id,
        command.envelope.actor,
        [(entry.TOPIC, encode(entry)) for entry in command.entries],
    )


class MemoryStore:
    """Every file's entries in one list; a command or a transaction at a time."""

    def __init__(self) -> None:
        """Begin with an empty log."""
        self.log: list[Kept] = []
        self.quarantine: dict[UUID, SetAside] = {}
        self._files: dict[UUID, list[Kept]] = {}
        self._commands: dict[UUID, tuple[object, tuple[int, ...]]] = {}
        self._lock = threading.Lock()
        self._mapper = LineMapper()

    def append(self, command: Command) -> Receipt:
        """See the port."""
        with self._lock:
            return self._append(command)

    def _append(self, command: Command) -> Receipt:
        before = self.answer(command)
        if before:
            return before
        kept = self._files.get(command.stream_id, [])
        if len(kept) != command.expected:
            raise StaleFile(command.expected, len(kept))
        new = self._chained(command, kept[-1].leaf if kept else ZEROS)
        self._files[command.stream_id] = kept + new
        self.log += new
        positions = tuple(each.line.position for each in new)
        self._commands[command.envelope.command_id] = _asked(command), positions
        return Receipt(positions)

    def _chained(self, command: Command, prev: bytes) -> list[Kept]:
        now = max(datetime.now(UTC), self.log[-1].line.recorded_at if self.log else EPOCH)
        new: list[Kept] = []
        for position, line in enumerate(lines_of(command), len(self.log) + 1):
            leaf = leaf_hash(self._mapper.to_stored_event(line), now, prev)
            new.append(Kept(line._replace(position=position, recorded_at=now), prev, leaf))
            prev = leaf
        return new

    def append_all(self, commands: Sequence[Command]) -> list[Receipt]:
        """See the port."""
        return [self._append(command) for command in commands]

    def read(self, stream_ids: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
        """See the port."""
        return {stream_id: [kept.line for kept in self._files.get(stream_id, [])] for stream_id in stream_ids}

    def lines(self, stream_ids: Sequence[UUID]) -> dict[UUID, list[tuple[int, Entry]]]:
        """See the port."""
        found = self.read(stream_ids)
        return {
            stream_id: [(line.entry_no, line.entry) for line in lines] for stream_id, lines in found.items()
        }

    def answer(self, command: Command) -> Receipt | None:
        """See the port."""
        known = self._commands.get(command.envelope.command_id)
        if known is None:
            return None
        if known[0] != _asked(command):
            raise CommandMismatch
        return Receipt(known[1])

    def leaves(self, positions: Sequence[int]) -> list[bytes]:
        """See the port."""
        return [self.log[position - 1].leaf for position in positions]

    def seizures(self, asset_refs: Sequence[str]) -> list[tuple[str, str]]:
        """See the port."""
        entries = [kept.line.entry for kept in self.log]
        seized = [(entry.asset_ref, entry.office) for entry in entries if isinstance(entry, Seized)]
        return sorted({pair for pair in seized if pair[0] in asset_refs})

    def lot(self, lot_ref: str) -> list[UUID]:
        """See the port."""
        lines = [kept.line for kept in self.log]
        return sorted({line.stream_id for line in lines if getattr(line.entry, "lot_ref", None) == lot_ref})

    def set_aside(self, rows: Sequence[SetAside]) -> None:
        """See the port."""
        self.quarantine |= {row.quarantine_id: row for row in rows}

    def tell_recorded(self, import_id: UUID, entries: int) -> None:
        """See the port; nothing is sent in to a store in memory."""

    @contextmanager
    def transaction(self) -> Iterator["MemoryStore"]:
        """See the port."""
        with self._lock:
            before = list(self.log), dict(self.quarantine), dict(self._files), dict(self._commands)
            try:
                yield self
            except BaseException:
                self.log, self.quarantine, self._files, self._commands = before
                raise

    def close(self) -> None:
        """See the port."""
