"""Reading the whole log from its beginning, decoded, by pages of the same size on all sides."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from time import perf_counter

from auctions.store.connect import connection
from projections import log
from tests.bench import logs, message_db, stock
from tests.bench.context import Bench
from tests.bench.figures import Missing, Row, alternating, compared, skipped
from tests.bench.node import Node

PART = "log"
_RAW = """SELECT position, stream_id, entry_no, topic, payload FROM auctions.events
    WHERE position > %s ORDER BY position LIMIT %s"""


def read_log(bench: Bench) -> Iterator[Row]:
    """Yield the rows of all sides, in events a second."""
    with ExitStack() as opened:
        sides: dict[str, Callable[[], float]] = {}
        for name, open_side in _SIDES.items():
            try:
                sides[name] = open_side(bench, opened)
            except Missing as reason:
                yield skipped(PART, "events read and decoded", name, reason)
        short = f"{logs.SHORT:,} of the events"
        notes = {"emmett": short, "stock application": short, "SELECT": "not decoded"}
        yield from compared(PART, "events read and decoded", alternating(sides, bench.turns), notes=notes)


def _ours(bench: Bench, _opened: ExitStack) -> Callable[[], float]:
    url = logs.ours(bench)

    def read() -> float:
        start, place = perf_counter(), 0
        with connection(url) as own:
            while events := log.page(own, place, log.PAGE):
                place = events[-1].position
        return place / (perf_counter() - start)

    return read


def _raw(bench: Bench, _opened: ExitStack) -> Callable[[], float]:
    url = logs.ours(bench)

    def read() -> float:
        start, place = perf_counter(), 0
        with connection(url) as own:
            while rows := own.execute(_RAW, [place, log.PAGE], binary=True, prepare=True).fetchall():
                place = rows[-1][0]
        return float(place) / (perf_counter() - start)

    return read


def _message_db(bench: Bench, _opened: ExitStack) -> Callable[[], float]:
    url = logs.of_message_db(bench)
    return lambda: message_db.read_log(url, log.PAGE)


def _emmett(bench: Bench, opened: ExitStack) -> Callable[[], float]:
    node = opened.enter_context(Node("emmett.js", url=logs.of_emmett(bench), connections=8))

    def read() -> float:
        found = node.call("readLog", page=log.PAGE)
        if found["count"] != logs.SHORT:
            raise RuntimeError(f"emmett read {found['count']} events")
        return float(found["count"] / found["seconds"])

    return read


def _stock(bench: Bench, opened: ExitStack) -> Callable[[], float]:
    app = opened.enter_context(stock.Assets(stock.environment(logs.of_stock(bench))))
    return lambda: stock.read_log(app, log.PAGE)


_SIDES = {
    "ours": _ours,
    "SELECT": _raw,
    "Message DB": _message_db,
    "emmett": _emmett,
    "stock application": _stock,
}
