"""The hashes of a file's entries: of what is stored of each, and of the one before, on which it leans."""

from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from auctions.verifier.entries import Entry
from auctions.verifier.tree import leaf_hash

_STORED = """SELECT stream_id, entry_no, prev, recorded_at, topic, envelope, payload FROM auctions.events
    WHERE stream_id = %s ORDER BY entry_no"""


class Link(NamedTuple):
    """The leaf hash of an entry's stored bytes, and that of its file's entry before, in hexadecimal."""

    prev: str
    leaf: str


def chain(connection: psycopg.Connection[Any], stream_id: UUID) -> dict[int, Link]:
    """Return the hashes of a file's entries by their numbers, computed of what is stored now."""
    stored = [Entry(*row) for row in connection.execute(_STORED, [stream_id], binary=True)]
    return {entry.number: Link(entry.prev.hex(), leaf_hash(entry.content).hex()) for entry in stored}
