"""How far each read model has read."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from projections.projection import Projection


class Tracked(NamedTuple):
    """A read model's place in the log; `reason` says why it stands still at `stopped_at`, if it does."""

    name: str
    version: str
    position: int
    stopped_at: int | None
    reason: str | None
    moved_at: datetime


_COLUMNS = "name, version, position, stopped_at, reason, moved_at"


def tracked(
    connection: psycopg.Connection[Any], names: Collection[str], *, lock: bool = False
) -> list[Tracked]:
    """Return the place of the named read models, if asked locked until the transaction ends."""
    suffix = " FOR UPDATE" if lock else ""
    query = f"SELECT {_COLUMNS} FROM tracking WHERE name = ANY(%s) ORDER BY name{suffix}"
    rows = connection.execute(query.encode(), [list(names)]).fetchall()
    return [Tracked(*row) for row in rows]


def hold(connection: psycopg.Connection[Any], names: Collection[str]) -> None:
    """Let no rebuild swap the tables of the named read models until the transaction ends.

    To be asked for before anything else in a transaction whose queries see one moment: a table that takes the
    place of another after that moment would seem empty.
    """
    connection.execute(f"LOCK TABLE {', '.join(names)} IN ACCESS SHARE MODE".encode())


def move(connection: psycopg.Connection[Any], names: Collection[str], position: int) -> None:
    """Set the place of the named read models, and tell who waits for them."""
    connection.execute(
        """WITH moved AS (UPDATE tracking SET position = %s, moved_at = now() WHERE name = ANY(%s)
            RETURNING name, position)
        SELECT pg_notify('auctions_read', name || ' ' || position) FROM moved""",
        [position, list(names)],
    )


def stop(connection: psycopg.Connection[Any], names: Collection[str], position: int, reason: str) -> None:
    """Let the named read models stand still before an event, with the reason."""
    connection.execute(
        "UPDATE tracking SET stopped_at = %s, reason = %s WHERE name = ANY(%s)",
        [position, reason, list(names)],
    )
    connection.execute(
        "SELECT pg_notify('auctions_read', name || ' stopped') FROM unnest(%s::text[]) AS name", [list(names)]
    )


def retry(connection: psycopg.Connection[Any], names: Collection[str]) -> list[Tracked]:
    """Let the named read models that stand still try again from where they stand; return where they stood."""
    with connection.transaction():
        stopped = [place for place in tracked(connection, names, lock=True) if place.stopped_at is not None]
        connection.execute(
            """WITH again AS (UPDATE tracking SET stopped_at = NULL, reason = NULL WHERE name = ANY(%s)
                RETURNING name, position)
            SELECT pg_notify('auctions_read', name || ' ' || position) FROM again""",
            [[place.name for place in stopped]],
        )
    return stopped


def begin(connection: psycopg.Connection[Any], projection: Projection, position: int) -> None:
    """Enter a read model built up to `position` by its present version; it stands still no more."""
    connection.execute(
        """INSERT INTO tracking (name, version, position) VALUES (%s, %s, %s)
        ON CONFLICT (name) DO UPDATE SET version = excluded.version, position = excluded.position,
            stopped_at = NULL, reason = NULL, moved_at = now()""",
        [projection.name, projection.fingerprint, position],
    )
    connection.execute("SELECT pg_notify('auctions_read', %s)", [f"{projection.name} {position}"])


def position(connection: psycopg.Connection[Any], name: str) -> int:
    """Return a read model's position, 0 before it was built."""
    found = tracked(connection, [name])
    return found[0].position if found else 0
