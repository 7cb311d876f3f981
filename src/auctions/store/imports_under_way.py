"""Registers that were sent in, as the worker sees them: taken in their turn, told of, ended."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import psycopg


class ImportCancelled(Exception):  # noqa: N818 - nothing has failed
    """An import that was cancelled before what it was about to record."""


class Sent(NamedTuple):
    """A register that was sent in: its file's name and suffix, what is to become of it, by whom it is.

    `recorded` is what an earlier run, cut off, has recorded of it, `runs` how many there were with this one.
    """

    import_id: UUID
    filename: str
    suffix: str
    mode: str
    actor: str
    office: str
    role: str
    recorded: int = 0
    runs: int = 0


class Counts(NamedTuple):
    """Rows and assets of a register, and what became of the rows; what is recorded is told apart."""

    rows: int = 0
    assets: int = 0
    already: int = 0
    refused: int = 0
    quarantined: int = 0


_SENT = ", ".join(Sent._fields)
_TAKE = f"""UPDATE auctions.imports SET runs = runs + 1, state = 'reading', progress = 0
    WHERE import_id = (SELECT import_id FROM auctions.imports WHERE ended_at IS NULL ORDER BY turn LIMIT 1)
    RETURNING {_SENT}"""  # noqa: S608 - names are constants here
_PARTS = "SELECT part FROM auctions.import_parts WHERE import_id = %s ORDER BY number"
_TELL = """UPDATE auctions.imports SET state = %s, progress = %s,
    rows = %s, assets = %s, already = %s, refused = %s, quarantined = %s
    WHERE import_id = %s RETURNING cancelled_at IS NOT NULL"""
_RECORDED = """UPDATE auctions.imports SET recorded = recorded + %s
    WHERE import_id = %s AND cancelled_at IS NULL"""
_END = """UPDATE auctions.imports
    SET state = %s, progress = 1, recorded = coalesce(%s, recorded), reason = %s, ended_at = now(),
    rows = %s, assets = %s, already = %s, refused = %s, quarantined = %s
    WHERE import_id = %s"""
_PROBLEMS = "COPY auctions.import_problems (import_id, number, problem) FROM STDIN"
_FORGET = "DELETE FROM auctions.import_parts WHERE import_id = %s"


def take(connection: psycopg.Connection[Any]) -> Sent | None:
    """Return the register whose turn it is, one that was cut off first; None where none waits."""
    row = connection.execute(_TAKE.encode()).fetchone()
    return Sent(*row) if row else None


def parts(connection: psycopg.Connection[Any], import_id: UUID) -> Iterator[bytes]:
    """Yield the bytes of a register, streaming; needs a transaction around it."""
    with connection.cursor("parts", binary=True) as cursor:
        cursor.itersize = 1
        for (part,) in cursor.execute(_PARTS, [import_id]):
            yield part


def tell(
    connection: psycopg.Connection[Any], import_id: UUID, state: str, progress: float, counts: Counts
) -> None:
    """Tell how far an import is. Raises ImportCancelled where it was cancelled."""
    (cancelled,) = connection.execute(_TELL, [state, progress, *counts, import_id]).fetchall()[0]
    if cancelled:
        raise ImportCancelled


def tell_recorded(connection: psycopg.Connection[Any], import_id: UUID, entries: int) -> None:
    """Count entries as recorded by an import, in the transaction that records them.

    Raises ImportCancelled where it was cancelled: the transaction is to be taken back.
    """
    if not connection.execute(_RECORDED, [entries, import_id]).rowcount:
        raise ImportCancelled


def end(
    connection: psycopg.Connection[Any],
    import_id: UUID,
    state: str,
    counts: Counts,
    *,
    reason: str | None = None,
    problems: Sequence[dict[str, Any]] = (),
    recorded: int | None = None,
) -> None:
    """End an import: its counts and problems are kept, its bytes are not.

    `recorded` is what would have been, of an import that only tries.
    """
    with connection.transaction():
        with connection.cursor() as cursor, cursor.copy(_PROBLEMS) as copy:
            for number, problem in enumerate(problems, 1):
                copy.write_row((import_id, number, json.dumps(problem)))
        connection.execute(_END, [state, recorded, reason, *counts, import_id])
        connection.execute(_FORGET, [import_id])
