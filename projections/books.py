"""What the book of an office holds as known at a position of the log: its files by their last entries."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import psycopg

from projections.log import files_under

_FILES = 1000
_LAST = """SELECT stream_id, max(entry_no), (array_agg(leaf ORDER BY entry_no DESC))[1],
        min(on_day) FILTER (WHERE on_day > %(after)s)
    FROM auctions.events CROSS JOIN LATERAL (SELECT readable(payload) ->> 'on') AS told (on_day)
    WHERE stream_id = ANY(%(files)s) AND position <= %(known_at)s GROUP BY stream_id ORDER BY stream_id"""

Progress = Callable[[int, int], object]
"""Takes how many files were read, and of how many."""


class Book(NamedTuple):
    """How many assets and entries a book holds, and the SHA-256 of its lines, as a close commits to it.

    `open_since` is the first legal day of its entries after a day, None where it has none.
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
