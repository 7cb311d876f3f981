"""The proof finds what differs from a replay and names it."""

from uuid import UUID

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log, tracking
from projections.check import first_difference
from projections.filling import unhurried
from projections.projection import Projection
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import add, command, differences, refs, seized
from tests.unit.given import PRICE, entry, given
from tests.unit.situations import FAILED

FIRST, SECOND, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)
CHANGES = [
    ("UPDATE assets SET rounds = 2 WHERE asset_ref = 'TS-2'", f"asset {SECOND}: rounds is 2, not 1"),
    (
        "UPDATE assets SET office = 'KV-9', loan_value = 5",
        f"asset {FIRST}: office is 'KV-9', not 'KV-3'; loan_value is 5, not None",
    ),
    ("UPDATE assets SET price = NULL", f"asset {FIRST}: price is None, not {PRICE * 9 // 10}"),
    ("DELETE FROM assets WHERE asset_ref = 'TS-1'", f"asset {FIRST}: a row is missing"),
    ("DELETE FROM assets WHERE asset_ref = 'TS-3'", f"asset {THIRD}: a row is missing"),
    ("DELETE FROM assets", f"asset {FIRST}: a row is missing"),
    (
        "UPDATE assets SET asset_id = '00000000-0000-0000-0000-000000000009' WHERE asset_ref = 'TS-3'",
        f"asset {THIRD}: a row is missing",
    ),
    (
        "UPDATE assets SET asset_id = '00000000-0000-0000-0000-000000000000' WHERE asset_ref = 'TS-1'",
        f"asset {UUID(int=0)}: a row should not be there",
    ),
]


@pytest.fixture
def answered(database: str, store: PostgresStore) -> str:
    """The URL of a database in which three files are recorded and answered."""
    for asset_id, ref in [(SECOND, "TS-2"), (FIRST, "TS-1"), (THIRD, "TS-3")]:
        lines = given(seized(ref), *FAILED[1:], "price_reduced").lines
        store.append(command(asset_id, 0, *(line for _, line in lines)))
    Runner(database).catch_up()
    return database


def change(url: str, statement: str) -> None:
    with unhurried(url) as own:
        own.execute(statement.encode())


def test_what_equals_a_replay_has_no_difference(answered: str) -> None:
    assert (refs(answered), differences(answered)) == (["TS-1", "TS-2", "TS-3"], {})


def test_the_first_row_that_differs_is_named_with_both_values(answered: str) -> None:
    for statement, words in CHANGES:
        change(answered, statement)
        assert differences(answered) == {"assets": words}
        rebuild(answered, read_models()["assets"])
        assert differences(answered) == {}


@pytest.mark.parametrize("number", [0, 9])
def test_a_row_too_many_is_named_wherever_it_stands(answered: str, number: int) -> None:
    columns = ", ".join(read_models()["assets"].columns)
    rest = columns.partition(", ")[2]
    statement = f"INSERT INTO assets ({columns}) SELECT '{UUID(int=number)}', {rest} FROM assets LIMIT 1"  # noqa: S608 - names of columns
    change(answered, statement)
    assert differences(answered) == {"assets": f"asset {UUID(int=number)}: a row should not be there"}


def test_a_price_level_that_differs_is_named(answered: str) -> None:
    change(answered, f"UPDATE price_ladder SET price = 1 WHERE asset_id = '{THIRD}' AND step = 2")  # noqa: S608 - a constant
    assert differences(answered) == {"price_ladder": f"asset {THIRD}: price is 1, not {PRICE * 9 // 10}"}


def test_a_price_level_that_is_missing_is_told_from_the_one_after_it(answered: str) -> None:
    change(answered, "DELETE FROM price_ladder WHERE step = 1")
    assert differences(answered) == {"price_ladder": f"asset {FIRST}: a row is missing"}
    with connection(answered) as own:
        found = first_difference(own, read_models()["price_ladder"])
    assert found
    assert (found.has, (found.should_have or {})["step"]) == (None, 1)


def test_the_difference_holds_both_rows_by_column(answered: str) -> None:
    change(answered, "UPDATE assets SET costs = 1")
    with connection(answered) as own:
        found = first_difference(own, read_models()["assets"])
    assert found
    assert (found.name, found.asset_id) == ("assets", FIRST)
    assert (found.has or {})["costs"] == 1
    assert (found.should_have or {})["costs"] == 0
    assert list(found.has or {}) == list(read_models()["assets"].columns)


def test_a_read_model_behind_the_log_is_compared_as_of_its_own_place(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PAGE", 2)
    runner = Runner(database)
    with unhurried(database) as own:
        runner.prepare(own)
        for asset_id in (FIRST, SECOND):
            store.append(command(asset_id, 0, seized(f"TS-{asset_id.int}"), entry("cost_accrued", 2)))
        for number in range(3):
            add(store, FIRST, entry("cost_accrued", 3 + number), entry("cost_accrued", 3 + number))
            assert differences(database) == {}
            assert runner.advance(own)
            assert differences(database) == {}
        change(database, "UPDATE assets SET costs = costs + 1")
    assert differences(database) == {"assets": f"asset {FIRST}: costs is 7500001, not 7500000"}


def test_a_read_model_may_tell_the_number_of_the_last_entry(database: str, store: PostgresStore) -> None:
    columns = {"asset_id": "uuid", "last": "int4"}
    model = Projection("versions", columns, "asset_id", (), lambda file: [(file.asset_id, file.version)])
    runner = Runner(database, [model])
    for on in (5, 2, 9):
        store.append(command(UUID(int=on), 0, seized(f"TS-{on}"), entry("cost_accrued", on)))
        runner.catch_up()
        add(store, UUID(int=5), entry("cost_accrued", on))
        runner.catch_up()
    with connection(database) as own:
        assert first_difference(own, model) is None
        assert own.execute("SELECT last FROM versions ORDER BY last").fetchall() == [(2,), (2,), (5,)]


def test_a_read_model_never_built_stands_at_0_and_cannot_be_compared(database: str) -> None:
    with connection(database) as own:
        assert tracking.position(own, "assets") == 0
        with pytest.raises(psycopg.errors.UndefinedTable, match='relation "assets" does not exist'):
            first_difference(own, read_models()["assets"])
