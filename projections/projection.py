"""What a read model is: a table, and a pure function from one asset's file to the asset's rows in it.

Because the rows depend on the file alone, a read model equals a fresh replay whatever way it got there.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from auctions.domain.asset.state import State


class Folded(NamedTuple):
    """One asset's file as folded up to a position of the log."""

    asset_id: UUID
    version: int
    state: State


Row = tuple[Any, ...]

FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.ProgrammingError,
)
"""What an incoherent file or a broken read model raises; a lost connection is none of them."""


@dataclass(frozen=True)
class Projection:
    """A read model: its table's name and columns (name to SQL type), keys and indexes, and its rows.

    The first column is asset_id; `{table}` in an index stands for the table. A higher `version` or another
    schema makes the runner rebuild it.
    """

    name: str
    columns: Mapping[str, str]
    primary_key: str
    indexes: Sequence[str]
    rows: Callable[[Folded], Sequence[Row]]
    version: int = 1

    @property
    def fingerprint(self) -> str:
        """What the table must have been built with to be up to date."""
        parts = [str(self.version), self.primary_key, *self.indexes, *map(str, self.columns.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def definition(self) -> str:
        """The table's columns and key, as CREATE TABLE takes them."""
        columns = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        return f"({columns}, PRIMARY KEY ({self.primary_key}))"

    def create(self, connection: psycopg.Connection[Any], table: str) -> None:
        """Create the table under the name `table`, with its key and indexes."""
        statement = f"CREATE TABLE {table} {self.definition}"
        connection.execute(statement.encode())
        for index in self.indexes:
            connection.execute(index.replace("{table}", table).encode())

    def write(self, connection: psycopg.Connection[Any], table: str, files: Sequence[Folded]) -> None:
        """Replace the rows of the given files in `table`."""
        rows = [row for file in files for row in self.rows(file)]
        delete = f"DELETE FROM {table} WHERE asset_id = ANY(%s)"
        connection.execute(delete.encode(), [[file.asset_id for file in files]])
        self.copy(connection, table, rows)

    def copy(self, connection: psycopg.Connection[Any], table: str, rows: Sequence[Row]) -> None:
        """Add rows to `table` in one COPY."""
        statement = f"COPY {table} ({', '.join(self.columns)}) FROM STDIN (FORMAT BINARY)"
        types = [kind.split()[0] for kind in self.columns.values()]
        with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
