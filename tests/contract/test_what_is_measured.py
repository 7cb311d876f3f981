"""What the bench measures is what it says: the same rows by every way, and a list that only grows."""

from pathlib import Path

import psycopg
import pytest

from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.bench import catching_up, evidence, listing_question, price_model
from tests.bench.multiplied import Multiplied
from tests.contract.registers import differences, refs, write
from tests.unit.situations import FAILED

FILES = 3


@pytest.fixture
def register(database: str, store: PostgresStore) -> str:
    """A few files; nobody is connected to their database any more."""
    for _ in range(FILES):
        write(store, *FAILED)
    store.close()
    return database


def test_a_read_model_built_anew_by_pages_and_by_one_statement_has_the_same_rows(register: str) -> None:
    found = []
    for way, table in {
        price_model.built: price_model.PROJECTION.name,
        price_model.followed: price_model.PROJECTION.name,
        price_model.inserted: "set_based",
    }.items():
        way(register)
        found.append(price_model.prices(register, table, FILES + 1))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == FILES


def test_read_models_catch_up_from_nothing_each_turn(register: str) -> None:
    for _ in range(2):
        assert catching_up.caught_up(register) > 0
        assert differences(register) == {}


def test_the_list_grows_to_as_many_assets_as_are_asked_for(server: str, register: str) -> None:
    Runner(register).catch_up()
    grown = Multiplied(server, register)
    for asked, assets in ((FILES, FILES), (10, 12), (12, 12)):
        assert grown.grow(asked) == assets == len(refs(grown.url))


def test_the_peers_are_asked_for_their_page_as_sql_that_the_read_models_answer(register: str) -> None:
    Runner(register).catch_up()
    asked = listing_question.queries(register)
    with psycopg.connect(register, options="-c search_path=projections,public") as own:
        for query in asked.values():
            own.execute(query.encode())


def test_an_entry_waits_for_the_first_checkpoint_that_holds_it() -> None:
    seen = [(2, 10.5), (5, 11.0)]
    assert evidence.waits([(1, 10.0), (2, 10.25), (3, 10.5), (5, 10.75)], seen) == [500, 250, 500, 250]


def test_the_log_that_is_verified_and_proved_holds(tmp_path: Path) -> None:
    rows = list(evidence.verified(tmp_path, 700, turns=2))
    assert [row.what for row in rows] == ["700 entries verified offline", "one of 700 proved and checked"]
    assert all(row.ours for row in rows)
