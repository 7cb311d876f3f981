"""Connections that speak libpq themselves."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import psycopg
import pytest
import uvloop
from psycopg.conninfo import make_conninfo

from api import connections
from api.connections import Connections
from tests.web.test_unready import eventually, on_readers

Run = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture(params=[asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Run:
    """Each of the two event loops that the service may run on."""
    chosen: Run = request.param
    return chosen


async def number(asked: Connections, query: bytes = b"SELECT 1") -> int:
    found = await asked.ask(query)
    return int(found.get_value(0, 0) or b"")


def test_more_may_ask_at_once_than_there_are_connections(database: str, run: Run) -> None:
    async def asking() -> None:
        asked = Connections(database, 2)
        found = await asyncio.gather(*[number(asked, b"SELECT %d" % each) for each in range(50)])
        assert found == list(range(50))
        await asked.close()

    run(asking())


def test_more_statements_than_a_connection_keeps_are_answered(
    database: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_STATEMENTS", 3)

    async def asking() -> None:
        asked = Connections(database, 1)
        for _ in range(2):
            assert [await number(asked, b"SELECT %d" % each) for each in range(10)] == list(range(10))
        prepared = b"SELECT count(*) FROM pg_prepared_statements"
        assert await number(asked, prepared) <= 3
        await asked.close()

    run(asking())


def test_a_question_larger_than_the_socket_takes_at_once_is_answered(database: str, run: Run) -> None:
    async def asking() -> None:
        asked = Connections(database)
        word = b"x" * 30_000_000
        assert await number(asked, b"SELECT length('%b')" % word) == len(word)
        await asked.close()

    run(asking())


def test_a_connection_lost_while_nobody_asks_is_replaced(database: str, run: Run) -> None:
    async def asking() -> None:
        asked = Connections(database)
        assert await number(asked) == 1
        assert on_readers(database, "pg_terminate_backend", "idle")
        await asyncio.sleep(0.2)
        assert await number(asked) == 1
        await asked.close()

    run(asking())


def test_a_connection_lost_under_a_question_is_told_and_replaced(database: str, run: Run) -> None:
    async def asking() -> None:
        asked = Connections(database)
        asleep = asyncio.create_task(number(asked, b"SELECT 1 FROM pg_sleep(9)"))
        await asyncio.to_thread(eventually, lambda: on_readers(database, "pg_terminate_backend", "active"))
        with pytest.raises(psycopg.OperationalError):
            await asleep
        assert await number(asked) == 1
        await asked.close()

    run(asking())


def test_a_question_that_failed_leaves_the_others_alone(database: str, run: Run) -> None:
    async def asking() -> None:
        asked = Connections(database, 1)
        for query in (b"SELECT 1/0", b"SELECT FROM nowhere", b"SELECT 1/(random() * 0)::int"):
            with pytest.raises(psycopg.Error):
                await asked.ask(query)
            assert await number(asked) == 1
        await asked.close()

    run(asking())


def test_a_question_that_is_given_up_leaves_the_others_alone(database: str, run: Run) -> None:
    async def asking() -> None:
        asked = Connections(database, 1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asked.ask(b"SELECT 1 FROM pg_sleep(9)"), 0.2)
        assert await number(asked) == 1
        await asked.close()

    run(asking())


def test_a_database_that_does_not_answer_is_told(
    database: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QUERY_SECONDS", "WAIT"):
        monkeypatch.setattr(connections, name, 0.2)

    async def asking() -> None:
        asked = Connections(database, 1)
        slow = asyncio.create_task(asked.ask(b"SELECT 1 FROM pg_sleep(9)"))
        await asyncio.sleep(0.05)
        with pytest.raises(psycopg.OperationalError, match="no connection is free"):
            await number(asked)
        with pytest.raises(psycopg.OperationalError, match="does not answer"):
            await slow
        await asked.close()

    run(asking())


def test_a_database_that_is_not_there_is_told(server: str, run: Run) -> None:
    async def asking() -> None:
        asked = Connections(make_conninfo(server, dbname="auctions_never_there"))
        with pytest.raises(psycopg.OperationalError):
            await number(asked)

    run(asking())
