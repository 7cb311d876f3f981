"""Catch-up of every read model from an empty table, over the imported register."""

import statistics
import time
from typing import Any

import psycopg

from auctions.store.connect import connection
from projections import log, tracking
from projections.registry import read_models
from projections.runner import Runner


def catch_up(url: str, turns: int) -> dict[str, Any]:
    """Return events a second through all read models together, median of the turns."""
    rates = [_turn(url) for _ in range(turns)]
    return {
        "what": f"catch-up of {len(read_models())} read models together",
        "ours": statistics.median(rates),
        "goal": "50,000",
        "notes": f"±{max(rates) / min(rates) - 1:.0%} between turns",
    }


def _turn(url: str) -> float:
    with connection(url) as own:
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
