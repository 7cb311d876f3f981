"""How many assets are unsold and at what prices, by kind, province, price and rounds, as of any day.

Sums of what came and went, by day, month, year and ever: as of a day they are added up to that day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import psycopg

from projections.bands import price_band, rounds_band
from projections.history import History
from projections.projection import Folded, Touched, pipelined
from projections.timeline import Period, Row
from projections.times import NO_DAY, NO_POSITION

_KEY = {
    "facet": 'text COLLATE "C" NOT NULL',
    "within": 'text COLLATE "C" NOT NULL',
    "unit": 'text COLLATE "C" NOT NULL',
    "since": "date NOT NULL",
    "kind": 'text COLLATE "C" NOT NULL',
    "value": 'text COLLATE "C" NOT NULL',
}
_SUMS = {"n": "int8 NOT NULL", "price": "int8 NOT NULL", "first_price": "int8 NOT NULL"}
_FEW = 1000
"""Rows up to which they go straight in, without a table of their own."""
_EVER = date(1, 1, 1)
Sums = dict[Row, list[int]]
"""Of each key, as _SUMS names them."""


def rows(file: Folded) -> list[Row]:
    """Return the unsold asset's kind, province, bands of price and of rounds, price and first price."""
    state, seized = file.state, file.state.seized
    if seized is None or not state.unsold:
        return []
    price, first = state.price, state.steps[0].price if state.steps else None
    bands = (price_band(price), rounds_band(len(state.rounds)))
    return [(file.asset_id, seized.kind, seized.province or "", *bands, price or 0, first or 0)]


class Totals(History):
    """The sums; what the periods of an asset's row add to them is what was not known, less what was."""

    @property
    def stored(self) -> Mapping[str, str]:
        """The table's columns: of what the sums are, then the sums."""
        return {**_KEY, **_SUMS}

    @property
    def key(self) -> str:
        """All that the sums are of."""
        return ", ".join(_KEY)

    @property
    def telling(self) -> str:
        """The SQL condition of rows that tell something: what came and went on one day stays as noughts."""
        return "(n, price, first_price) <> (0, 0, 0)"

    def keys(self, table: str) -> list[bytes]:
        """Return the statements that add up what was filled in parts, and make the key."""
        sums = ", ".join(f"sum({name})::int8" for name in _SUMS)
        added = f"""WITH parts AS (DELETE FROM {table} RETURNING *) INSERT INTO {table}
            SELECT {self.key}, {sums} FROM parts GROUP BY {self.key}"""
        return [added.encode(), f"ALTER TABLE {table} ADD PRIMARY KEY ({self.key})".encode()]

    def write(self, connection: psycopg.Connection[Any], table: str, files: Sequence[Touched]) -> None:
        """Add what has become known to the sums, and take away what is known no more."""
        rows = list(_rows(_summed(files)))
        sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in _SUMS)
        added = f"ON CONFLICT ({self.key}) DO UPDATE SET {sums}"
        if len(rows) <= _FEW or pipelined(connection):
            if rows:
                self.insert(connection, table, rows, added)
            return
        connection.execute(f"CREATE TEMPORARY TABLE more (LIKE {table}) ON COMMIT DROP".encode())
        self.copy(connection, "more", rows)
        connection.execute(f"INSERT INTO {table} SELECT * FROM more {added}".encode())
        connection.execute("DROP TABLE more")

    def fill(self, connection: psycopg.Connection[Any], table: str, files: Sequence[Touched]) -> None:
        """Add the sums of whole files, to be added up when the key is made."""
        self.copy(connection, table, _rows(_summed(files)))

    def replayed(self, files: Iterable[Touched]) -> Iterator[Row]:
        """Yield the table's rows of whole files."""
        return _rows(_summed(files))


def _summed(files: Iterable[Touched]) -> Sums:
    sums: Sums = {}
    for each in files:
        begun, ended = each.periods[PROJECTION.name]
        for period in begun:
            if period.known_to == NO_POSITION:
                _add(sums, period, 1)
        for period in ended:
            _add(sums, period, -1)
    return sums


def _add(sums: Sums, period: Period, sign: int) -> None:
    row, came, went = period.span
    _add_on(sums, row, came, sign)
    if went != NO_DAY:
        _add_on(sums, row, went, -sign)


def _add_on(sums: Sums, row: Row, day: date, sign: int) -> None:
    _, kind, province, band, rounds, price, first = row
    facets = (
        ("province", "", province),
        ("price_band", "", band),
        ("rounds", "", rounds),
        *((("price_band", province, band), ("rounds", province, rounds)) if province else ()),
    )
    units = (
        ("day", day),
        ("month", day.replace(day=1)),
        ("year", day.replace(month=1, day=1)),
        ("ever", _EVER),
    )
    for facet, within, value in facets:
        for unit, since in units:
            key = (facet, within, unit, since, kind, value)
            of_key = sums.setdefault(key, [0, 0, 0])
            of_key[0] += sign
            of_key[1] += sign * price
            of_key[2] += sign * first


def _rows(sums: Sums) -> Iterator[Row]:
    return ((*key, *sums[key]) for key in sorted(sums) if any(sums[key]))


PROJECTION = Totals(
    name="unsold_totals",
    columns={"asset_id": "uuid"},
    primary_key="asset_id",
    indexes=(),
    rows=rows,
)


def totals_query(kind: str | None, province: str | None, as_of: date | None) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters of the facets as of a day: facet, value, n, price, first_price.

    Each facet tells of all its values that fit what is asked of the other fields.
    """
    own = "AND kind = %(kind)s" if kind is not None else ""
    there = "AND value = %(province)s" if province is not None else ""
    within = "%(province)s" if province is not None else "''"
    spans = ", ".join(f"('{unit}', date '{begins}', date '{ends}')" for unit, begins, ends in _spans(as_of))
    query = f"""WITH span (unit, begins, ends) AS (VALUES {spans})
        {_sum("total", "''", "province", "''", f"{own} {there}")}
        UNION ALL {_sum("kind", "kind", "province", "''", there)}
        UNION ALL {_sum("province", "value", "province", "''", own)}
        UNION ALL {_sum("price_band", "value", "price_band", within, own)}
        UNION ALL {_sum("rounds", "value", "rounds", within, own)}"""
    asked = {"kind": kind, "province": province}
    return query, {name: value for name, value in asked.items() if value is not None}


def _sum(name: str, value: str, facet: str, within: str, where: str) -> str:
    """Return the SQL of one facet; OFFSET 0 has each span read as the range of the key that it is."""
    return f"""SELECT '{name}', {value}, sum(n)::int8, sum(price)::int8, sum(first_price)::int8
        FROM span CROSS JOIN LATERAL (SELECT * FROM unsold_totals WHERE facet = '{facet}'
            AND within = {within} AND unit = span.unit AND since >= begins AND since < ends {where}
            OFFSET 0) AS sums
        GROUP BY 2 HAVING sum(n) <> 0"""


def _spans(as_of: date | None) -> list[tuple[str, date, date]]:
    """Return which units are added up, from which on and up to which, that one not included."""
    if as_of is None:
        return [("ever", _EVER, NO_DAY)]
    month, year = as_of.replace(day=1), as_of.replace(month=1, day=1)
    return [("year", _EVER, year), ("month", year, month), ("day", month, as_of + timedelta(1))]
