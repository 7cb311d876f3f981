"""Loading a file of 10 and of 100 entries: read, decoded and folded, beside a raw SELECT of the same rows.

The raw side decodes the JSON of entries and envelopes, and folds nothing. The peers fold reference, price in
force and number of reductions; ours is the whole state.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any
from uuid import UUID

import orjson
import psycopg

from auctions.application.recording import load as load_files
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from tests.bench import databases, filled, message_db, stock
from tests.bench.context import Bench
from tests.bench.figures import Goal, Missing, Row, alternating, compared, skipped
from tests.bench.node import Node
from tests.bench.workload import Recorded, file_id, long_file, stream
from tests.bench.writers import SECONDS, Call, rate

PART = "load"
GOALS = {"SELECT and JSON": Goal(0.4)}
"""At most 2.5 times the time."""
_LENGTHS = (10, 100)
_FILES = 50
_SELECT = """SELECT stream_id, entry_no, topic, payload, envelope, position, recorded_at FROM auctions.events
    WHERE stream_id = %s ORDER BY entry_no"""


def load(bench: Bench) -> Iterator[Row]:
    """Yield the rows of all sides for each length of file."""
    for entries in _LENGTHS:
        recorded = [Recorded(number, 0, tuple(long_file(number, entries))) for number in range(_FILES)]
        with ExitStack() as opened:
            sides: dict[str, Callable[[], float]] = {}
            for name, open_side in _SIDES.items():
                try:
                    sides[name] = open_side(bench, opened, recorded)
                except Missing as reason:
                    yield skipped(PART, f"a file of {entries} entries", name, reason)
            yield from compared(PART, f"a file of {entries} entries", alternating(sides, bench.turns), GOALS)


def _ours(bench: Bench, opened: ExitStack, recorded: list[Recorded]) -> Callable[[], float]:
    url = databases.fresh(bench.server, "load")
    filled.ours(url, recorded)
    databases.settled(url)
    store = PostgresStore(url)
    opened.callback(store.close)
    return _by_thread(_loader(store, [file_id(each.number) for each in recorded]))


def _loader(store: PostgresStore, ids: list[UUID]) -> Call:
    turn = count()

    def call() -> None:
        asset_id = ids[next(turn) % len(ids)]
        if load_files(store, [asset_id])[asset_id].state.seized is None:
            raise RuntimeError("the file was not loaded")

    return call


def _raw(bench: Bench, opened: ExitStack, recorded: list[Recorded]) -> Callable[[], float]:
    own = opened.enter_context(connection(databases.url(bench.server, "bench_load")))
    return _by_thread(_selector(own, [file_id(each.number) for each in recorded]))


def _selector(own: psycopg.Connection[Any], ids: list[UUID]) -> Call:
    turn = count()

    def call() -> None:
        rows = own.execute(_SELECT, [ids[next(turn) % len(ids)]], binary=True, prepare=True).fetchall()
        if not [(orjson.loads(row[3]), orjson.loads(row[4])) for row in rows]:
            raise RuntimeError("the rows were not read")

    return call


def _message_db(bench: Bench, opened: ExitStack, recorded: list[Recorded]) -> Callable[[], float]:
    url = databases.empty(bench.server, "load_message_db")
    message_db.install(url)
    message_db.fill(url, recorded)
    databases.settled(url)
    own = opened.enter_context(message_db.connect(url))
    return _by_thread(message_db.loader(own, [stream(each.number) for each in recorded]))


def _emmett(bench: Bench, opened: ExitStack, recorded: list[Recorded]) -> Callable[[], float]:
    url = databases.empty(bench.server, "load_emmett")
    node = opened.enter_context(Node("emmett.js", url=url, connections=8))
    node.call("fill", path=str(filled.lines(bench.folder / "load.jsonl", recorded)))
    databases.settled(url)
    streams = [stream(each.number) for each in recorded]
    return lambda: float(node.call("load", streams=streams, seconds=SECONDS))


def _stock(bench: Bench, opened: ExitStack, recorded: list[Recorded]) -> Callable[[], float]:
    url = databases.empty(bench.server, "load_stock")
    app = stock.Assets(stock.environment(url))
    opened.callback(app.close)
    stock.fill(app, recorded)
    databases.settled(url)
    return _by_thread(stock.loader(app, [file_id(each.number) for each in recorded]))


def _by_thread(call: Call) -> Callable[[], float]:
    return lambda: rate(1, lambda: call)


_SIDES = {
    "ours": _ours,
    "SELECT and JSON": _raw,
    "Message DB": _message_db,
    "emmett": _emmett,
    "stock application": _stock,
}
