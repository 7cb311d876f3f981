"""How the page of the unsold and its facets grow with the assets: in the database, and as HTML over HTTP.

In the database each question is the page and the facets of one kind in one province, today and as of past
days, which go back over eight years. Over HTTP no answer is kept in memory.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count, product
from statistics import median
from time import perf_counter
from typing import Any

import psycopg

from api.database import OPTIONS
from auctions.application.recording import today
from projections.asset_list import Filter, facets_query, page_query
from projections.times import Times
from tests.bench import page_times
from tests.bench.context import Bench
from tests.bench.figures import NONE, Goal, Row, alone, alternating, compared
from tests.bench.lists import listed
from tests.bench.multiplied import Multiplied

PART = "pages"
_SIZES = (10_000, 100_000, 1_000_000)
_QUESTIONS = 60
_WAIT = Goal(most=10)
_SHOWN = Goal(most=300)
_PAST = [timedelta(days) for days in range(45, 3000, 197)]
_ASKED = """SELECT kind, province FROM assets WHERE unsold AND province IS NOT NULL
    GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 12"""


def pages(bench: Bench) -> Iterator[Row]:
    """Yield milliseconds of a question by the number of assets."""
    grown, smallest = Multiplied(bench.server, listed(bench)), list[float]()
    for size in _SIZES:
        if size > bench.assets:
            break
        assets = grown.grow(size)
        with psycopg.connect(grown.url, autocommit=True, options=OPTIONS) as own:
            places = own.execute(_ASKED).fetchall()
            sides = {"today": _turn(own, places, (Times(),)), "past": _turn(own, places, _days())}
            found = alternating(sides, bench.turns)
        smallest = smallest or found["today"]
        yield from _told(f"{assets:,} assets", found, smallest)
        for what, took in page_times.taken(grown.url, bench.turns).items():
            wanted = _SHOWN if "HTML" in what else NONE
            yield alone(PART, f"{assets:,} assets, {what}", took, wanted, unit="ms")


def _told(what: str, found: dict[str, list[float]], smallest: list[float]) -> Iterator[Row]:
    yield alone(PART, f"{what}, today", found["today"], _WAIT, unit="ms")
    yield alone(PART, f"{what}, as of past days", found["past"], _WAIT, unit="ms")
    pair = {"ours": found["past"], "today": found["today"]}
    yield from compared(PART, f"{what}, as of past days", pair, {"today": Goal(most=5)}, unit="ms")
    if found["today"] is not smallest:
        pair = {"ours": found["today"], "the fewest assets": smallest}
        yield from compared(PART, f"{what}, today", pair, {"the fewest assets": Goal(most=3)}, unit="ms")


def _days() -> tuple[Times, ...]:
    return tuple(Times(as_of=today() - back) for back in _PAST)


def _turn(own: psycopg.Connection[Any], places: list[Any], times: tuple[Times, ...]) -> Callable[[], float]:
    questions = [
        Filter(today(), unsold=True, kind=kind, province=province, times=when)
        for when, (kind, province) in product(times, places)
    ]
    turns = count()

    def turn() -> float:
        first = next(turns) * _QUESTIONS
        return median(
            _milliseconds(own, questions[number % len(questions)])
            for number in range(first, first + _QUESTIONS)
        )

    return turn


def _milliseconds(own: psycopg.Connection[Any], asked: Filter) -> float:
    start = perf_counter()
    for query, params in (page_query(asked), facets_query(asked)):
        own.execute(query.encode(), params).fetchall()
    return (perf_counter() - start) * 1000
