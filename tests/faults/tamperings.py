"""What a superuser may do to a log: sixteen ways, each telling the first entry that is not as it was."""

from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from auctions.verifier.entries import Entry
from auctions.verifier.tree import leaf_hash

READ = """SELECT stream_id, entry_no, prev, recorded_at, topic, envelope, payload, leaf
    FROM auctions.events ORDER BY position"""
WRITE = """INSERT INTO auctions.events
    (position, stream_id, entry_no, prev, recorded_at, topic, envelope, payload, leaf)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"""


@dataclass
class Row:
    """A row of the log, whose place in the list is its position."""

    stream_id: UUID
    number: int
    prev: bytes
    recorded_at: datetime
    topic: str
    envelope: bytes
    payload: bytes
    leaf: bytes

    @property
    def content(self) -> bytes:
        return Entry(*astuple(self)[:-1]).content


Rows = list[Row]
Tampering = Callable[[Rows, Random], int]


def rows_of(own: psycopg.Connection[Any]) -> Rows:
    return [Row(*row) for row in own.execute(READ)]


def write(own: psycopg.Connection[Any], before: Rows, rows: Rows) -> None:
    """Put rows in the place of the whole log that was there before."""
    changed = [at for at in range(max(len(before), len(rows))) if before[at : at + 1] != rows[at : at + 1]]
    own.execute("DELETE FROM auctions.events WHERE position = ANY(%s)", [[at + 1 for at in changed]])
    with own.cursor() as cursor:
        cursor.executemany(WRITE, [(at + 1, *astuple(rows[at])) for at in changed if at < len(rows)])


def chained(rows: Rows) -> None:
    """Number the entries of each file anew, and compute each prev and leaf anew."""
    last: dict[UUID, Row] = {}
    for row in rows:
        before = last.get(row.stream_id)
        row.number = before.number + 1 if before else 1
        row.prev = before.leaf if before else bytes(32)
        row.leaf = leaf_hash(row.content)
        last[row.stream_id] = row


def some(rows: Rows, random: Random) -> int:
    return random.randrange(len(rows))


def payload(rows: Rows, random: Random) -> int:
    at = some(rows, random)
    rows[at].payload += b" "
    return at


def envelope(rows: Rows, random: Random) -> int:
    at = some(rows, random)
    rows[at].envelope = rows[at].envelope.replace(b"017", b"018")
    return at


def topic(rows: Rows, random: Random) -> int:
    at = some(rows, random)
    rows[at].topic += "s"
    return at


def recorded_at(rows: Rows, random: Random) -> int:
    at = some(rows, random)
    rows[at].recorded_at -= timedelta(microseconds=random.randint(1, 10**12))
    return at


def entry_no(rows: Rows, random: Random) -> int:
    at = some(rows, random)
    rows[at].number += random.choice([-1000, 1000])
    return at


def stream_id(rows: Rows, random: Random) -> int:
    at = some(rows, random)
    rows[at].stream_id = UUID(bytes=random.randbytes(16))
    return at


def prev(rows: Rows, random: Random) -> int:
    at = some(rows, random)
    rows[at].prev = random.randbytes(32)
    return at


def leaf(rows: Rows, random: Random) -> int:
    at = some(rows, random)
    rows[at].leaf = random.randbytes(32)
    return at


def payload_with_its_leaf(rows: Rows, random: Random) -> int:
    at = payload(rows, random)
    rows[at].leaf = leaf_hash(rows[at].content)
    return at


def payload_with_the_chain_after_it(rows: Rows, random: Random) -> int:
    at = payload(rows, random)
    chained(rows)
    return at


def two_swapped(rows: Rows, random: Random) -> int:
    first, second = sorted(random.sample(range(len(rows)), 2))
    rows[first], rows[second] = rows[second], rows[first]
    return first


def last_deleted(rows: Rows, _random: Random) -> int:
    rows.pop()
    return len(rows)


def one_deleted_and_positions_closed(rows: Rows, random: Random) -> int:
    at = random.randrange(len(rows) - 1)
    del rows[at]
    chained(rows)
    return at


def one_slipped_in(rows: Rows, random: Random) -> int:
    at = some(rows, random)
    rows.insert(at, replace(rows[at], stream_id=UUID(bytes=random.randbytes(16))))
    chained(rows)
    return at


def whole_file_removed(rows: Rows, random: Random) -> int:
    gone = rows[some(rows, random)].stream_id
    first = next(at for at, row in enumerate(rows) if row.stream_id == gone)
    rows[:] = [row for row in rows if row.stream_id != gone]
    return first


def whole_log_made_anew(rows: Rows, random: Random) -> int:
    later = timedelta(microseconds=random.randint(1, 10**12))
    for row in rows:
        row.recorded_at += later
    chained(rows)
    return 0


TAMPERINGS: list[Tampering] = [
    *(payload, envelope, topic, recorded_at, entry_no, stream_id, prev, leaf),
    *(payload_with_its_leaf, payload_with_the_chain_after_it, two_swapped, last_deleted),
    *(one_deleted_and_positions_closed, one_slipped_in, whole_file_removed, whole_log_made_anew),
]
