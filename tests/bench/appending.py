"""Appending one entry a command, and five, by 1, 8 and 32 writers: ours beside the peers and plain SQL.

Every writer appends ten times to a file of its own before it begins another, with the expected version
wherever a side knows one. All sides store the same JSON, on one server, as durable.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any

import orjson
import psycopg

from auctions.domain.asset.events import PriceReduced
from auctions.domain.event import Envelope
from auctions.store.codec import encode, encode_envelope
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from tests.bench import databases, message_db, plain, stock
from tests.bench.context import Bench
from tests.bench.figures import Goal, Missing, Row, alternating, compared, skipped
from tests.bench.node import Node
from tests.bench.writers import SECONDS, Call, rate

PART = "append"
APPENDS = 10
"""To a file, before its writer begins another."""
ENTRY = PriceReduced(on=date(2026, 7, 1), to_price=1_250_000_000, decided_by="officer")
ENVELOPE = Envelope("coordinator-1", "BDI-KV1", "coordinator", uuid.UUID(int=7))
VALUES = ENTRY.TOPIC, encode(ENTRY), encode_envelope(ENVELOPE)
_STORES = ("Message DB", "Message DB by node", "emmett", "stock recorder", "stock application")
GOALS = {
    1: dict.fromkeys(_STORES, Goal(0.9)) | {"INSERT": Goal(0.6)},
    8: dict.fromkeys(_STORES, Goal(1)),
    32: dict.fromkeys(_STORES[:3], Goal(5)),
}
_CASES = ((1, 1), (8, 1), (32, 1), (8, 5))
"""Writers, and entries an append."""

Connection = psycopg.Connection[Any]
Side = Callable[[int, int], float]
"""Appends a second by a number of writers, of a number of entries each."""


def append(bench: Bench) -> Iterator[Row]:
    """Yield the rows of all sides for each number of writers."""
    with ExitStack() as opened:
        sides: dict[str, Side] = {"ours": _ours(bench, opened)}
        for name, open_side in _PEERS.items():
            try:
                sides[name] = open_side(bench, opened)
            except Missing as reason:
                yield skipped(PART, "append", name, reason)
        for writers, size in _CASES:
            yield from _case(bench, sides, writers, size)


def _case(bench: Bench, sides: dict[str, Side], writers: int, size: int) -> Iterator[Row]:
    def turn(side: Side) -> Callable[[], float]:
        return lambda: side(writers, size)

    what = f"{writers} writer{'s' if writers > 1 else ''}" + (
        f", {size} entries an append" if size > 1 else ""
    )
    fitting = {name: turn(side) for name, side in sides.items() if size == 1 or name != "pgbench INSERT"}
    goals = GOALS[writers] if size == 1 else {}
    yield from compared(PART, what, alternating(fitting, bench.turns), goals)


def _ours(bench: Bench, opened: ExitStack) -> Side:
    store = PostgresStore(databases.fresh(bench.server, "append"))
    opened.callback(store.close)
    return lambda writers, size: rate(writers, lambda: appender(store, size))


def appender(store: PostgresStore, size: int) -> Call:
    """Return what appends through the store, as a use case does after it has decided."""
    stream_id, version = uuid.uuid4(), 0

    def call() -> None:
        nonlocal stream_id, version
        if version >= APPENDS * size:
            stream_id, version = uuid.uuid4(), 0
        envelope = ENVELOPE._replace(command_id=uuid.uuid4())
        store.append(Command(stream_id, version, (ENTRY,) * size, envelope))
        version += size

    return call


def _message_db(bench: Bench, _opened: ExitStack) -> Side:
    url = databases.empty(bench.server, "message_db")
    message_db.install(url)
    topic, payload, envelope = VALUES
    values = topic, payload.decode(), envelope.decode()
    return _by_connections(
        lambda: message_db.connect(url),
        lambda connection, size: message_db.appender(connection, values, APPENDS, size),
    )


def _by_connections(connect: Callable[[], Connection], make: Callable[[Connection, int], Call]) -> Side:
    """Return a side whose writers have a connection each, made before the time begins."""

    def side(writers: int, size: int) -> float:
        with ExitStack() as own:
            return rate(writers, lambda: make(own.enter_context(connect()), size))

    return side


def _message_db_by_node(bench: Bench, opened: ExitStack) -> Side:
    url = databases.empty(bench.server, "message_db_by_node")
    message_db.install(url)
    node = opened.enter_context(Node("message_db.js", url=url, connections=32))
    topic, payload, envelope = VALUES
    given = {"topic": topic, "data": payload.decode(), "metadata": envelope.decode(), "entries": APPENDS}
    return lambda writers, size: float(
        node.call("append", writers=writers, size=size, seconds=SECONDS, **given)
    )


def _emmett(bench: Bench, opened: ExitStack) -> Side:
    node = opened.enter_context(
        Node("emmett.js", url=databases.empty(bench.server, "emmett"), connections=32)
    )
    topic, payload, envelope = VALUES
    event = {"type": topic, "data": orjson.loads(payload)}
    given = {"event": event, "metadata": orjson.loads(envelope), "entries": APPENDS, "seconds": SECONDS}
    return lambda writers, size: float(node.call("append", writers=writers, size=size, **given))


def _stock_application(bench: Bench, opened: ExitStack) -> Side:
    app = stock.Assets(stock.environment(databases.empty(bench.server, "stock")))
    opened.callback(app.close)
    return lambda writers, size: rate(writers, lambda: stock.saver(app, ENTRY, APPENDS, size))


def _stock_recorder(bench: Bench, opened: ExitStack) -> Side:
    app = stock.Assets(stock.environment(databases.empty(bench.server, "recorder")))
    opened.callback(app.close)
    topic, payload, _ = VALUES
    return lambda writers, size: rate(writers, lambda: stock.inserter(app, topic, payload, APPENDS, size))


def _table(bench: Bench, name: str) -> str:
    url = databases.empty(bench.server, name)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(plain.TABLE)
    return url


def _insert(bench: Bench, _opened: ExitStack) -> Side:
    url = _table(bench, "plain")
    return _by_connections(
        lambda: psycopg.connect(url, autocommit=True),
        lambda connection, size: plain.inserter(connection, VALUES, APPENDS, size),
    )


def _pgbench(bench: Bench, _opened: ExitStack) -> Side:
    url = _table(bench, "pgbench")
    plain.pgbench(url, VALUES, 1, bench.folder)
    return lambda writers, _size: plain.pgbench(url, VALUES, writers, bench.folder)


_PEERS = {
    "Message DB": _message_db,
    "Message DB by node": _message_db_by_node,
    "emmett": _emmett,
    "stock recorder": _stock_recorder,
    "stock application": _stock_application,
    "INSERT": _insert,
    "pgbench INSERT": _pgbench,
}
