"""The feed, read page by page: whole commands, in the order of the log."""

from typing import Any, NamedTuple

import orjson

from api.database import Connection, whole_commands
from projections.changes import Change, Filter, change, look
from projections.log import PoisonedEvent


class Page(NamedTuple):
    """Changes, up to which position of the log they are all, and whether the log has more."""

    items: list[Change]
    position: int
    more: bool


class _Looked(NamedTuple):
    rows: list[tuple[Any, ...]]
    until: int
    more: bool


async def page(connection: Connection, wanted: Filter, after: int, limit: int) -> Page:
    """Return some `limit` changes after a position: the command that reaches the limit is told whole.

    A page ends before a command with an entry that cannot be read. Raises PoisonedEvent if that is the first.
    """
    found = await _looked(connection, look(wanted, after, limit))
    if len(found.rows) == limit:
        rest = await _looked(connection, look(wanted, found.rows[-1][0], None, window=0))
        found = rest._replace(rows=found.rows + rest.rows)
    try:
        return Page([change(row) for row in found.rows], max(after, found.until), found.more)
    except PoisonedEvent as poison:
        return await _before(connection, found.rows, after, poison)


async def only(connection: Connection, position: int) -> Change:
    """Return the change at a position. Raises PoisonedEvent when it cannot be read."""
    found = await _looked(connection, look(Filter(), position - 1, 1, window=1))
    return change(found.rows[0])


def as_json(change: Change) -> bytes:
    """Return a change as clients are told of it."""
    return orjson.dumps(change._asdict(), option=orjson.OPT_UTC_Z)


async def _looked(connection: Connection, asked: tuple[bytes, dict[str, Any]]) -> _Looked:
    rows = await (await connection.execute(*asked, binary=True)).fetchall()
    until, more = rows[0][:2]
    return _Looked([row[2:] for row in rows if row[2] is not None], until, more)


async def _before(
    connection: Connection, rows: list[tuple[Any, ...]], after: int, poison: PoisonedEvent
) -> Page:
    _, until = await whole_commands(connection, poison.position - 1)
    if until <= after:
        raise poison
    return Page([change(row) for row in rows if row[0] <= until], until, more=True)
