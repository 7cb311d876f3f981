"""What a read model is: a table, and a pure function from one asset's file to the asset's rows in it.

Because the rows depend on the file alone, a read model equals a fresh replay whatever way it got there.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg

from auctions.domain.asset.law import Finding, Law, LawOf, judged
from auctions.domain.asset.state import Numbered, State
from auctions.domain.office import state as office


class Folded(NamedTuple):
    """One asset's file as folded up to a position of the log: its state, what it broke, its office's law."""

    asset_id: UUID
    version: int
    state: State
    findings: Sequence[Finding] = ()
    law: Law = office.State().law


def folded(asset_id: UUID, lines: Sequence[Numbered], law_of: LawOf, *, until: date | None = None) -> Folded:
    """Fold and judge a whole file, up to the end of the legal day `until`."""
    state, findings = judged(lines, law_of, until=until)
    return Folded(asset_id, lines[-1][0], state, findings, law_of(state.office))


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
    rulebooks: str = ""
    """The version of the rulebooks, where rows depend on them."""

    @property
    def fingerprint(self) -> str:
        """What the table must have been built with to be up to date."""
        parts = [
            str(self.version),
            self.rulebooks,
            self.primary_key,
            *self.indexes,
            *map(str, self.columns.items()),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def definition(self) -> str:
        """The table's columns and key, as CREATE TABLE takes them."""
        return f"({self._columns}, PRIMARY KEY ({self.primary_key}))"

    @property
    def _columns(self) -> str:
        return ", ".join(f"{name} {kind}" for name, kind in self.columns.items())

    def create(self, connection: psycopg.Connection[Any], table: str) -> None:
        """Create the table under the name `table`, with its key and indexes."""
        self.create_table(connection, table)
        for statement in self.keys(table):
            connection.execute(statement)

    def create_table(self, connection: psycopg.Connection[Any], table: str) -> None:
        """Create the table alone, which is filled faster without key and indexes."""
        connection.execute(f"CREATE TABLE {table} ({self._columns})".encode())

    def keys(self, table: str) -> list[bytes]:
        """Return the statements that make the table's key, then its indexes.

        Each index has a name of its own, because those that PostgreSQL gives clash when made side by side.
        """
        key = f"ALTER TABLE {table} ADD PRIMARY KEY ({self.primary_key})"
        named = [
            each.replace("INDEX ON {table}", f"INDEX i{uuid4().hex} ON {table}") for each in self.indexes
        ]
        return [statement.encode() for statement in (key, *named)]

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
