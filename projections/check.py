"""The proof: a read model equals a fresh replay of the log, row for row."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from projections import log, tracking
from projections.following import whole
from projections.projection import Projection
from projections.timeline import Row


class Difference(NamedTuple):
    """The first row that differs: what the read model has and what a replay gives, by column."""

    name: str
    asset_id: UUID
    has: dict[str, Any] | None
    should_have: dict[str, Any] | None

    def words(self) -> str:
        """Return the difference in a line: the asset and, by column, what is there and what should be."""
        if self.has is None or self.should_have is None:
            return (
                f"asset {self.asset_id}: a row {'is missing' if self.has is None else 'should not be there'}"
            )
        other = self.should_have
        columns = [
            f"{name} is {value!r}, not {other[name]!r}"
            for name, value in self.has.items()
            if value != other[name]
        ]
        return f"asset {self.asset_id}: {'; '.join(columns)}"


def first_difference(connection: psycopg.Connection[Any], projection: Projection) -> Difference | None:
    """Return the first difference between a read model and a replay up to its position, if any."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        tracking.hold(connection, [projection.name])
        up_to = tracking.position(connection, projection.name)
        pairs = zip_longest(_stored(connection, projection), _replayed(connection, projection, up_to))
        for has, should_have in pairs:
            if has != should_have:
                return _difference(projection, has, should_have)
    return None


def _difference(projection: Projection, has: Row | None, should_have: Row | None) -> Difference:
    sides = [dict(zip(projection.stored, row, strict=True)) if row else None for row in (has, should_have)]
    keys = [[side[name] for name in projection.key.split(", ")] if side else None for side in sides]
    first = min(key for key in keys if key)
    mine, other = (side if key == first else None for side, key in zip(sides, keys, strict=True))
    return Difference(projection.name, first[0], mine, other)


def _stored(connection: psycopg.Connection[Any], projection: Projection) -> Iterator[Row]:
    query = f"""SELECT {", ".join(projection.stored)} FROM {projection.name}
        WHERE {projection.telling} ORDER BY {projection.key}"""
    with connection.cursor("stored") as cursor:
        cursor.itersize = log.PAGE
        yield from cursor.execute(query.encode())


def _replayed(connection: psycopg.Connection[Any], projection: Projection, up_to: int) -> Iterator[Row]:
    files = log.every_file(connection, up_to)
    return projection.replayed(whole(connection, files, up_to, [projection]))
