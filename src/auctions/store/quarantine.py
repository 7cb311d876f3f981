"""Rows that an import set aside, with the reasons, until somebody mends or retries them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg


class SetAside(NamedTuple):
    """A refused row: where it came from, its cells as they were, what was wrong with it, whose it is."""

    quarantine_id: UUID
    source: str
    row_no: int
    asset_ref: str | None
    cells: dict[str, Any]
    problems: list[dict[str, Any]]
    office: str = ""
    set_aside_at: datetime | None = None


_UPSERT = """INSERT INTO auctions.quarantine
        (quarantine_id, source, row_no, asset_ref, cells, problems, office)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (quarantine_id) DO UPDATE
    SET cells = excluded.cells, problems = excluded.problems WHERE quarantine.resolved_at IS NULL"""
_LIST = """SELECT quarantine_id, source, row_no, asset_ref, cells, problems, office, set_aside_at
    FROM auctions.quarantine
    WHERE resolved_at IS NULL AND (%(ids)s::uuid[] IS NULL OR quarantine_id = ANY(%(ids)s))
        AND (%(office)s = '' OR office = %(office)s)
    ORDER BY source, row_no"""
WAITING = """SELECT source, row_no, quarantine_id, json_build_object('quarantine_id', quarantine_id,
        'office', office, 'filename', source, 'row', row_no, 'asset_ref', asset_ref, 'cells', cells,
        'problems', problems, 'set_aside_at', set_aside_at)::text
    FROM auctions.quarantine
    WHERE resolved_at IS NULL AND (%(office)s = '' OR office = %(office)s)
        AND (%(one)s::uuid IS NULL OR quarantine_id = %(one)s)
        AND (source, row_no, quarantine_id) > (%(source)s, %(row)s, %(quarantine_id)s)
    ORDER BY source, row_no, quarantine_id LIMIT %(limit)s"""
"""A page of the rows that wait, or one of them: the key and the row's JSON."""
_RESOLVED = "SELECT resolved_at IS NOT NULL FROM auctions.quarantine WHERE quarantine_id = %s AND office = %s"
_RESOLVE = "UPDATE auctions.quarantine SET resolved_at = now() WHERE quarantine_id = ANY(%s)"


def set_aside(connection: psycopg.Connection[Any], rows: Sequence[SetAside]) -> None:
    """Keep refused rows; one that waits already gets its newest problems, one that was resolved stays so."""
    params = [
        (*row[:3], _printable(row.asset_ref), json.dumps(row.cells), json.dumps(row.problems), row.office)
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, params)


def quarantined(
    connection: psycopg.Connection[Any], ids: Sequence[UUID] | None = None, office: str = ""
) -> list[SetAside]:
    """Return the rows that wait, all or those asked for, in the order of their files.

    Of an office they are those that its own people's imports set aside.
    """
    asked = {"ids": None if ids is None else list(ids), "office": office}
    rows = connection.execute(_LIST, asked).fetchall()
    return [SetAside(*row) for row in rows]


def is_resolved(connection: psycopg.Connection[Any], quarantine_id: UUID, office: str) -> bool:
    """Tell whether a row of an office waited once, and waits no more."""
    return connection.execute(_RESOLVED, [quarantine_id, office]).fetchone() == (True,)


def resolve(connection: psycopg.Connection[Any], ids: Sequence[UUID]) -> None:
    """Let rows wait no more: they are recorded."""
    connection.execute(_RESOLVE, [list(ids)])


def _printable(text: str | None) -> str | None:
    """Write out what PostgreSQL's text cannot hold: NUL and lone surrogates."""
    return text and text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()
