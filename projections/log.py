"""The log as the answering side reads it: pages in order of position, files by number."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.state import Numbered
from auctions.domain.event import Recorded
from auctions.store.codec import decode, decode_envelope

PAGE = 5000

_PAGE = """SELECT position, stream_id, entry_no, topic, payload FROM auctions.events
    WHERE position > %s ORDER BY position LIMIT %s"""
_FILES = """SELECT stream_id, entry_no, topic, payload FROM auctions.events
    WHERE stream_id = ANY(%s) AND position <= %s ORDER BY stream_id, entry_no"""
_ALL = """SELECT stream_id, entry_no, topic, payload FROM auctions.events
    WHERE position <= %s ORDER BY stream_id, entry_no"""
FILE = """SELECT stream_id, entry_no, topic, payload, position, recorded_at, envelope FROM auctions.events
    WHERE stream_id = %s ORDER BY entry_no"""
_OFFICES = """SELECT DISTINCT readable(payload) ->> 'office' FROM auctions.events
    WHERE topic = 'asset.seized' AND readable(payload) ->> 'asset_ref' = %s ORDER BY 1"""
HEAD = "SELECT coalesce(max(position), 0) FROM auctions.events"


class Event(NamedTuple):
    """An entry at its position."""

    position: int
    stream_id: UUID
    entry_no: int
    entry: AssetEntry


class PoisonedEvent(Exception):  # noqa: N818 - the word of the field
    """An event that cannot be read or taken; a read model stops before it."""

    def __init__(self, position: int, cause: Exception) -> None:
        """Keep the position and the reason."""
        super().__init__(f"{type(cause).__name__}: {cause}")
        self.position = position


def page(connection: psycopg.Connection[Any], after: int, limit: int) -> list[Event]:
    """Return up to `limit` events after a position. Raises PoisonedEvent if the first cannot be read.

    A page ends before an event that cannot be read.
    """
    rows = connection.execute(_PAGE, [after, limit], binary=True, prepare=True).fetchall()
    events: list[Event] = []
    try:
        for position, stream_id, entry_no, topic, payload in rows:
            events.append(Event(position, stream_id, entry_no, decode(topic, payload)))
    except (KeyError, ValueError) as error:
        if not events:
            raise PoisonedEvent(rows[0][0], error) from error
    return events


def files(
    connection: psycopg.Connection[Any], stream_ids: Sequence[UUID], up_to: int
) -> dict[UUID, list[Numbered]]:
    """Return the numbered entries of some files as of a position."""
    rows = connection.execute(_FILES, [list(stream_ids), up_to], binary=True).fetchall()
    return dict(_grouped(rows))


def every_file(connection: psycopg.Connection[Any], up_to: int) -> Iterator[tuple[UUID, list[Numbered]]]:
    """Yield every file by id as of a position, streaming; needs a transaction around it."""
    with connection.cursor("every_file", binary=True) as cursor:
        cursor.itersize = PAGE
        yield from _grouped(cursor.execute(_ALL, [up_to]))


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[UUID, list[Numbered]]]:
    for stream_id, group in groupby(rows, key=itemgetter(0)):
        yield stream_id, [(entry_no, decode(topic, payload)) for _, entry_no, topic, payload in group]


def recorded(row: tuple[UUID, int, str, bytes, int, datetime, bytes]) -> Recorded:
    """Return a row of the FILE query as a recorded entry."""
    stream_id, entry_no, topic, payload, position, recorded_at, envelope = row
    entry, wrapped = decode(topic, payload), decode_envelope(envelope)
    return Recorded(stream_id, entry_no, entry, position, recorded_at, wrapped)


def file(connection: psycopg.Connection[Any], stream_id: UUID) -> list[Recorded]:
    """Return one file's recorded entries by number, none if it has not begun."""
    return [recorded(row) for row in connection.execute(FILE, [stream_id])]


def seizing_offices(connection: psycopg.Connection[Any], asset_ref: str) -> list[str]:
    """Return the offices that seized an asset under a reference."""
    return [office for (office,) in connection.execute(_OFFICES, [asset_ref])]


def head(connection: psycopg.Connection[Any]) -> int:
    """Return the log's last position, 0 when it is empty."""
    row = connection.execute(HEAD).fetchone()
    return int(row[0]) if row else 0
