"""The database as the routes ask it: a pool of asynchronous connections with the service's rights."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette

from auctions.domain.event import Recorded
from auctions.domain.office.events import office_id
from auctions.store.connect import SETTINGS
from auctions.store.migrate import migrations
from projections import log

Connection = AsyncConnection[tuple[Any, ...]]
Pool = AsyncConnectionPool[Connection]

QUERY_SECONDS = 10
OPTIONS = f"{SETTINGS} -c statement_timeout={QUERY_SECONDS}s -c plan_cache_mode=force_custom_plan -c jit=off"
_CONNECTIONS = 8
WAIT = 3.0
"""Seconds a request waits for a connection before the database counts as away."""

_POSITION_AT = """SELECT known, known < (SELECT coalesce(max(position), 0) FROM auctions.events)
    FROM auctions.position_at(%s) AS known"""
_WHOLE = f"SELECT ({log.HEAD}), auctions.whole_commands(%s)"
_TRACKED = "SELECT name, position, stopped_at, version FROM projections.tracking"


class Place(NamedTuple):
    """How far a read model has read, before which position it stands still if it does, how it was built."""

    name: str
    position: int
    stopped_at: int | None
    version: str


def pool(url: str) -> Pool:
    """Return a pool, not yet open, of connections to `url`; each query may take QUERY_SECONDS."""
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=_CONNECTIONS,
        timeout=WAIT,
        reconnect_timeout=WAIT,
        open=False,
        kwargs={"options": OPTIONS, "autocommit": True},
    )


def connected(app: Starlette) -> AbstractAsyncContextManager[Connection]:
    """Lend a connection of the application's pool. Raises psycopg.OperationalError when there is none."""
    lent: AbstractAsyncContextManager[Connection] = app.state.pool.connection()
    return lent


async def tracked(connection: Connection) -> dict[str, Place]:
    """Return the place of each read model that was built, by name."""
    found = await connection.execute(_TRACKED)
    return {row[0]: Place(*row) for row in await found.fetchall()}


async def file(connection: Connection, asset_id: UUID) -> list[Recorded]:
    """Return an asset's file by entry number, empty when it was never begun."""
    found = await connection.execute(log.FILE, [asset_id], binary=True)
    return [log.recorded(row) for row in await found.fetchall()]


async def of_lot(connection: Connection, lot_ref: str) -> list[UUID]:
    """Return the assets that ever had a round of a lot."""
    return [row[0] for row in await (await connection.execute(log.OF_LOT, [lot_ref])).fetchall()]


async def office_file(connection: Connection, code: str) -> list[Recorded]:
    """Return what an office changed about its rules, by number."""
    found = await connection.execute(log.OFFICE_FILE, [office_id(code)], binary=True)
    return [log.recorded(row) for row in await found.fetchall()]


async def laws(connection: Connection, up_to: int) -> log.Laws:
    """Return which law each office judges by as of a position."""
    found = await connection.execute(log.OF_OFFICES, [up_to], binary=True)
    return log.Laws(await found.fetchall())


async def head(connection: Connection) -> int:
    """Return the log's last position."""
    row = await (await connection.execute(log.HEAD)).fetchone()
    return int(row[0]) if row else 0


async def whole_commands(connection: Connection, position: int) -> tuple[int, int]:
    """Return the log's last position, and the last up to one at which no command is half recorded."""
    row = await (await connection.execute(_WHOLE.encode(), [position])).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


async def position_at(connection: Connection, moment: datetime) -> tuple[int, bool]:
    """Return the last position recorded by a moment, and whether a later one shows that no more will be."""
    found = await connection.execute(_POSITION_AT, [moment])
    row = await found.fetchone()
    return (int(row[0]), bool(row[1])) if row else (0, False)


async def pending(connection: Connection) -> list[str]:
    """Return the migrations the database still lacks."""
    table = await (await connection.execute("SELECT to_regclass('auctions.migrations')")).fetchone()
    applied = set() if table == (None,) else await _applied(connection)
    return [name for name, _ in migrations() if name not in applied]


async def _applied(connection: Connection) -> set[str]:
    done = await connection.execute("SELECT name FROM auctions.migrations")
    return {row[0] for row in await done.fetchall()}
