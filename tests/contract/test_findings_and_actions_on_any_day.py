"""Findings and what came next, of random days as known at random positions, against the files folded anew.

The fold and the law are the product's own here: what is compared is where they are kept over both times.
"""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from auctions.store.connect import connection
from projections import findings, log, next_actions
from projections.past_actions import past_query, past_rows
from projections.projection import Projection, folded
from projections.times import Times
from tests.contract.any_day import A_LOG, PAIRS, SEEDS, WHOLE, asked
from tests.contract.random_lives import TODAY
from tests.contract.random_logs import RandomLog
from tests.contract.registers import seeded

Rows = list[tuple[Any, ...]]


@pytest.mark.parametrize("seed", SEEDS)
def test_findings_and_next_actions_are_those_of_the_files_folded_anew(
    random_log: Callable[[int], RandomLog], seed: int
) -> None:
    made, random = random_log(seed), seeded(seed)
    seen = 0
    with connection(made.url) as own, own.transaction():
        for number in range(min(PAIRS, A_LOG) // 20):
            times = asked(random, made).times
            where = f"seed {seed}, pair {number}: {times}"
            broken = folded_anew(own, findings.PROJECTION, times, made.ends[-1])
            assert found(own, times) == [(row[0], row[1], row[2], row[6]) for row in broken], where
            ahead = folded_anew(own, next_actions.PROJECTION, times, made.ends[-1])
            assert due(own, times, made.ends[-1]) == [row[:-1] for row in ahead], where
            seen += len(broken)
    assert seen, "no finding in all of the log"


def folded_anew(own: psycopg.Connection, model: Projection, times: Times, head: int) -> Rows:
    known_at = head if times.known_at is None else times.known_at
    law_of = log.laws(own, known_at)
    return [
        row
        for asset_id, events in log.every_file(own, known_at)
        for row in model.rows(folded(asset_id, log.numbered(events), law_of, until=times.as_of))
    ]


def found(own: psycopg.Connection, times: Times) -> Rows:
    query, params = findings.page_query(findings.Filter(times=times, limit=WHOLE))
    rows = own.execute(query.encode(), params).fetchall()
    told = [(asset_id, number, asset_ref, item) for asset_ref, asset_id, number, item in rows]
    return sorted(told, key=lambda row: row[:2])


def due(own: psycopg.Connection, times: Times, head: int) -> Rows:
    """Return the columns of the read model, but for the place in the list's order."""
    asked_ = next_actions.Filter(day=TODAY, times=times, limit=WHOLE)
    if times == Times():
        query, params = next_actions.page_query(asked_)
        rows = own.execute(query.encode(), params).fetchall()
    else:
        query, params = past_query(asked_)
        law_of = log.laws(own, head if times.known_at is None else times.known_at)
        rows = past_rows(own.execute(query.encode(), params, binary=True).fetchall(), law_of, asked_)
    named = [dict(zip((*next_actions.ITEM, *next_actions.KEY), row, strict=True)) for row in rows]
    columns = [name for name in next_actions.COLUMNS if name != "place"]
    return sorted((tuple(each[name] for name in columns) for each in named), key=lambda row: row[:2])
