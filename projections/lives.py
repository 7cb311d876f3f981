"""The lives of all assets at auction, on any day as known at any position, read from their histories."""

from collections.abc import Iterator
from typing import Any

import psycopg

from auctions.domain.asset.possible import Stage
from projections.life import Life
from projections.timeline import Row
from projections.times import NOW, Times

READ = ("asset_listings", "asset_periods", "auction_rounds", "price_ladder")
"""The read models that lives are read from."""
_PAGE = 5000
_FACTS = {
    "asset_ref": "listed",
    "office": "period",
    "kind": "listed",
    "province": "listed",
    "seized_on": "listed",
    "loan_value": "listed",
    "secured_debt": "listed",
    "costs": "period",
}
"""Fields of a life that stand in a column, and where."""


def lives_query(times: Times = NOW) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters of the rows that `life` takes."""
    facts = ", ".join(f"{table}.{name}" for name, table in _FACTS.items())
    query = f"""SELECT {facts}, levels.causes, levels.days, levels.prices,
            rounds.days, rounds.outcomes, period.sold_on, period.sold_for, period.exited_on, period.stage
        FROM asset_listings AS listed
        JOIN asset_periods AS period ON period.asset_id = listed.asset_id AND {times.holding("period")}
        LEFT JOIN (SELECT asset_id, array_agg(cause ORDER BY step) AS causes,
                array_agg(on_day ORDER BY step) AS days, array_agg(price ORDER BY step) AS prices
            FROM price_ladder AS level WHERE {times.holding("level")} GROUP BY asset_id) AS levels
            ON levels.asset_id = listed.asset_id
        LEFT JOIN (SELECT asset_id, array_agg(announced_on ORDER BY number) AS days,
                array_agg(outcome ORDER BY number) AS outcomes
            FROM auction_rounds AS round WHERE {times.holding("round")} GROUP BY asset_id) AS rounds
            ON rounds.asset_id = listed.asset_id
        WHERE {times.holding("listed")}"""
    return query, times.parameters


def life(row: Row) -> Life:
    """Return the life that a row tells, as `life_of` does of the file itself."""
    causes, days, prices, announced, outcomes, sold_on, sold_for, exited_on, stage = row[len(_FACTS) :]
    left = exited_on is not None and not (stage == Stage.DELIVERED and sold_for is not None)
    return Life(
        **dict(zip(_FACTS, row, strict=False)),
        levels=tuple(zip(causes or (), days or (), prices or (), strict=True)),
        rounds=tuple(zip(announced or (), outcomes or (), strict=True)),
        sold_on=None if left else sold_on,
        sold_for=None if left else sold_for,
        ended_on=exited_on if left else None,
        exit=stage if left else None,
    )


def lives(connection: psycopg.Connection[Any], times: Times = NOW) -> Iterator[Life]:
    """Yield every asset's life, streaming; needs a transaction around it."""
    query, params = lives_query(times)
    with connection.cursor("lives", binary=True) as cursor:
        cursor.itersize = _PAGE
        yield from map(life, cursor.execute(query.encode(), params))
