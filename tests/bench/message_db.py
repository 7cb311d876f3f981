"""Message DB: its SQL as its package installs it, called by psycopg.

psycopg is the faster way to it for one writer, node's pg for many, so appends are measured by both.
"""

from collections.abc import Iterable
from itertools import count
from time import perf_counter
from typing import Any
from uuid import uuid4

import orjson
import psycopg

from auctions.store.codec import encode
from tests.bench import node
from tests.bench.workload import Recorded, stream
from tests.bench.writers import Call

_OPTIONS = "-c search_path=message_store,public"
_FILES = (
    *("schema/message-store", "tables/messages", "types/message"),
    *(
        f"functions/{name}"
        for name in (
            *("message-store-version", "hash-64", "acquire-lock", "category", "is-category", "id"),
            *("cardinal-id", "stream-version", "write-message", "get-stream-messages"),
            *("get-category-messages", "get-last-stream-message"),
        )
    ),
    *("indexes/messages-id", "indexes/messages-stream", "indexes/messages-category"),
)
"""In the order of its install script; its role and grants, which nobody here needs, are left out."""
_WRITE = "SELECT write_message(%s, %s, %s, %s, %s, %s)"
_STREAM = "SELECT type, data, position FROM get_stream_messages(%s, 0, -1)"
_CATEGORY = """SELECT id, stream_name, type, position, global_position, data, metadata
    FROM get_category_messages(%s, %s, %s)"""


def install(url: str) -> None:
    """Make its schema in an empty database. Raises Missing when the package is not to be had."""
    folder = node.installed() / "node_modules" / "@eventide" / "message-db" / "database"
    with psycopg.connect(url, autocommit=True, options=_OPTIONS) as connection:
        for name in _FILES:
            connection.execute((folder / f"{name}.sql").read_bytes())


def connect(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url, autocommit=True, options=_OPTIONS)


def write(
    connection: psycopg.Connection[Any], name: str, values: tuple[str, str, str], expected: int
) -> None:
    """Write one message: type, data and metadata; `expected` is the stream's version, -1 before its first."""
    connection.execute(_WRITE, (str(uuid4()), name, *values, expected), prepare=True)


def appender(
    connection: psycopg.Connection[Any], values: tuple[str, str, str], entries: int, size: int
) -> Call:
    """Return what writes `size` messages in one transaction, `entries` times to a stream."""
    name, last = "", entries * size - 1

    def append() -> None:
        nonlocal name, last
        if last + 1 >= entries * size:
            name, last = f"asset-{uuid4()}", -1
        if size == 1:
            write(connection, name, values, last)
        else:
            with connection.transaction():
                for place in range(size):
                    write(connection, name, values, last + place)
        last += size

    return append


def fill(url: str, commands: Iterable[Recorded]) -> None:
    """Write the commands in order."""
    with connect(url) as connection, connection.transaction():
        for recorded in commands:
            metadata = orjson.dumps(recorded.command().envelope._asdict()).decode()
            for place, entry in enumerate(recorded.entries):
                data, expected = encode(entry).decode(), recorded.expected + place - 1
                write(connection, stream(recorded.number), (entry.TOPIC, data, metadata), expected)


def loader(connection: psycopg.Connection[Any], names: list[str]) -> Call:
    """Return what loads one file after another: its messages read, decoded and folded."""
    turn = count()

    def load() -> None:
        name = names[next(turn) % len(names)]
        reductions, price, reference = 0, None, None
        for topic, data, _ in connection.execute(_STREAM, [name], prepare=True):
            fields = orjson.loads(data)
            if topic == "asset.seized":
                reference = fields["asset_ref"]
            elif topic == "asset.appraised":
                price = fields["value"]
            elif topic == "asset.price_reduced":
                price, reductions = fields["to_price"], reductions + 1
        if reference is None or price is None:
            raise RuntimeError(f"{name} was not loaded")

    return load


def read_log(url: str, page: int) -> float:
    """Read every message of the category by pages, decoded; return messages a second."""
    start, place, done = perf_counter(), 1, 0
    with connect(url) as connection:
        while rows := connection.execute(_CATEGORY, ["asset", place, page], prepare=True).fetchall():
            for row in rows:
                orjson.loads(row[5]), orjson.loads(row[6])
            place, done = rows[-1][4] + 1, done + len(rows)
    return done / (perf_counter() - start)
