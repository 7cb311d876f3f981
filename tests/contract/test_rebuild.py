"""A read model is built anew beside the old one, which answers until the new one takes its place."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from threading import Event

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log, tracking
from projections.projection import Projection
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import (
    differences,
    head,
    interleaved,
    lived,
    refs,
    running,
    seeded,
    seized,
    write,
)

ASSETS, LADDER = read_models()["assets"], read_models()["price_ladder"]
OID = "SELECT 'projections.assets'::regclass::oid"


def oid(url: str) -> int:
    """Return what tells one table from the next of the same name."""
    with connection(url) as own:
        row = own.execute(OID).fetchone()
        assert row
        return int(row[0])


def version(url: str) -> str:
    with connection(url) as own:
        return tracking.tracked(own, ["assets"])[0].version


class Interrupted(Exception):  # noqa: N818 - not an error of the program
    """What the progress raises in the middle."""


def interrupt(done: int, of: int) -> None:
    raise Interrupted(done, of)


def test_a_rebuild_tells_how_far_it_is_and_where_it_stands(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PAGE", 2)
    write(store, "seized", "appraised", "round_announced", "round_failed", "price_reduced")
    seen: list[tuple[int, int]] = []
    assert rebuild(database, ASSETS, lambda done, of: seen.append((done, of))) == 5
    assert seen[:3] == [(2, 5), (4, 5), (5, 5)]
    assert rebuild(database, LADDER) == 5
    assert differences(database) == {}


def test_rows_that_were_wrong_are_right_after_a_rebuild(database: str, store: PostgresStore) -> None:
    write(store, "seized")
    Runner(database).catch_up()
    with connection(database) as own:
        own.execute("UPDATE assets SET office = 'KV-9', rounds = 7")
    before = oid(database)
    rebuild(database, ASSETS)
    assert differences(database) == {}
    assert oid(database) != before


@contextmanager
def writing(store: PostgresStore) -> Iterator[None]:
    """Two writers who write entries of random lives, one after the other, until the end of the block."""
    stop = Event()

    def work(seed: int) -> int:
        random = seeded(seed)
        files = (lived(random, f"TS-{seed}-{number}") for number in range(1000))
        recorded = 0
        for file in files:
            for asked in interleaved(random, [file]):
                store.append(asked)
                recorded += 1
                if stop.is_set():
                    return recorded
        return recorded

    with ThreadPoolExecutor(2) as threads:
        writers = [threads.submit(work, seed) for seed in (1, 2)]
        yield
        stop.set()
        assert all(writer.result(10) for writer in writers)


@pytest.mark.parametrize("with_runner", [False, True])
def test_a_rebuild_under_writers_differs_in_nothing_and_the_old_one_answers_meanwhile(
    database: str,
    store: PostgresStore,
    monkeypatch: pytest.MonkeyPatch,
    with_runner: bool,  # noqa: FBT001 - a case of the table
) -> None:
    monkeypatch.setattr(log, "PAGE", 40)
    random = seeded(5)
    with store.transaction() as transaction:
        transaction.append_all(interleaved(random, [lived(random, f"TS-{number}") for number in range(30)]))
    runner = Runner(database)
    runner.catch_up()
    known, answers = len(refs(database)), []

    def ask(_done: int, _of: int) -> None:
        answers.append(len(refs(database)) >= known)

    def thrice() -> None:
        before = oid(database)
        for model in [ASSETS, LADDER, ASSETS]:
            start = head(database)
            assert rebuild(database, model, ask if model is ASSETS else lambda _done, _of: None) >= start
        assert oid(database) != before

    with writing(store), running(database, runner) if with_runner else nullcontext():
        thrice()
    Runner(database).catch_up()
    assert len(answers) > 10
    assert all(answers)
    assert differences(database) == {}
    with connection(database) as own:
        places = tracking.tracked(own, read_models())
    assert [place.position for place in places] == [head(database)] * 2


@pytest.mark.parametrize(
    "changed",
    [
        replace(ASSETS, version=2),
        replace(ASSETS, indexes=ASSETS.indexes[:-1]),
        replace(ASSETS, columns={**ASSETS.columns, "costs": "int4 NOT NULL"}),
        replace(ASSETS, primary_key="asset_id, asset_ref"),
    ],
    ids=["version", "indexes", "columns", "key"],
)
def test_another_version_or_schema_makes_the_runner_rebuild(
    database: str, store: PostgresStore, changed: Projection
) -> None:
    write(store, "seized")
    Runner(database).catch_up()
    first, before = oid(database), version(database)
    Runner(database).catch_up()
    assert oid(database) == first
    Runner(database, [changed]).catch_up()
    assert oid(database) != first
    assert version(database) == changed.fingerprint != before
    assert differences(database) == {}


def test_a_rebuild_that_breaks_off_leaves_the_old_one_answering_and_can_be_done_again(
    database: str, store: PostgresStore
) -> None:
    write(store, "seized", "appraised")
    Runner(database).catch_up()
    first = oid(database)
    with pytest.raises(Interrupted):
        rebuild(database, ASSETS, interrupt)
    assert (oid(database), refs(database)) == (first, ["TS-17"])
    write(store, seized("TS-18"))
    Runner(database).catch_up()
    assert (refs(database), differences(database)) == (["TS-17", "TS-18"], {})
    assert rebuild(database, ASSETS) == 3
    assert (refs(database), differences(database)) == (["TS-17", "TS-18"], {})


def test_a_rebuild_that_breaks_off_at_the_end_swaps_nothing(database: str, store: PostgresStore) -> None:
    write(store, "seized")
    Runner(database).catch_up()
    first, late = oid(database), []

    def interrupt_the_last(done: int, of: int) -> None:
        late.append(done)
        if len(late) == 1:
            write(store, seized("TS-18"))
        if len(late) == 3:
            interrupt(done, of)

    with pytest.raises(Interrupted):
        rebuild(database, ASSETS, interrupt_the_last)
    assert oid(database) == first
    Runner(database).catch_up()
    assert differences(database) == {}


def test_two_rebuilds_at_once_come_one_after_the_other(database: str, store: PostgresStore) -> None:
    random = seeded(9)
    with store.transaction() as transaction:
        transaction.append_all(interleaved(random, [lived(random, f"TS-{number}") for number in range(10)]))
    Runner(database).catch_up()
    inside: list[str] = []

    def build(name: str) -> int:
        return rebuild(database, ASSETS, lambda _done, _of: inside.append(name))

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(build, ["first", "second"])) == [head(database)] * 2
    turns = [name for at, name in enumerate(inside) if at == 0 or inside[at - 1] != name]
    assert sorted(turns) == ["first", "second"]
    assert differences(database) == {}


def test_a_new_table_has_the_key_and_indexes_of_the_read_model(database: str, store: PostgresStore) -> None:
    write(store, "seized")
    rebuild(database, ASSETS)
    rebuild(database, ASSETS)
    with connection(database) as own:
        defined = own.execute(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'projections' AND tablename = 'assets'"
        ).fetchall()
        columns = own.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'projections.assets'::regclass AND attnum > 0"
        ).fetchall()
        left = own.execute("SELECT to_regclass('projections.assets__next')").fetchone()
    assert len(defined) == 1 + len(ASSETS.indexes)
    assert sum("UNIQUE" in row[0] for row in defined) == 1
    assert [row[0] for row in columns] == list(ASSETS.columns)
    assert left == (None,)
