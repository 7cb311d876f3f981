"""Appending one entry a command, against a plain single-row INSERT of the same bytes, as durable."""

import statistics
import threading
import time
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg

from auctions.domain.asset.events import PriceReduced
from auctions.domain.event import Envelope
from auctions.store.codec import encode, encode_envelope
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore

SECONDS = 2.0
GOALS = {1: "0.5", 8: "1.0", 32: "1.5"}
ENTRY = PriceReduced(on=date(2026, 7, 1), to_price=1_250_000_000, decided_by="officer")
_TABLE = """CREATE TABLE IF NOT EXISTS plain (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream_id uuid NOT NULL, entry_no int NOT NULL, topic text NOT NULL, payload bytea NOT NULL,
    envelope bytea NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now(), UNIQUE (stream_id, entry_no))"""
_INSERT = "INSERT INTO plain (stream_id, entry_no, topic, payload, envelope) VALUES (%b, %b, %b, %b, %b)"


def append_at(url: str, writers: int, turns: int) -> dict[str, Any]:
    """Return appends a second of both sides at a number of writing threads, medians of alternating turns."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_TABLE)
    store = PostgresStore(url)
    ours: list[float] = []
    plain: list[float] = []
    for _ in range(turns + 1):
        ours.append(rate(writers, lambda: lambda: append(store)))
        plain.append(rate(writers, lambda: plain_writer(url)))
    store.close()
    ours, plain = ours[1:], plain[1:]  # the first turn warms both up
    noise = max(max(side) / min(side) - 1 for side in (ours, plain))
    ratio = statistics.median(ours) / statistics.median(plain)
    return {
        "what": f"append, {writers} writer{'s' if writers > 1 else ''}, against INSERT",
        "ours": statistics.median(ours),
        "beside": statistics.median(plain),
        "ratio": ratio,
        "goal": GOALS[writers],
        "notes": f"±{noise:.0%} between turns",
    }


def append(store: PostgresStore) -> None:
    envelope = Envelope("coordinator-1", "BDI-KV1", "coordinator", uuid.uuid4())
    store.append(Command(uuid.uuid4(), 0, (ENTRY,), envelope))


def plain_writer(url: str) -> Callable[[], None]:
    connection = psycopg.connect(url, autocommit=True)
    topic = ENTRY.TOPIC

    def write() -> None:
        envelope = Envelope("coordinator-1", "BDI-KV1", "coordinator", uuid.uuid4())
        values = (uuid.uuid4(), 1, topic, encode(ENTRY), encode_envelope(envelope))
        connection.execute(_INSERT, values, prepare=True)

    return write


def rate(writers: int, make: Callable[[], Callable[[], None]]) -> float:
    """Return calls a second by `writers` threads over a bounded time, each with a writer of its own."""
    counts: list[int] = []
    calls = [make() for _ in range(writers)]
    until = time.perf_counter() + SECONDS

    def work(call: Callable[[], None]) -> None:
        count = 0
        while time.perf_counter() < until:
            call()
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=work, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS
