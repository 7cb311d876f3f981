"""A group of commands sent to the append function in one round trip, and its answers judged."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

from auctions.domain.errors import CommandMismatch, StaleFile
from auctions.store.mapper import StoredLine

_APPEND = """SELECT outcome, first_position, version FROM auctions.append(
    %b::uuid[], %b::bytea[], %b::uuid[], %b::int[], %b::int[], %b::text[], %b::bytea[], %b::bytea[])"""

UUID_OID, BYTEA_OID, INT4_OID, TEXT_OID = 2950, 17, 23, 25

GROUP = 1000
"""Commands in a group at most."""

Answer = tuple[str, int | None, int | None]
"""Outcome, first position and the file's version, as the append function tells them."""


class Write(NamedTuple):
    """One command as it goes to the database."""

    command_id: UUID
    actor: str
    stream_id: UUID
    expected: int
    lines: Sequence[StoredLine]

    def fingerprint(self) -> bytes:
        """Return the SHA-256 of what is asked and by whom; the same command sent again has the same."""
        digest = hashlib.sha256(self.stream_id.bytes + self.actor.encode())
        for line in self.lines:
            digest.update(b"%b\n%b\n" % (line.topic.encode(), line.state))
        return digest.digest()


def fitting(writes: Iterable[Write]) -> int:
    """Return how many of the first writes may go in one group.

    A group is GROUP commands at most, each command id once, the commands of one file next to each other.
    """
    commands: set[UUID] = set()
    files: set[UUID] = set()
    stream_id: UUID | None = None
    for write in writes:
        again = write.stream_id != stream_id and write.stream_id in files
        if again or write.command_id in commands or len(commands) == GROUP:
            break
        stream_id = write.stream_id
        commands.add(write.command_id)
        files.add(stream_id)
    return len(commands)


def send(connection: psycopg.Connection[Any], writes: Sequence[Write]) -> list[Answer]:
    """Append a fitting group; return an answer for each command, in order."""
    lines = [line for write in writes for line in write.lines]
    params = [
        _array(UUID_OID, [write.command_id.bytes for write in writes]),
        _array(BYTEA_OID, [write.fingerprint() for write in writes]),
        _array(UUID_OID, [write.stream_id.bytes for write in writes]),
        _array(INT4_OID, [write.expected.to_bytes(4) for write in writes]),
        _array(INT4_OID, [len(write.lines).to_bytes(4) for write in writes]),
        _array(TEXT_OID, [line.topic.encode() for line in lines]),
        _array(BYTEA_OID, [line.state for line in lines]),
        _array(BYTEA_OID, [line.envelope for line in lines]),
    ]
    connection.adapters.register_dumper(_Array, _AsItIs)
    return connection.execute(_APPEND, params, prepare=True, binary=True).fetchall()


class _Array(bytes):
    """A PostgreSQL array as it goes over the wire; psycopg's own dumping of lists costs ten times as much."""


class _AsItIs(Dumper):
    format = Format.BINARY

    def dump(self, obj: bytes) -> bytes:
        return obj


def _array(oid: int, items: Sequence[bytes]) -> _Array:
    head = struct.pack(">iiIii", 1, 0, oid, len(items), 1)
    return _Array(head + b"".join([len(item).to_bytes(4) + item for item in items]))


def judge(write: Write, answer: Answer) -> tuple[int, ...]:
    """Return the positions of a command's entries, or raise StaleFile or CommandMismatch."""
    outcome, first, version = answer
    if outcome == "stale":
        raise StaleFile(write.expected, version or 0)
    if outcome == "mismatch" or first is None:
        raise CommandMismatch
    return tuple(range(first, first + len(write.lines)))
