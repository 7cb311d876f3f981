"""A read model that keeps its history: each row with its legal days and with what was known when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psycopg

from auctions.domain.asset.events import AssetEntry
from projections.projection import Projection, Touched
from projections.timeline import Period, Row

_TIMES = {
    "on_from": "date NOT NULL",
    "on_to": "date NOT NULL",
    "known_from": "int8 NOT NULL",
    "known_to": "int8 NOT NULL",
}
_BOTH = """box(point(on_from - date '2000-01-01', known_from),
    point(on_to - date '2000-01-01' - 1, known_to - 1))"""
"""Legal days by positions as one rectangle: a third of the time and a fifth of the room of two ranges."""


@dataclass(frozen=True)
class History(Projection):
    """A read model each of whose rows holds over two ranges, ends not included: legal days, log positions.

    No two rows of one `primary_key` overlap in both. `hears` names the entries that can change a file's rows.
    """

    version: int = 2
    hears: frozenset[type[AssetEntry]] = field(default_factory=frozenset)
    """Empty: any entry can."""
    kept_apart: bool = False
    """The database itself refuses rows that overlap: 14,000 rows a second, where 60,000 are written."""

    @property
    def stored(self) -> Mapping[str, str]:
        """The table's columns: the rows' and the four ends of the two ranges."""
        return {**self.columns, **_TIMES}

    @property
    def key(self) -> str:
        """The rows' key, and where each became known and began."""
        return f"{self.primary_key}, known_from, on_from"

    def keys(self, table: str) -> list[bytes]:
        """Return the statements for the key, the indexes, and the constraint that keeps rows apart."""
        if not self.kept_apart:
            return super().keys(table)
        same = ", ".join(f"{name} WITH =" for name in self.primary_key.split(", "))
        apart = f"""ALTER TABLE {table} ADD CONSTRAINT c{uuid4().hex}
            EXCLUDE USING gist ({same}, ({_BOTH}) WITH &&)"""
        return [*super().keys(table), apart.encode()]

    def write(self, connection: psycopg.Connection[Any], table: str, files: Sequence[Touched]) -> None:
        """End what is known no more, and add what has become known."""
        ended = [period for each in files for period in each.periods[self.name].ended]
        if ended:
            self._end(connection, table, ended)
        begun = [period for each in files for period in each.periods[self.name].begun]
        self.add(connection, table, [*map(_row, begun)])

    def _end(self, connection: psycopg.Connection[Any], table: str, ended: Sequence[Period]) -> None:
        keys = self.primary_key.split(", ")
        names = [*keys, "known_from", "on_from", "known_to"]
        arrays = ", ".join(f"%s::{self.stored[name].split()[0]}[]" for name in names)
        same = " AND ".join(f"{table}.{name} = ended.{name}" for name in names[:-1])
        statement = f"""UPDATE {table} SET known_to = ended.known_to
            FROM unnest({arrays}) AS ended ({", ".join(names)}) WHERE {same}"""
        rows = [
            (*span.row[: len(keys)], known_from, span.on_from, known_to)
            for span, known_from, known_to in ended
        ]
        connection.execute(statement.encode(), [list(column) for column in zip(*rows, strict=True)])

    def replayed(self, files: Iterable[Touched]) -> Iterator[Row]:
        """Yield the table's rows of whole files, for each file in the order of the key."""
        keys = len(self.primary_key.split(", "))
        for each in files:
            rows = map(_row, each.periods[self.name].begun)
            yield from sorted(rows, key=lambda row: (row[:keys], row[-2], row[-4]))


def _row(period: Period) -> Row:
    (row, on_from, on_to), known_from, known_to = period
    return (*row, on_from, on_to, known_from, known_to)
