"""A small read model as the product's are: one row an asset with reference, price in force and reductions.

What the benchmark needs of the machinery of read models stands here and nowhere else.
"""

from time import perf_counter
from typing import Any

import psycopg

from projections import tracking
from projections.filling import unhurried
from projections.projection import Folded, Projection
from projections.rebuild import rebuild
from projections.runner import Runner


def rows(file: Folded) -> list[tuple[Any, ...]]:
    """Return the asset's row."""
    state = file.state
    seized = state.seized
    return [(file.asset_id, seized.asset_ref, state.price, state.reductions)] if seized else []


PROJECTION = Projection(
    name="bench_prices",
    columns={
        "asset_id": "uuid",
        "asset_ref": "text NOT NULL",
        "price": "int8",
        "reductions": "int4 NOT NULL",
    },
    primary_key="asset_id",
    indexes=(),
    rows=rows,
)
SET_BASED = """INSERT INTO set_based
    SELECT stream_id, min(fields ->> 'asset_ref'),
           (array_agg(coalesce(fields ->> 'to_price', fields ->> 'value')::bigint
                      ORDER BY fields ->> 'on' DESC, entry_no DESC)
            FILTER (WHERE topic IN ('asset.appraised', 'asset.price_reduced')))[1],
           count(*) FILTER (WHERE topic = 'asset.price_reduced')
    FROM (SELECT stream_id, entry_no, topic, convert_from(payload, 'UTF8')::jsonb AS fields
          FROM auctions.events AS entered
          WHERE topic IN ('asset.seized', 'asset.appraised', 'asset.price_reduced')
            AND NOT EXISTS (SELECT FROM auctions.events AS strike
                            WHERE strike.topic = 'asset.entry_struck' AND strike.stream_id = entered.stream_id
                              AND (convert_from(strike.payload, 'UTF8')::jsonb ->> 'entry_no')::int
                                  = entered.entry_no)
         ) AS standing
    GROUP BY stream_id"""
"""The same rows for any log, strikes and late entries included."""


def built(url: str) -> float:
    """Build the read model from the log, as a new one is; return the seconds it took."""
    start = perf_counter()
    rebuild(url, PROJECTION)
    return perf_counter() - start


def followed(url: str) -> float:
    """Catch up by pages, as a read model that was behind does; return the seconds it took."""
    with unhurried(url) as own:
        own.execute(f"DROP TABLE IF EXISTS {PROJECTION.name}".encode())
        PROJECTION.create(own, PROJECTION.name)
        tracking.begin(own, PROJECTION, 0)
        runner = Runner(url, [PROJECTION])
        start = perf_counter()
        while runner.advance(own):
            pass
        return perf_counter() - start


def inserted(url: str) -> float:
    """Fill a table of the same columns and key by one statement; return the seconds it took."""
    with psycopg.connect(url, autocommit=True) as own:
        own.execute("DROP TABLE IF EXISTS set_based")
        PROJECTION.create(own, "set_based")
        start = perf_counter()
        own.execute(SET_BASED)
        return perf_counter() - start


def prices(url: str, table: str, references: int) -> list[tuple[Any, ...]]:
    """Return the first rows of a table of prices, by reference."""
    query = f"SELECT asset_ref, price, reductions FROM {table} ORDER BY asset_ref LIMIT %s"  # noqa: S608 - ours
    with psycopg.connect(url, options="-c search_path=projections,public") as own:
        return own.execute(query.encode(), [references]).fetchall()
