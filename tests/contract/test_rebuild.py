"""A read model is built anew beside the old one, which answers until the new one takes its place."""

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import filling
from projections.filling import unhurried
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import differences, oid, refs, seized, write

ASSETS = read_models()["assets"]


class Interrupted(Exception):  # noqa: N818 - not an error of the program
    """What the progress raises in the middle."""


def interrupt(done: int, of: int) -> None:
    raise Interrupted(done, of)


def test_a_rebuild_tells_how_far_it_is_and_where_it_stands(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_FILES", 2)
    for number in range(5):
        write(store, seized(f"TS-{number}"))
    seen: list[tuple[int, int]] = []
    assert rebuild(database, ASSETS, progress=lambda done, of: seen.append((done, of))) == 5
    assert seen[:3] == [(2, 5), (4, 5), (5, 5)]
    assert rebuild(database, *read_models().values()) == 5
    assert differences(database) == {}


def test_rows_that_were_wrong_are_right_after_a_rebuild(database: str, store: PostgresStore) -> None:
    write(store, "seized")
    Runner(database).catch_up()
    with unhurried(database) as own:
        own.execute("UPDATE assets SET office = 'KV-9', rounds = 7")
    before = oid(database)
    rebuild(database, ASSETS)
    assert differences(database) == {}
    assert oid(database) != before


def test_a_rebuild_that_breaks_off_leaves_the_old_one_answering_and_can_be_done_again(
    database: str, store: PostgresStore
) -> None:
    write(store, "seized", "appraised")
    Runner(database).catch_up()
    first = oid(database)
    with pytest.raises(Interrupted):
        rebuild(database, ASSETS, progress=interrupt)
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
        rebuild(database, ASSETS, progress=interrupt_the_last)
    assert oid(database) == first
    Runner(database).catch_up()
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
