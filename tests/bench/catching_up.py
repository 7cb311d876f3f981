"""Catch-up of every read model from an empty table, over the imported register."""

import time
from collections.abc import Iterator
from typing import Any

import psycopg

from projections import log, tracking
from projections.filling import unhurried
from projections.registry import read_models
from projections.runner import Runner
from tests.bench.context import Bench
from tests.bench.figures import Goal, Row, alone, alternating
from tests.bench.importing import imported

PART = "catchup"
_GOAL = Goal(50_000)


def catch_up(bench: Bench) -> Iterator[Row]:
    """Yield events a second through all read models together."""
    url, _ = imported(bench)
    rates = alternating({"ours": lambda: caught_up(url)}, bench.few)["ours"]
    yield alone(PART, f"{len(read_models())} read models together, by pages", rates, _GOAL)


def caught_up(url: str) -> float:
    """Let every read model catch up from nothing; return events a second."""
    with unhurried(url) as own:
        events = own.execute("SELECT count(*) FROM auctions.events").fetchone() or (0,)
        _empty(own)
        runner = Runner(url)
        start = time.perf_counter()
        while runner.advance(own):
            pass
        seconds = time.perf_counter() - start
        if tracking.position(own, "assets") != log.head(own):
            raise RuntimeError("the read models stopped short of the head")
    return float(events[0]) / seconds


def _empty(own: psycopg.Connection[Any]) -> None:
    for model in read_models().values():
        own.execute(f"DROP TABLE IF EXISTS {model.name}".encode())
        model.create(own, model.name)
        tracking.begin(own, model, 0)
