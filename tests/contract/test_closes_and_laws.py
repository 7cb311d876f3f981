"""A close is an entry of an office's file, and no read model judges anything anew for it."""

import pytest

from auctions.domain.office.events import BookClosed
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.laws import change_rules, failed_and_cut, found, limit
from tests.contract.registers import add, differences, followed, write
from tests.contract.test_laws_of_offices import stored
from tests.unit.given import entry
from tests.unit.test_closed_books import closed


@pytest.mark.parametrize("page", [1, 5000])
def test_a_close_is_passed_over_by_every_read_model(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(log, "PAGE", page)
    runner, asset = Runner(database), write(store, *failed_and_cut("TS-1"))
    change_rules(store, limit("KV-3", 5))
    runner.catch_up()
    rows = stored(database)
    change_rules(store, closed("2025-Q1"))
    runner.catch_up()
    assert followed(database)
    assert stored(database) == rows
    assert found(database) == [("TS-1", 5, "FAIL-03")]
    change_rules(store, closed("2025-Q2"))
    add(store, asset, entry("cost_accrued", 90))
    runner.catch_up()
    assert (followed(database), differences(database)) == (True, {})
    rebuild(database, *read_models().values())
    assert (found(database), differences(database)) == ([("TS-1", 5, "FAIL-03")], {})


def test_laws_over_time_know_changes_of_rules_alone(database: str, store: PostgresStore) -> None:
    for each in (closed("2025-Q1"), limit("KV-3", 5), closed("2025-Q2")):
        change_rules(store, each)
    with connection(database) as own:
        laws, file = log.laws_over_time(own, 3), log.office_file(own, "KV-3")
        assert log.laws(own, 1).offices == {}
    assert laws.changes({"KV-3": 0}) == [2]
    assert laws.at(3)("KV-3").version == laws.at(2)("KV-3").version != laws.at(1)("KV-3").version
    assert [line.entry_no for line in file if isinstance(line.entry, BookClosed)] == [1, 3]
    assert file[2].entry == closed("2025-Q2")


def test_the_law_after_closes_has_the_version_it_would_have_without(
    database: str, store: PostgresStore
) -> None:
    change_rules(store, closed("2025-Q1"), limit("KV-3", 5), closed("2025-Q2"))
    change_rules(store, limit("KV-5", 5))
    with connection(database) as own:
        laws = log.laws(own, log.head(own))
    assert laws("KV-3").version == laws("KV-5").version
    assert laws("KV-3").version.endswith("+1")
