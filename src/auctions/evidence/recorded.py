"""The entries of the log as the database has them: in the order of their positions, each one checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

import psycopg

from auctions.verifier.entries import Entry
from auctions.verifier.errors import Tampered
from auctions.verifier.tree import HASH, leaf_hash

PAGE = 1024
"""Entries that are read at once."""
_ENTRIES = """SELECT position, stream_id, entry_no, prev, recorded_at, topic, envelope, payload, leaf
    FROM auctions.events WHERE position > %s ORDER BY position LIMIT %s"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry with its index in the log and the leaf hash that stands beside it."""

    index: int
    entry: Entry
    leaf: bytes


def recorded(own: psycopg.Connection[Any], start: int, number: int | None = None) -> Iterator[Recorded]:
    """Yield the entries from an index on, so many at most. Raises Tampered where one is missing or none."""
    for at in count(start, PAGE):
        most = PAGE if number is None else min(PAGE, start + number - at)
        if most <= 0:
            return
        page = _page(own, at, most)
        for index, (position, *fields, leaf) in enumerate(page, at):
            if position != index + 1:
                message = f"{named(index)} is missing: position {position} comes next"
                raise Tampered("missing-entry", message, index)
            entry = Entry(*fields)
            if entry.number < 1:
                raise Tampered("unreadable-entry", f"{named(index)} has the number {entry.number}", index)
            yield Recorded(index, entry, leaf)
        if len(page) < most:
            return


def _page(own: psycopg.Connection[Any], start: int, most: int) -> list[tuple[Any, ...]]:
    try:
        return own.execute(_ENTRIES, [start, most]).fetchall()
    except psycopg.DataError as error:  # a moment beyond all years, which nothing here can have recorded
        raise Tampered("unreadable-entry", f"an entry from {named(start)} on: {error}", start) from error


def named(index: int) -> str:
    """Return how an entry is told: the log counts from 0, positions from 1."""
    return f"entry {index} (position {index + 1})"


class Chains:
    """The last entry of each file, on which its next one leans."""

    def __init__(self) -> None:
        """Begin with no file."""
        self._last: dict[UUID, tuple[int, bytes]] = {}

    def take(self, found: Recorded) -> bytes:
        """Return the bytes of the next entry. Raises Tampered where it does not lean on the one before."""
        index, entry = found.index, found.entry
        number, prev = self._last.get(entry.stream_id, (0, bytes(HASH)))
        if entry.number != number + 1:
            message = f"{named(index)} is number {entry.number} of its file and comes after number {number}"
            raise Tampered("not-contiguous", message, index)
        if entry.prev != prev:
            message = f"{named(index)} leans on another entry than number {number} of its file: prev differs"
            raise Tampered("broken-chain", message, index)
        content = entry.content
        leaf = leaf_hash(content)
        if found.leaf != leaf:
            raise Tampered("wrong-leaf", f"{named(index)} is not the one of the leaf hash beside it", index)
        self._last[entry.stream_id] = entry.number, leaf
        return content
