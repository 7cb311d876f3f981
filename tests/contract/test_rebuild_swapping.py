"""A rebuilt table takes its place in one moment: nobody sees a gap, or is kept by another who reads."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event
from uuid import UUID, uuid4

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log, sharing, tracking
from projections import rebuild as rebuilding
from projections.check import first_difference
from projections.filling import Part, oids, unhurried
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import command, differences, oid, refs, seized, write

ASSETS = read_models()["assets"]
Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def reader(database: str) -> Iterator[psycopg.Connection]:
    """A connection whose transactions see one moment."""
    Runner(database).catch_up()
    with connection(database) as opened:
        opened.autocommit = False
        opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield opened


def test_a_rebuild_waits_for_one_who_reads_and_others_are_answered_meanwhile(
    database: str,
    store: PostgresStore,
    reader: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    until: Until,
) -> None:
    monkeypatch.setattr(rebuilding, "_SWAP", "50ms")
    monkeypatch.setattr(rebuilding, "_PAUSE", 0.05)
    write(store, seized("TS-1"))
    tracking.hold(reader, ["assets"])
    before, tries = oid(database), []
    with ThreadPoolExecutor(1) as threads:
        building = threads.submit(rebuild, database, ASSETS, progress=lambda *_: tries.append(1))
        until(lambda: len(tries) > 5)
        slowest = max(_seconds(database) for _ in range(30))
        write(store, seized("TS-2"))
        Runner(database).catch_up()
        assert (refs(database), oid(database), building.done()) == (["TS-1", "TS-2"], before, False)
        reader.rollback()
        assert building.result(10) == 2
    assert slowest < 0.5, "who asks is kept for no longer than a try to swap"
    assert oid(database) != before
    assert (refs(database), differences(database)) == (["TS-1", "TS-2"], {})


def _seconds(url: str) -> float:
    began = time.monotonic()
    refs(url)
    return time.monotonic() - began


def test_who_holds_a_read_model_sees_its_place_and_its_rows_as_of_one_moment(
    database: str, store: PostgresStore, reader: psycopg.Connection
) -> None:
    write(store, seized("TS-1"))
    with ThreadPoolExecutor(1) as threads:
        tracking.hold(reader, ["assets", "findings"])
        building = threads.submit(rebuild, database, ASSETS)
        time.sleep(0.2)
        position = tracking.position(reader, "assets")
        rows = reader.execute("SELECT count(*) FROM assets").fetchone()
        reader.rollback()
        building.result(10)
        assert (position, rows) in {(0, (0,)), (1, (1,))}
    position = tracking.position(reader, "assets")  # a moment, without holding
    rebuild(database, ASSETS)
    assert (position, reader.execute("SELECT count(*) FROM assets").fetchone()) == (1, (0,)), "a gap"


def test_a_proof_during_rebuilds_finds_no_difference(
    database: str, store: PostgresStore, reader: psycopg.Connection
) -> None:
    for number in range(20):
        write(store, seized(f"TS-{number}"))
    stop, ended, found = Event(), list[int](), list[object]()

    def again() -> None:
        while not stop.is_set():
            ended.append(rebuild(database, ASSETS))

    with ThreadPoolExecutor(1) as threads:
        building = threads.submit(again)
        reader.autocommit = True
        while not building.done() and (len(found) < 60 or len(ended) < 2):
            found.append(first_difference(reader, ASSETS))
        stop.set()
        building.result(10)
    assert len(ended) >= 2
    assert found == [None] * len(found)


def test_a_rebuild_ends_though_writers_never_pause(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PAGE", 4)
    Runner(database).catch_up()
    numbers = count()

    def one_more(_done: int, _of: int) -> None:
        store.append(command(uuid4(), 0, seized(f"TS-{next(numbers)}")))

    assert rebuild(database, ASSETS, progress=one_more) > 0
    assert next(numbers) < 20
    Runner(database).catch_up()
    assert differences(database) == {}


def test_a_process_left_over_from_a_rebuild_that_was_killed_fills_no_other_table(
    database: str, store: PostgresStore
) -> None:
    write(store, seized("TS-1"))
    models = [read_models()[name] for name in ("assets", "unsold_totals")]
    modules = [f"projections.{model.name}" for model in models]
    with unhurried(database) as own:
        for model in models:
            model.create_table(own, f"{model.name}__next")
        old = oids(own, ["assets", "unsold_totals"])
        own.execute("DROP TABLE assets__next")
        ASSETS.create_table(own, "assets__next")
        part = [Part(UUID(int=0), None, 1)]
        with pytest.raises(ValueError, match="could not fill its part"):
            list(sharing._alone(database, modules, old, part))  # noqa: SLF001 - what a killed rebuild leaves running
        assert own.execute("SELECT * FROM unsold_totals__next").fetchall() == []
        done = list(sharing._alone(database, modules, oids(own, old), part))  # noqa: SLF001 - and what it should do
        assert (done, own.execute("SELECT asset_ref FROM assets__next").fetchall()) == (
            ["done\n"],
            [("TS-1",)],
        )


def test_a_process_that_has_lost_the_database_says_so(database: str) -> None:
    part = [Part(uuid4(), None, 1)]
    away = psycopg.conninfo.make_conninfo(database, dbname="no_such_database")
    with pytest.raises(psycopg.OperationalError, match="has lost the database"):
        list(sharing._alone(away, ["projections.assets"], {"assets": 1}, part))  # noqa: SLF001 - one share of a rebuild
