"""Catching up one read model of one table over the whole log: ours, set-based SQL and the peers' projections.

All sides end with the same rows, which is checked after the last turn.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any, NamedTuple

import psycopg

from tests.bench import logs, price_model, stock_projection
from tests.bench.context import Bench
from tests.bench.figures import Goal, Missing, Row, alternating, compared, skipped
from tests.bench.node import Node
from tests.bench.workload import ENTRIES, GROUP

PART = "model"
_WHAT = "one read model caught up"
GOALS = {"INSERT SELECT": Goal(0.4), "emmett": Goal(50)}
_PULLING = {"batchSize": 1000, "pullingFrequencyInMs": 0}


class _Side(NamedTuple):
    """What runs a turn and gives events a second, and where its rows are afterwards."""

    turn: Callable[[], float]
    rows: Callable[[], list[tuple[Any, ...]]]


def catch_up_one(bench: Bench) -> Iterator[Row]:
    """Yield the rows of all sides, in events a second."""
    with ExitStack() as opened:
        sides: dict[str, _Side] = {}
        for name, open_side in _SIDES.items():
            try:
                sides[name] = open_side(bench, opened)
            except Missing as reason:
                yield skipped(PART, _WHAT, name, reason)
        found = alternating({name: side.turn for name, side in sides.items()}, bench.few)
        _check({name: side.rows() for name, side in sides.items()})
    yield from compared(PART, _WHAT, found, GOALS, notes=_notes())


def _notes() -> dict[str, str]:
    short = f"over {logs.SHORT:,} of the events"
    return {
        "ours by pages": "as a read model that was behind, not built anew",
        "emmett": f"{short}, its defaults: batches of 100, 50 ms apart",
        "emmett, batches of 1000": f"{short}, without a pause",
        "stock runner": short,
    }


def _check(found: dict[str, list[tuple[Any, ...]]]) -> None:
    wrong = [name for name, rows in found.items() if rows != found["ours"] or len(rows) != GROUP]
    if wrong:
        raise RuntimeError(f"not all sides computed the same rows: {', '.join(wrong)}")


def _of_ours(make: Callable[[str], float], table: str) -> Callable[[Bench, ExitStack], _Side]:
    def open_side(bench: Bench, _opened: ExitStack) -> _Side:
        url, events = logs.ours(bench), bench.log_files * ENTRIES
        return _Side(lambda: events / make(url), lambda: price_model.prices(url, table, GROUP))

    return open_side


def _emmett(pulling: dict[str, int] | None) -> Callable[[Bench, ExitStack], _Side]:
    def open_side(bench: Bench, opened: ExitStack) -> _Side:
        url, number = logs.of_emmett(bench), count(1)
        node = opened.enter_context(Node("emmett.js", url=url, connections=8))
        prefix = "fast" if pulling else "prices"

        def turn() -> float:
            table = f"{prefix}{next(number)}"
            return logs.SHORT / float(node.call("project", table=table, upTo=logs.SHORT, pulling=pulling))

        return _Side(turn, lambda: price_model.prices(url, f"{prefix}1", GROUP))

    return open_side


def _stock(bench: Bench, _opened: ExitStack) -> _Side:
    url = logs.of_stock(bench)

    def turn() -> float:
        with psycopg.connect(url, autocommit=True) as own:
            own.execute("DROP TABLE IF EXISTS prices, prices_tracking")
        return logs.SHORT / stock_projection.project(url, logs.SHORT)

    return _Side(turn, lambda: price_model.prices(url, "prices", GROUP))


_SIDES = {
    "ours": _of_ours(price_model.built, price_model.PROJECTION.name),
    "ours by pages": _of_ours(price_model.followed, price_model.PROJECTION.name),
    "INSERT SELECT": _of_ours(price_model.inserted, "set_based"),
    "emmett": _emmett(None),
    "emmett, batches of 1000": _emmett(_PULLING),
    "stock runner": _stock,
}
