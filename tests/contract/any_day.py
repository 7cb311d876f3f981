"""What is asked of any day as known on any day: pairs of times, questions, and the answers in one form."""

import json
import os
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from projections import asset_list
from projections.times import Times
from tests.contract.oracle import Level, Told
from tests.contract.oracle_lists import Filters, Sums, flags
from tests.contract.random_lives import OFFICES, PROVINCES
from tests.contract.random_logs import Pair, RandomLog, drawn

PAIRS = int(os.environ.get("AUCTIONS_ORACLE_PAIRS", "2000"))
A_LOG = 500
"""Pairs that are asked of one log."""
FIRST = int(os.environ.get("AUCTIONS_ORACLE_SEED", "1"))
SEEDS = range(FIRST, FIRST + max(1, -(-PAIRS // A_LOG)))
WHOLE = 100_000
"""A limit that no list reaches."""

_VALUES: dict[str, tuple[Any, ...]] = {
    "kind": ("land", "vessel"),
    "province": PROVINCES,
    "commune": ("An Ninh Đông",),
    "office": OFFICES,
    "officer": ("CHV-1", "CHV-2"),
    "stage": ("awaiting_appraisal", "awaiting_round", "announced", "awaiting_reduction", "won", "suspended"),
    "year": (2024, 2025),
    "price_min": (90_000_270, 500_000_000, 3_000_000_000),
    "price_max": (90_000_270, 500_000_000, 3_000_000_000),
    "rounds_min": (1, 2, 3),
    "failed_rounds_min": (1, 2, 3),
    "reductions_min": (1, 2),
    "left_min": (Decimal("0.8"), Decimal(1)),
    "left_max": (Decimal("0.8"), Decimal(1), Decimal("0.5")),
    "of_loan_max": (Decimal("0.05"), Decimal("0.5")),
    "in_lieu_open": (True, False),
    "suspended": (True, False),
    "q": ("binh dinh", "thửa", "TÀU thep", "99144ts", "TS-1", "A-1"),
    "number": ("7", "bd 99144 ts", "TS-11", "a.1"),
}


class Asked(NamedTuple):
    """A pair of times with what the product and what the oracle are asked for it."""

    pair: Pair
    times: Times

    def __str__(self) -> str:
        return f"as of {self.pair.as_of} as known at {self.pair.known_at}, asked by {self.times}"


def asked(random: Random, made: RandomLog) -> Asked:
    """Draw a pair; now and then it is asked for as today, or as all that is known."""
    pair = drawn(random, made)
    as_of: date | None = pair.as_of
    known_at: int | None = pair.known_at
    if random.random() < 0.1:
        as_of, pair = None, pair._replace(as_of=date.max)
    if random.random() < 0.2:
        known_at, pair = None, pair._replace(known_at=made.ends[-1])
    return Asked(pair, Times(as_of, known_at))


def filters(random: Random) -> dict[str, Any]:
    """Draw what a list is asked for, most often of the unsold."""
    names = random.sample(sorted(_VALUES), random.choice([0, 1, 1, 2]))
    drawn_ = {name: random.choice(_VALUES[name]) for name in names}
    unsold = random.choice([True, True, True, False, None])
    return drawn_ if unsold is None else {"unsold": unsold, **drawn_}


def filter_of(asked_: Asked, found: Filters, sort: str = "-seized_on") -> asset_list.Filter:
    return asset_list.Filter(day=date.max, times=asked_.times, limit=WHOLE, sort=sort, **found)


def items(rows: list[tuple[Any, ...]]) -> dict[UUID, Any]:
    return {asset_id: json.loads(item) for _, asset_id, item in rows}


def expected(found: Mapping[UUID, Told]) -> dict[UUID, Any]:
    """Return the items of a list as the oracle tells them."""
    return {asset_id: _item(asset_id, told) for asset_id, told in found.items()}


_ITEM = (
    "asset_ref",
    "office",
    "kind",
    "province",
    "commune",
    "description",
    "stage",
    "rounds",
    "failed_rounds",
    "reductions",
    "price",
    "first_price",
    "seized_on",
    "last_round_on",
)


def _item(asset_id: UUID, told: Told) -> dict[str, Any]:
    left, of_loan = told["left_of_first"], told["of_loan"]
    return {
        "asset_id": str(asset_id),
        **{name: told[name] for name in _ITEM},
        "left_of_first": None if left is None else float(left),
        "of_loan": None if of_loan is None else float(of_loan),
        "flags": flags(told),
    }


def sums(own: psycopg.Connection, asked_: asset_list.Filter) -> dict[tuple[str, str], Sums]:
    """Return the counts that the product answers, by facet and value."""
    query, params = asset_list.facets_query(asked_)
    rows = own.execute(query.encode(), params).fetchall()
    found: dict[tuple[str, str], Sums] = {(facet, value): (n, p, f) for facet, value, n, p, f in rows}
    assert len(found) == len(rows)
    return {key: each for key, each in found.items() if each[0]}


def ladders(own: psycopg.Connection, times: Times) -> dict[UUID, list[Level]]:
    """Return the price levels that the product answers, by asset."""
    holding = times.holding("price_ladder")
    query = f"""SELECT asset_id, cause, on_day, price FROM price_ladder
        WHERE {holding} ORDER BY asset_id, step"""  # noqa: S608 - the product's own condition
    found: dict[UUID, list[Level]] = {}
    for asset_id, cause, on, price in own.execute(query.encode(), times.parameters):
        found.setdefault(asset_id, []).append((cause, on.isoformat(), price))
    return found
