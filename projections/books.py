"""What a book holds as known at a position of the log, an office's or the register: files by last entries."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import psycopg

from projections.log import files_under

_FILES = 1000
_PAGE = 10_000
_LAST = """SELECT stream_id, max(entry_no), (array_agg(leaf ORDER BY entry_no DESC))[1],
        min(on_day) FILTER (WHERE on_day > %(after)s)
    FROM auctions.events CROSS JOIN LATERAL (SELECT readable(payload) ->> 'on') AS told (on_day)
    WHERE stream_id = ANY(%(files)s) AND position <= %(known_at)s GROUP BY stream_id ORDER BY stream_id"""

_HEADS = """SELECT DISTINCT ON (stream_id) stream_id, entry_no, leaf FROM auctions.events
    WHERE topic ^@ 'asset.' AND position <= %s ORDER BY stream_id, entry_no DESC"""

Progress = Callable[[int, int], object]
"""Takes how many files were read, and of how many."""


class Book(NamedTuple):
    """How many assets and entries a book holds, and the SHA-256 of its lines, as a close commits to it.

    `open_since` is the first legal day of its entries after a day, None where it has none or none is asked.
    """

    assets: int
    entries: int
    sha256: str
    open_since: date | None


def book(
    connection: psycopg.Connection[Any], office: str, known_at: int, after: date, progress: Progress
) -> Book:
    """Return what the office's book held: the files of all assets that it has or had by then."""
    files = sorted(files_under(connection, [office], known_at))
    lines, entries, days = hashlib.sha256(), 0, list[str]()
    for start in range(0, len(files), _FILES):
        asked = {"files": files[start : start + _FILES], "known_at": known_at, "after": after.isoformat()}
        for asset_id, version, leaf, day in connection.execute(_LAST, asked):
            lines.update(f"{asset_id} {version} {leaf.hex()}\n".encode())
            entries += version
            days += [day] if day else []
        progress(min(start + _FILES, len(files)), len(files))
    first = date.fromisoformat(min(days)) if days else None
    return Book(len(files), entries, lines.hexdigest(), first)


def whole_register(connection: psycopg.Connection[Any], known_at: int) -> Book:
    """Return what the register held: the files of all assets. It needs a transaction around it."""
    lines, assets, entries = hashlib.sha256(), 0, 0
    with connection.cursor("whole_register", binary=True) as cursor:
        cursor.itersize = _PAGE
        for asset_id, version, leaf in cursor.execute(_HEADS, [known_at]):
            lines.update(f"{asset_id} {version} {leaf.hex()}\n".encode())
            assets += 1
            entries += version
    return Book(assets, entries, lines.hexdigest(), None)
