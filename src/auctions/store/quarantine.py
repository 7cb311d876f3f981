"""Rows that an import set aside, with the reasons, until somebody mends or retries them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg


class SetAside(NamedTuple):
    """A refused row: where it came from, its cells as they were, and what was wrong with it."""

    quarantine_id: UUID
    source: str
    row_no: int
    asset_ref: str | None
    cells: dict[str, Any]
    problems: list[dict[str, Any]]
    set_aside_at: datetime | None = None


_UPSERT = """INSERT INTO auctions.quarantine (quarantine_id, source, row_no, asset_ref, cells, problems)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (quarantine_id) DO UPDATE
    SET cells = excluded.cells, problems = excluded.problems WHERE quarantine.resolved_at IS NULL"""
_LIST = """SELECT quarantine_id, source, row_no, asset_ref, cells, problems, set_aside_at
    FROM auctions.quarantine
    WHERE resolved_at IS NULL AND (%(ids)s::uuid[] IS NULL OR quarantine_id = ANY(%(ids)s))
    ORDER BY source, row_no"""
_RESOLVE = "UPDATE auctions.quarantine SET resolved_at = now() WHERE quarantine_id = ANY(%s)"


def set_aside(connection: psycopg.Connection[Any], rows: Sequence[SetAside]) -> None:
    """Keep refused rows; one that waits already gets its newest problems, one that was resolved stays so."""
    params = [
        (*row[:3], _printable(row.asset_ref), json.dumps(row.cells), json.dumps(row.problems)) for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, params)


def quarantined(connection: psycopg.Connection[Any], ids: Sequence[UUID] | None = None) -> list[SetAside]:
    """Return the rows that wait, all or those asked for, in the order of their files."""
    rows = connection.execute(_LIST, {"ids": None if ids is None else list(ids)}).fetchall()
    return [SetAside(*row) for row in rows]


def resolve(connection: psycopg.Connection[Any], ids: Sequence[UUID]) -> None:
    """Let rows wait no more: they are recorded."""
    connection.execute(_RESOLVE, [list(ids)])


def _printable(text: str | None) -> str | None:
    """Write out what PostgreSQL's text cannot hold: NUL and lone surrogates."""
    return text and text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()
