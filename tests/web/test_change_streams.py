"""The feed as server-sent events, on real sockets."""

import json
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from api import streams
from api.changes import Page
from api.changes import page as whole
from auctions.store.postgres import PostgresStore
from tests.contract.registers import command
from tests.unit.given import entry
from tests.web.register import LAND, OTHER, recorded
from tests.web.streaming import Reader, serving
from tests.web.test_changes import recorded as record
from tests.web.test_unready import eventually

COST = entry("cost_accrued", 30)


@pytest.fixture
def port(database: str) -> Iterator[int]:
    """The port of the service on a register of the test's own."""
    recorded(database)
    with serving(database) as (port, _):
        yield port


def page(port: int, query: str) -> dict[str, Any]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/v1/changes?{query}")
    answer: dict[str, Any] = json.load(connection.getresponse())
    connection.close()
    return answer


def fill(store: PostgresStore) -> None:
    """Record twelve megabytes in 6,000 entries, more than the sockets between two programs hold."""
    large = entry("cost_accrued", 30, note="x" * 2000)
    for number in range(60):
        store.append(command(uuid4(), 0, entry("seized", 1, asset_ref=f"TS-{number}"), *[large] * 99))


def refused(port: int) -> tuple[int, str, str | None]:
    """The status, code and Retry-After with which one more stream is refused."""
    reader = Reader(port)
    told = json.load(reader.answer)
    reader.close()
    return reader.answer.status, told["code"], reader.answer.headers["retry-after"]


def test_a_stream_tells_what_the_pages_tell_and_then_what_is_recorded(
    port: int, store: PostgresStore
) -> None:
    reader = Reader(port)
    assert reader.answer.headers["content-type"].startswith("text/event-stream")
    assert reader.take(25) == page(port, "limit=1000")["items"]
    for _ in range(3):
        done = record(store, LAND, COST)
        assert [change["position"] for change in reader.take(1)] == done
    assert reader.last == 28
    reader.close()


def test_a_stream_goes_on_after_the_last_event_rather_than_where_it_began(port: int) -> None:
    for reader in (Reader(port, last=20, after=3), Reader(port, after=20)):
        assert [change["position"] for change in reader.take(5)] == [21, 22, 23, 24, 25]
        reader.close()


def test_a_stream_tells_only_what_is_asked_for_and_how_far_it_is(port: int, store: PostgresStore) -> None:
    reader = Reader(port, office=OTHER, entry=["seized", "entry_struck"])
    assert [change["position"] for change in reader.take(2)] == [22, 25]
    record(store, LAND, COST)
    record(store, "TS-6", entry("seized", 30, asset_ref="TS-6", office=OTHER), office=OTHER)
    assert [change["position"] for change in reader.take(1)] == [27]
    reader.close()


def test_a_quiet_stream_says_that_it_is_alive_and_from_where_to_resume(
    port: int, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT", 0.1)
    reader = Reader(port, office="KV-9")
    lines = reader.lines()
    assert [next(lines) for _ in range(5)] == ["retry: 1000", "", ": alive", "id: 25", ""]
    record(store, LAND, COST)
    until = time.monotonic() + 5
    assert any(line == "id: 26" and time.monotonic() < until for line in lines)
    reader.close()


def test_more_streams_than_an_address_may_have_are_refused_and_ended_ones_make_room(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "STREAMS_EACH", 2)
    readers = [Reader(port) for _ in range(2)]
    assert refused(port) == (429, "too-many-streams", "5")
    assert page(port, "limit=1")["items"]
    readers.pop().close()

    def one_more() -> bool:
        readers.append(Reader(port))
        return readers[-1].answer.status == 200

    eventually(one_more)
    for reader in readers:
        reader.close()


def test_more_streams_than_a_process_has_are_refused(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "STREAMS", 1)
    reader = Reader(port)
    assert refused(port) == (503, "no-stream-free", "5")
    reader.close()


def test_as_many_streams_as_an_address_may_have_are_all_told(port: int, store: PostgresStore) -> None:
    readers = [Reader(port, after=25) for _ in range(streams.STREAMS_EACH)]
    done = record(store, LAND, COST, COST)
    assert [[change["position"] for change in reader.take(2)] for reader in readers] == [done] * len(readers)
    for reader in readers:
        reader.close()


def test_a_client_that_does_not_read_makes_the_service_read_no_further(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = list[int]()

    async def counted(*asked: Any) -> Page:  # noqa: ANN401 - passed on
        told = await whole(*asked)
        read.append(told.position)
        return told

    monkeypatch.setattr(streams, "page", counted)
    fill(store)
    with serving(database) as (port, _):
        reader = Reader(port, buffer=65536)
        eventually(lambda: read)
        before = 0
        while before != len(read):
            before = len(read)
            time.sleep(0.5)
        assert read[-1] < 5000
        assert [change["position"] for change in reader.take(6000)] == list(range(1, 6001))
        reader.close()


def test_a_client_that_takes_nothing_for_long_is_let_go(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_PATIENCE", 0.2)
    monkeypatch.setattr(streams, "STREAMS", 1)
    fill(store)
    with serving(database) as (port, _):
        stalled = Reader(port, buffer=65536)

        def let_go() -> bool:
            other = Reader(port, after=10**6)
            other.close()
            return other.answer.status == 200

        eventually(let_go)
        stalled.close()


def test_streams_end_when_the_service_stops(database: str) -> None:
    recorded(database)
    with serving(database) as (port, server):
        reader = Reader(port)
        assert len(reader.take(25)) == 25
        began = time.monotonic()
        threading.Timer(0.2, setattr, [server, "should_exit", True]).start()
        assert list(reader.changes()) == []
    assert time.monotonic() - began < 5
    reader.close()


def test_a_stream_ends_where_an_entry_cannot_be_read_and_others_go_on(port: int, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("ALTER TABLE auctions.events DISABLE TRIGGER events_stay")
        own.execute("UPDATE auctions.events SET topic = 'asset.of_tomorrow' WHERE position = 20")
    reader = Reader(port)
    assert [change["position"] for change in reader.changes()] == list(range(1, 20))
    reader.close()
    reader = Reader(port, after=21)
    assert [change["position"] for change in reader.take(4)] == [22, 23, 24, 25]
    reader.close()
