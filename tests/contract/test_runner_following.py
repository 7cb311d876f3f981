"""The runner beside the service: it follows at once and outlives a lost connection."""

from collections.abc import Callable
from threading import Thread
from time import monotonic
from typing import Any

import psycopg
import pytest

from auctions.store.codec import encode
from auctions.store.postgres import PostgresStore
from projections import runner as runners
from projections.runner import Runner
from tests.contract.registers import differences, followed, insert, leaders, refs, running, seized, write
from tests.unit.given import entry

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "_POLL", 0.05)


def test_a_notice_brings_a_new_entry_at_once(
    database: str, store: PostgresStore, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runners, "_POLL", 60.0)  # so that only the notice can bring it
    with running(database, Runner(database)):
        until(lambda: followed(database))
        for number in range(5):
            began = monotonic()
            write(store, seized(f"TS-{number}"))
            until(lambda: followed(database))
            assert monotonic() - began < 5
    assert len(refs(database)) == 5


def test_without_a_notice_the_log_is_looked_at_all_the_same(
    database: str, admin: psycopg.Connection, until: Until, quick: None
) -> None:
    del quick
    with running(database, Runner(database)):
        until(lambda: followed(database))
        insert(admin, "asset.seized", encode(entry("seized", 1)))
        until(lambda: followed(database))
    assert refs(database) == ["TS-17"]


def test_a_lost_connection_is_made_anew_and_what_came_meanwhile_is_read(
    database: str, store: PostgresStore, admin: psycopg.Connection, until: Until, quick: None
) -> None:
    del quick
    with running(database, Runner(database)):
        for number in range(3):
            until(lambda: leaders(admin))
            (leader,) = leaders(admin)
            admin.execute("SELECT pg_terminate_backend(%s)", [leader])
            write(store, seized(f"TS-{number}"))
            until(lambda: followed(database))
            assert leaders(admin) != [leader]
    assert (refs(database), differences(database)) == (["TS-0", "TS-1", "TS-2"], {})


def test_a_connection_lost_as_the_building_begins_does_not_put_the_building_off(
    database: str, admin: psycopg.Connection, until: Until, quick: None
) -> None:
    del quick
    lost: list[int] = []

    class Unlucky(Runner):
        def prepare(self, own: psycopg.Connection[Any]) -> None:
            if not lost:
                lost.append(own.info.backend_pid)
                admin.execute("SELECT pg_terminate_backend(%s)", lost)
            super().prepare(own)

    with running(database, Unlucky(database)):
        until(lambda: followed(database))
    assert lost


def test_a_database_that_is_away_is_waited_for(
    database: str, server: str, store: PostgresStore, until: Until, quick: None
) -> None:
    del quick
    store.close()
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with psycopg.connect(server, autocommit=True) as elsewhere:
        elsewhere.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        runner = Runner(database)
        thread = Thread(target=runner.run)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        elsewhere.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
    until(lambda: followed(database))
    runner.stop()
    thread.join(10)
    assert not thread.is_alive()
