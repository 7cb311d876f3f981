"""Vessels that loans financed (Decree 67/2014): loan, first appraisal, price in force, hammer."""

from datetime import date
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import dict_row

from auctions.domain.money import share
from projections.times import Times

MOST = 5000
"""Vessels that one answer lists; all are counted."""
_MEASURED = {"first_price": "first_of_loan", "price": "of_loan", "sold_for": "sold_of_loan"}
"""What is measured against the loan value, and what its share is called."""
_LISTED = """SELECT listed.asset_id, listed.asset_ref, period.office, listed.province, listed.seized_on,
        listed.loan_valued_on, period.stage, listed.loan_value, period.first_price, period.price,
        period.sold_for, listed.unsold
    FROM asset_listings AS listed
    JOIN asset_periods AS period ON period.asset_id = listed.asset_id AND {period}
    WHERE {listed} AND listed.kind = 'vessel' AND listed.loan_value IS NOT NULL {asked}"""
_ITEMS = "SELECT * FROM ({listed}) AS vessels ORDER BY asset_ref, asset_id LIMIT %(most)s"
_TOTALS = """SELECT count(*) AS n, coalesce(sum(loan_value), 0)::int8 AS loan_value, {measured}
    FROM (SELECT loan_value, first_price, sold_for, CASE WHEN unsold THEN price END AS price
        FROM ({listed}) AS vessels) AS vessels"""
_OF_ALL = """count({0}) AS {0}_n, coalesce(sum({0}), 0)::int8 AS {0}_dong,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY {0}::float8 / loan_value) AS {0}_median"""

View = dict[str, Any]


class Asked(NamedTuple):
    """Which vessels a question is about, None being all; `year` is that of the seizure."""

    province: str | None = None
    office: str | None = None
    year: int | None = None


def vessels(connection: psycopg.Connection[Any], asked: Asked, times: Times) -> View:
    """Return each vessel with a loan value, in the order of references, and the totals of all of them.

    Amounts in dong, shares of the loan value to six places. The
    totals of `price` are of what is unsold, those of `sold_for` of what is sold.
    Needs a transaction around it.
    """
    listed, params = _listed(asked, times)
    measured = ", ".join(_OF_ALL.format(name) for name in _MEASURED)
    with connection.cursor(row_factory=dict_row) as cursor:
        items = cursor.execute(_ITEMS.format(listed=listed).encode(), params).fetchall()
        (told,) = cursor.execute(_TOTALS.format(listed=listed, measured=measured).encode(), params).fetchall()
    return {"totals": _totals(told), "most": MOST, "items": [_item(row) for row in items]}


def _listed(asked: Asked, times: Times) -> tuple[str, View]:
    asks, params = list[str](), {"most": MOST, **times.parameters}
    for name in ("province", "office"):
        if (value := getattr(asked, name)) is not None:
            asks.append(f"AND listed.{name} = %({name})s")
            params[name] = value
    if asked.year is not None:
        asks.append("AND listed.seized_on BETWEEN %(first)s AND %(last)s")
        params |= {"first": date(asked.year, 1, 1), "last": date(asked.year, 12, 31)}
    holding = {name: times.holding(name) for name in ("listed", "period")}
    return _LISTED.format(**holding, asked=" ".join(asks)), params


def _item(row: View) -> View:
    shares = {told: _share(row[name], row["loan_value"]) for name, told in _MEASURED.items()}
    return {name: value for name, value in row.items() if name != "unsold"} | shares


def _share(part: int | None, loan: int) -> float | None:
    return None if part is None else float(share(part, loan))


def _totals(told: View) -> View:
    spread = {
        name: {
            "n": told[f"{name}_n"],
            "dong": told[f"{name}_dong"],
            "median_of_loan": _rounded(told[f"{name}_median"]),
        }
        for name in _MEASURED
    }
    return {"n": told["n"], "loan_value": told["loan_value"], **spread}


def _rounded(median: float | None) -> float | None:
    return None if median is None else round(median, 6)
