"""One runner leads at a time; the others wait for it, as does who reads his own writes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import psycopg
import pytest

from auctions.store.postgres import PostgresStore
from projections import runner as runners
from projections.projection import Projection
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import differences, followed, leaders, refs, running, seized, write

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "_POLL", 0.05)


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
