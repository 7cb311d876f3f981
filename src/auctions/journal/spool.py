"""A register on disk between reading and recording: rows in, assets out, memory bounded."""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Any, NamedTuple, Self
from uuid import UUID

import orjson

from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.journal.form import Parsed
from auctions.journal.rows import Row
from auctions.store.codec import decode, encode

_TABLES = """
CREATE TABLE rows
    (row INTEGER, asset_ref TEXT, office TEXT, together TEXT, topic TEXT, payload BLOB, cells BLOB);
CREATE TABLE assigned (asset_ref TEXT PRIMARY KEY, office TEXT);
BEGIN;
"""
_ROWS = """
    SELECT coalesce(rows.office, assigned.office) AS of, asset_ref, row, together, topic, payload, cells
    FROM rows LEFT JOIN assigned USING (asset_ref) WHERE of IS NOT NULL ORDER BY asset_ref, of, row"""
_UNASSIGNED = """SELECT row, asset_ref, cells FROM rows
    WHERE office IS NULL AND asset_ref NOT IN (SELECT asset_ref FROM assigned) ORDER BY row"""


class Spooled(NamedTuple):
    """A row that waits to be recorded: the entry, its stored bytes and the cells it came from."""

    row: int
    together: str | None
    entry: AssetEntry
    content: bytes
    cells: dict[str, Any]


class Asset(NamedTuple):
    """All rows of one asset in the order of the file."""

    stream_id: UUID
    asset_ref: str
    rows: list[Spooled]


class Spool:
    """A temporary SQLite file that holds a register's rows and gives them back asset by asset."""

    def __init__(self) -> None:
        """Make the file; it is gone when closed."""
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(_TABLES)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, row: Row, parsed: Parsed) -> None:
        """Keep a row of the right shape; its office is that of the seizure or the office column, if any."""
        entry, cells = parsed.entry, orjson.dumps(row.cells)
        values = (
            parsed.row,
            parsed.asset_ref,
            parsed.office,
            parsed.together,
            entry.TOPIC,
            encode(entry),
            cells,
        )
        self._db.execute("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def offices(self) -> Iterator[tuple[str, list[str]]]:
        """Yield every reference with the offices its rows name."""
        pairs = self._db.execute(
            "SELECT DISTINCT asset_ref, coalesce(office, '') FROM rows ORDER BY asset_ref, office"
        )
        for asset_ref, group in groupby(pairs, key=itemgetter(0)):
            yield asset_ref, [office for _, office in group]

    def assign(self, asset_ref: str, office: str) -> None:
        """Let the rows of a reference that name no office be of this one."""
        self._db.execute("INSERT INTO assigned VALUES (?, ?)", (asset_ref, office))

    def unassigned(self) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """Yield row, reference and cells of the rows that are of no office; `assets` leaves them out."""
        for row, asset_ref, cells in self._db.execute(_UNASSIGNED):
            yield row, asset_ref, orjson.loads(cells)

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self._db.execute("SELECT count(*) FROM rows").fetchone()[0])

    def assets(self) -> Iterator[Asset]:
        """Yield every asset with its rows, by reference."""
        for (office, asset_ref), group in groupby(self._db.execute(_ROWS), key=itemgetter(0, 1)):
            yield Asset(asset_id(office, asset_ref), asset_ref, [_spooled(*row[2:]) for row in group])


def _spooled(row: int, together: str | None, topic: str, payload: bytes, cells: bytes) -> Spooled:
    content = topic.encode() + b"\n" + payload
    entry: AssetEntry = decode(topic, payload)  # type: ignore[assignment]  # registers hold asset entries
    return Spooled(row, together, entry, content, orjson.loads(cells))
