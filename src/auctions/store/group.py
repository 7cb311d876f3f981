"""A group of commands sent to the append function in one round trip, and its answers judged."""

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from auctions.domain.errors import CommandMismatch, StaleFile
from auctions.store.mapper import StoredLine

_APPEND = """SELECT outcome, first_position, version FROM auctions.append(
    %b::uuid[], %b::bytea[], %b::uuid[], %b::int[], %b::int[], %b::text[], %b::bytea[], %b::bytea[])"""

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


def send(connection: psycopg.Connection[Any], writes: Sequence[Write]) -> list[Answer]:
    """Append a group; return an answer for each command, in order."""
    lines = [line for write in writes for line in write.lines]
    params: list[list[Any]] = [
        [write.command_id for write in writes],
        [write.fingerprint() for write in writes],
        [write.stream_id for write in writes],
        [write.expected for write in writes],
        [len(write.lines) for write in writes],
        [line.topic for line in lines],
        [line.state for line in lines],
        [line.envelope for line in lines],
    ]
    return connection.execute(_APPEND, params, prepare=True, binary=True).fetchall()


def judge(write: Write, answer: Answer) -> tuple[int, ...]:
    """Return the positions of a command's entries, or raise StaleFile or CommandMismatch."""
    outcome, first, version = answer
    if outcome == "stale":
        raise StaleFile(write.expected, version or 0)
    if outcome == "mismatch" or first is None:
        raise CommandMismatch
    return tuple(range(first, first + len(write.lines)))
