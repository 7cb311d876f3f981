"""The runner beside the service: it follows at once, outlives a lost connection, and one leads at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from time import monotonic

import psycopg
import pytest

from auctions.store.codec import encode
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import runner as runners
from projections import tracking
from projections.projection import Projection
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import differences, head, insert, refs, running, seized, write
from tests.unit.given import entry

Until = Callable[[Callable[[], object]], None]
LEADERS = """SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE datname = current_database() AND locktype = 'advisory' AND objid = 7283002 AND granted"""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "_POLL", 0.05)


def followed(url: str) -> bool:
    """Every read model stands at the head of the log."""
    with connection(url) as own:
        places = tracking.tracked(own, read_models())
        return [place.position for place in places] == [head(url)] * 2


def leaders(admin: psycopg.Connection) -> list[int]:
    return [pid for (pid,) in admin.execute(LEADERS)]


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


def test_of_two_runners_one_leads_and_the_other_takes_over_when_it_stops(
    database: str, store: PostgresStore, admin: psycopg.Connection, until: Until, quick: None
) -> None:
    del quick
    with running(database, Runner(database)):
        until(lambda: followed(database))
        first = leaders(admin)
        with running(database, second := Runner(database)):
            write(store, seized("TS-1"))
            until(lambda: followed(database))
            assert (len(first), leaders(admin)) == (1, first)
            second.stop()
    with running(database, Runner(database)):
        until(lambda: leaders(admin))
        assert leaders(admin) != first
        write(store, seized("TS-2"))
        until(lambda: followed(database))
    assert (refs(database), differences(database)) == (["TS-1", "TS-2"], {})


def test_the_one_who_waits_leads_as_soon_as_the_leader_is_gone(
    database: str, store: PostgresStore, admin: psycopg.Connection, until: Until, quick: None
) -> None:
    del quick
    first, second = Runner(database), Runner(database)
    with running(database, second):
        with running(database, first):
            until(lambda: followed(database))
            before = leaders(admin)
        until(lambda: leaders(admin))
        write(store, "seized")
        until(lambda: followed(database))
    assert (len(before), refs(database)) == (1, ["TS-17"])


def test_who_reads_his_own_writes_waits_for_the_runner_that_leads(
    database: str, store: PostgresStore, until: Until, quick: None
) -> None:
    del quick
    with running(database, Runner(database)):
        until(lambda: followed(database))
        for number in range(20):
            write(store, seized(f"TS-{number:02}"))
            Runner(database).catch_up()
            assert len(refs(database)) == number + 1


def test_a_leader_that_does_not_keep_up_is_waited_for_no_longer_than_asked(
    database: str, store: PostgresStore, admin: psycopg.Connection
) -> None:
    Runner(database).catch_up()
    admin.execute("SELECT pg_advisory_lock(7283002)")  # leads and reads nothing
    Runner(database).catch_up(patience=0)
    write(store, "seized")
    began = monotonic()
    with pytest.raises(TimeoutError, match="does not keep up: see `auctions projections status`"):
        Runner(database).catch_up(patience=0.2)
    assert 0.2 <= monotonic() - began < 5
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(Runner(database).catch_up)
        assert not waiting.done()
        admin.execute("SELECT pg_advisory_unlock(7283002)")
        waiting.result(10)
    assert refs(database) == ["TS-17"]


def test_a_leader_that_has_not_built_a_read_model_has_not_reached_it(
    database: str, admin: psycopg.Connection
) -> None:
    Runner(database).catch_up()
    extra = Projection("extra", {"asset_id": "uuid"}, "asset_id", (), lambda _file: [])
    admin.execute("SELECT pg_advisory_lock(7283002)")
    with pytest.raises(TimeoutError):
        Runner(database, [*read_models().values(), extra]).catch_up(patience=0)
