"""A group of commands as the append functions take it, sent in one round trip, and its answers judged.

This is the way every entry takes, so it speaks to libpq itself: each command is encoded by the thread that
brings it, and who sends a group only joins the parts. psycopg's cursors and lists cost three times as much.
"""

import hashlib
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg import pq

from auctions.domain.errors import CommandMismatch, StaleFile
from auctions.store.mapper import LineMapper, StoredLine, lines_of
from auctions.store.port import Command

GROUP = 1000
"""Commands in a group at most."""

_NAME = b"append"
_QUERY = b"SELECT outcome, first_position, version FROM auctions.append($1, $2, $3, $4, $5, $6, $7, $8)"
_NAME_ONE = b"append_one"
_QUERY_ONE = b"SELECT outcome, first_position, version FROM auctions.append_one($1, $2, $3, $4, $5, $6, $7)"
_UUID, _BYTEA, _INT4, _TEXT = 2950, 17, 23, 25
AS_KNOWN = b"append_as_known"
QUERY_AS_KNOWN = b"""SELECT outcome, first_position, version, leaf
    FROM auctions.append_as_known($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"""
_COLUMNS = (_UUID, _BYTEA, _UUID, _INT4, _INT4, _TEXT, _BYTEA, _BYTEA)
_BINARY = [pq.Format.BINARY] * len(_COLUMNS)
_MAPPER = LineMapper()

Answer = tuple[str, int, int]
"""Outcome, first position and the file's version (0 for none), as the append function tells them."""


class Write(NamedTuple):
    """One command as it goes to the database; `columns` are its parts of the function's arrays."""

    command_id: UUID
    stream_id: UUID
    expected: int
    size: int
    fingerprint: bytes
    columns: tuple[bytes, ...]


class Standing(NamedTuple):
    """What commands were decided on besides their files: ids of keys that held, and offices' rules.

    The rules are told by how often each office had changed its own, by the id of the office's file.
    """

    keys: Collection[str]
    offices: Mapping[UUID, int]

    @property
    def columns(self) -> list[bytes]:
        """The parts of the function's arrays."""
        return [
            _array(_TEXT, [key.encode() for key in self.keys]),
            _array(_UUID, [office.bytes for office in self.offices]),
            _array(_INT4, [changes.to_bytes(4) for changes in self.offices.values()]),
        ]


def _array(oid: int, items: Sequence[bytes]) -> bytes:
    return _head(oid, len(items)) + b"".join(map(_item, items))


def _head(oid: int, count: int) -> bytes:
    return struct.pack(">iiIii", 1, 0, oid, count, 1)


def encoded(
    command_id: UUID, actor: str, stream_id: UUID, expected: int, lines: Sequence[StoredLine]
) -> Write:
    """Return a command as it goes to the database.

    Its fingerprint is the SHA-256 of what is asked and by whom; the same command sent again has the same.
    """
    topics = [line.topic.encode() for line in lines]
    asked = b"".join([b"%b\n%b\n" % (topic, line.state) for topic, line in zip(topics, lines, strict=True)])
    fingerprint = hashlib.sha256(stream_id.bytes + actor.encode() + asked).digest()
    columns = (
        _item(command_id.bytes),
        _item(fingerprint),
        _item(stream_id.bytes),
        _item(expected.to_bytes(4)),
        _item(len(lines).to_bytes(4)),
        b"".join(map(_item, topics)),
        b"".join([_item(line.state) for line in lines]),
        b"".join([_item(line.envelope) for line in lines]),
    )
    return Write(command_id, stream_id, expected, len(lines), fingerprint, columns)


def write_of(command: Command) -> Write:
    """Return a command as it goes to the database. Raises Refused for an entry over 32 KiB."""
    envelope, lines = command.envelope, [_MAPPER.to_stored_event(line) for line in lines_of(command)]
    return encoded(envelope.command_id, envelope.actor, command.stream_id, command.expected, lines)


def _item(item: bytes) -> bytes:
    return len(item).to_bytes(4) + item


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


def groups(writes: Sequence[Write]) -> Iterator[Sequence[Write]]:
    """Yield writes in fitting groups, in order."""
    first = 0
    while first < len(writes):
        group = writes[first : first + fitting(writes[first:])]
        yield group
        first += len(group)


def prepare(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """Make a connection ready to send groups; return it."""
    for name, query in ((_NAME, _QUERY), (_NAME_ONE, _QUERY_ONE)):
        checked(connection, connection.pgconn.prepare(name, query))
    return connection


def send(connection: psycopg.Connection[Any], writes: Sequence[Write]) -> list[Answer]:
    """Append a fitting group on a prepared connection; return an answer for each command, in order."""
    if len(writes) == 1 and writes[0].size == 1:
        return [_sent_alone(connection, writes[0])]
    result = connection.pgconn.exec_prepared(_NAME, arrays(writes), _BINARY, pq.Format.BINARY)
    checked(connection, result)
    return answers(result)


def arrays(writes: Sequence[Write]) -> list[bytes]:
    """Return the arrays that the append function takes, for a fitting group."""
    counts = [len(writes)] * 5 + [sum([write.size for write in writes])] * 3
    return [
        _head(oid, count) + b"".join([write.columns[place] for write in writes])
        for place, (oid, count) in enumerate(zip(_COLUMNS, counts, strict=True))
    ]


def _sent_alone(connection: psycopg.Connection[Any], write: Write) -> Answer:
    """Append a command of one entry, which costs the server two thirds of what a group of one does."""
    command_id, fingerprint, stream_id, expected, _size, *entry = [column[4:] for column in write.columns]
    values = [command_id, fingerprint, stream_id, expected, *entry]
    result = connection.pgconn.exec_prepared(_NAME_ONE, values, _BINARY[: len(values)], pq.Format.BINARY)
    checked(connection, result)
    return _answer(result, 0)


def checked(connection: psycopg.BaseConnection[Any], result: pq.abc.PGresult) -> None:
    """Raise the error that a result tells of, if it does; psycopg.OperationalError for a lost connection."""
    if result.status in {pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK}:
        return
    if connection.pgconn.status == pq.ConnStatus.BAD:
        raise psycopg.OperationalError(result.get_error_message() or "the connection is lost")
    raise psycopg.errors.error_from_result(result)


def answers(result: pq.abc.PGresult) -> list[Answer]:
    """Return what an append function tells of each command, in order."""
    return [_answer(result, row) for row in range(result.ntuples)]


def _answer(result: pq.abc.PGresult, row: int) -> Answer:
    outcome, first, version = (result.get_value(row, column) or b"" for column in range(3))
    return outcome.decode(), int.from_bytes(first), int.from_bytes(version)


def judge(write: Write, answer: Answer) -> tuple[int, ...]:
    """Return the positions of a command's entries, or raise StaleFile or CommandMismatch."""
    outcome, first, version = answer
    if outcome == "stale":
        raise StaleFile(write.expected, version)
    if outcome == "mismatch":
        raise CommandMismatch
    return tuple(range(first, first + write.size))
