"""What a read model is: a table, and a pure function from one asset's file to the asset's rows in it.

Because the rows depend on the file alone, a read model equals a fresh replay whatever way it got there.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg

from auctions.domain.asset.law import Finding, Law, LawOf, judged
from auctions.domain.asset.state import Numbered, State, fold
from auctions.domain.office import state as office
from projections.timeline import Periods, Row


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


def unjudged(asset_id: UUID, lines: Sequence[Numbered], law_of: LawOf) -> Folded:
    """Fold a whole file for read models that tell of no findings."""
    state = fold(lines)
    return Folded(asset_id, lines[-1][0], state, law=law_of(state.office))


class Touched(NamedTuple):
    """A file that entries touched: as it stands after them, and what they changed in each history."""

    file: Folded
    periods: Mapping[str, Periods]


_FEW = 100
"""Rows up to which an INSERT is faster than a COPY."""
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
    psycopg.errors.ProgramLimitExceeded,
)
"""What an incoherent file or a broken read model raises; a lost connection is none of them."""


def pipelined(connection: psycopg.Connection[Any]) -> bool:
    """Tell whether statements are sent without waiting for answers; no COPY can be."""
    return connection.pgconn.pipeline_status != psycopg.pq.PipelineStatus.OFF


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
    judged: bool = False
    """Rows tell of what the file's entries broke, so that these must be judged."""

    @property
    def fingerprint(self) -> str:
        """What the table must have been built with to be up to date."""
        parts = [
            str(self.version),
            self.rulebooks,
            self.key,
            *self.indexes,
            *map(str, self.stored.items()),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def stored(self) -> Mapping[str, str]:
        """The table's columns."""
        return self.columns

    @property
    def key(self) -> str:
        """The columns of the table's key, in the order of which rows are compared with a replay's."""
        return self.primary_key

    @property
    def telling(self) -> str:
        """The SQL condition of rows that tell something; others are not compared with a replay's."""
        return "true"

    def create(self, connection: psycopg.Connection[Any], table: str) -> None:
        """Create the table under the name `table`, with its key and indexes."""
        self.create_table(connection, table)
        for statement in self.keys(table):
            connection.execute(statement)

    def create_table(self, connection: psycopg.Connection[Any], table: str) -> None:
        """Create the table alone, which is filled faster without key and indexes; the service may read it."""
        columns = ", ".join(f"{name} {kind}" for name, kind in self.stored.items())
        connection.execute(f"CREATE TABLE {table} ({columns})".encode())
        connection.execute(f"GRANT SELECT ON {table} TO auctions_service".encode())

    def keys(self, table: str) -> list[bytes]:
        """Return the statements that make the table's key, then its indexes.

        Each index has a name of its own, because those that PostgreSQL gives clash when made side by side.
        """
        key = f"ALTER TABLE {table} ADD PRIMARY KEY ({self.key})"
        named = [
            each.replace("INDEX ON {table}", f"INDEX i{uuid4().hex} ON {table}") for each in self.indexes
        ]
        return [statement.encode() for statement in (key, *named)]

    def write(self, connection: psycopg.Connection[Any], table: str, files: Sequence[Touched]) -> None:
        """Replace the rows of the given files in `table`."""
        delete = f"DELETE FROM {table} WHERE asset_id = ANY(%s)"
        connection.execute(delete.encode(), [[each.file.asset_id for each in files]])
        self.add(connection, table, list(self.replayed(files)))

    def fill(self, connection: psycopg.Connection[Any], table: str, files: Sequence[Touched]) -> None:
        """Add the rows of whole files that have none in `table` yet."""
        self.copy(connection, table, self.replayed(files))

    def replayed(self, files: Iterable[Touched]) -> Iterator[Row]:
        """Yield the table's rows of whole files, for each file in the order of the key."""
        for each in files:
            yield from self.rows(each.file)

    def add(self, connection: psycopg.Connection[Any], table: str, rows: Sequence[Row]) -> None:
        """Add rows to `table`, few of them in a single round trip."""
        if len(rows) > _FEW and not pipelined(connection):
            self.copy(connection, table, rows)
        elif rows:
            self.insert(connection, table, rows)

    def insert(
        self, connection: psycopg.Connection[Any], table: str, rows: Sequence[Row], more: str = ""
    ) -> None:
        """Add rows to `table`, each by an INSERT that ends with `more`, sent together."""
        values = ", ".join(["%s"] * len(self.stored))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} VALUES ({values}) {more}".encode(), rows)

    def copy(self, connection: psycopg.Connection[Any], table: str, rows: Iterable[Row]) -> None:
        """Add rows to `table` in one COPY."""
        statement = f"COPY {table} ({', '.join(self.stored)}) FROM STDIN (FORMAT BINARY)"
        types = [kind.split()[0] for kind in self.stored.values()]
        with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
