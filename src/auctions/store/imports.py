"""Registers that were sent in, as their senders see them: kept once, told of, cancelled."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import psycopg

from auctions.store.imports_under_way import Counts, Sent, end

CHANNEL = "auctions_imports"
MOST_WAITING = 20
"""Imports that wait or are under way at most; each keeps its bytes."""
PART = 1 << 20
"""Bytes of a file that stand in one row."""


class TooManyWaiting(Exception):  # noqa: N818 - nothing has failed
    """More imports wait than are kept."""


STATE = (
    "import_id",
    "filename",
    "mode",
    "state",
    "progress",
    *("rows", "assets", "recorded", "already", "refused", "quarantined"),
    "reason",
    "sent_at",
    "cancelled_at",
    "ended_at",
)
FIND = f"""SELECT {", ".join(STATE)} FROM auctions.imports
    WHERE import_id = %(import_id)s AND (%(office)s = '' OR office = %(office)s)"""  # noqa: S608 - names are constants here
"""The state of an import, for its own office alone where one is named."""
LIST = f"""SELECT turn, {", ".join(STATE)} FROM auctions.imports
    WHERE office = %(office)s AND mode <> 'retry' AND (%(before)s::bigint IS NULL OR turn < %(before)s)
    ORDER BY turn DESC LIMIT %(limit)s"""  # noqa: S608 - names are constants here
"""A page of an office's registers, the last sent first: its turn and its state."""
PROBLEMS = """SELECT number, problem::text FROM auctions.import_problems
    WHERE import_id = %(import_id)s AND number > %(after)s ORDER BY number LIMIT %(limit)s"""
"""A page of what was wrong with rows: its number and its JSON."""

_KEEP = f"""INSERT INTO auctions.imports ({", ".join(Sent._fields[:-2])}, fingerprint)
    VALUES ({", ".join(["%s"] * len(Sent._fields[:-2]))}, %s)
    ON CONFLICT (import_id) DO NOTHING RETURNING turn"""  # noqa: S608 - names are constants here
_PART = "COPY auctions.import_parts (import_id, number, part) FROM STDIN (FORMAT BINARY)"
_WAITING = "SELECT count(*) FROM auctions.imports WHERE ended_at IS NULL"
_FINGERPRINT = "SELECT fingerprint FROM auctions.imports WHERE import_id = %s"
_CANCEL = """UPDATE auctions.imports SET cancelled_at = coalesce(cancelled_at, now())
    WHERE import_id = %s AND ended_at IS NULL"""


def keep(
    connection: psycopg.Connection[Any], sent: Sent, fingerprint: bytes, parts: Iterable[bytes]
) -> bytes:
    """Keep a register that was sent in until it is imported; return the fingerprint kept under its id.

    It is another one where the id was used before: then nothing is kept. Raises TooManyWaiting.
    """
    with connection.transaction():
        if connection.execute(_KEEP.encode(), [*sent[:-2], fingerprint]).fetchone():
            _refuse_too_many(connection)
            _keep_parts(connection, sent.import_id, parts)
            connection.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    return fingerprint_of(connection, sent.import_id) or fingerprint


def _refuse_too_many(connection: psycopg.Connection[Any]) -> None:
    if connection.execute(_WAITING).fetchall()[0][0] > MOST_WAITING:
        raise TooManyWaiting


def _keep_parts(connection: psycopg.Connection[Any], import_id: UUID, parts: Iterable[bytes]) -> None:
    with connection.cursor() as cursor, cursor.copy(_PART) as copy:
        copy.set_types(["uuid", "int4", "bytea"])
        for number, part in enumerate(parts):
            copy.write_row((import_id, number, part))


def keep_ended(
    connection: psycopg.Connection[Any],
    sent: Sent,
    fingerprint: bytes,
    counts: Counts,
    problems: Sequence[dict[str, Any]],
) -> None:
    """Keep what became of a row that was tried again, where nothing is kept under that id yet."""
    with connection.transaction():
        if connection.execute(_KEEP.encode(), [*sent[:-2], fingerprint]).fetchone():
            state = "failed" if problems else "done"
            end(connection, sent.import_id, state, counts, problems=problems, recorded=sent.recorded)


def fingerprint_of(connection: psycopg.Connection[Any], import_id: UUID) -> bytes | None:
    """Return the fingerprint of what was sent under an id, None where nothing was."""
    row = connection.execute(_FINGERPRINT, [import_id]).fetchone()
    return bytes(row[0]) if row else None


def cancel(connection: psycopg.Connection[Any], import_id: UUID) -> None:
    """Have an import record nothing more, where it has not ended."""
    with connection.transaction():
        connection.execute(_CANCEL, [import_id])
        connection.execute("SELECT pg_notify(%s, '')", [CHANNEL])
