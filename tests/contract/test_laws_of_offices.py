"""An office that changes its rules changes the findings of all its files at once, and of no other's."""

from uuid import UUID

import psycopg
import pytest

from auctions.domain.office.events import LimitOverridden
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.laws import book, change_rules, due, failed_and_cut, found, limit
from tests.contract.registers import add, differences, insert, seized, write
from tests.unit.given import PRICE, entry, struck

MOVED = entry("transferred", 4)
"""Before the cut, on the day of the failed round: KV-5 decides it."""
OWN = [("MOVED-LATER", 5, "FAIL-03"), ("TS-1", 5, "FAIL-03"), ("TS-2", 5, "FAIL-03")]
"""What KV-3 finds once it allows no more than 5 %."""


@pytest.fixture
def register(store: PostgresStore) -> PostgresStore:
    """Two files of KV-3, one of KV-5, one that left KV-3 before the cut and one after it."""
    write(store, *failed_and_cut("TS-1"))
    write(store, *failed_and_cut("TS-2"))
    write(store, *failed_and_cut("ELSEWHERE", office="KV-5"))
    add(store, write(store, *failed_and_cut("MOVED-BEFORE")), MOVED)
    write(store, *failed_and_cut("MOVED-LATER", entry("transferred", 6)))
    return store


def stored(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the two read models of the law, with the transaction that wrote it."""
    with connection(url) as own:
        return {
            name: own.execute(f"SELECT xmin::text, * FROM {name} ORDER BY 2, 3".encode()).fetchall()  # noqa: S608 - names of read models
            for name in ("findings", "next_actions")
        }


@pytest.mark.parametrize("page", [1, 2, 5000])
@pytest.mark.parametrize("caught_up", [True, False])
def test_an_offices_own_limit_is_found_in_all_files_it_decided_and_in_no_other(
    database: str,
    register: PostgresStore,
    monkeypatch: pytest.MonkeyPatch,
    page: int,
    caught_up: bool,  # noqa: FBT001 - a case of the table
) -> None:
    monkeypatch.setattr(log, "PAGE", page)
    runner = Runner(database)
    if caught_up:
        runner.catch_up()
        assert found(database) == []
    change_rules(register, limit("KV-3", 5))
    runner.catch_up()
    assert (found(database), differences(database)) == (OWN, {})
    rebuild(database, *read_models().values())
    assert (found(database), differences(database)) == (OWN, {})
    change_rules(register, limit("KV-3", 10))
    runner.catch_up()
    assert (found(database), differences(database)) == ([], {})


def test_the_office_that_a_file_came_to_judges_what_it_decided_itself(
    database: str, register: PostgresStore
) -> None:
    runner = Runner(database)
    runner.catch_up()
    change_rules(register, limit("KV-5", 5))
    runner.catch_up()
    assert found(database) == [("ELSEWHERE", 5, "FAIL-03"), ("MOVED-BEFORE", 5, "FAIL-03")]
    assert differences(database) == {}


def test_rows_of_another_offices_files_are_not_written_again(database: str, register: PostgresStore) -> None:
    add(register, write(register, *failed_and_cut("THIRD", office="KV-9")), entry("cost_accrued", 7))
    change_rules(register, limit("KV-9", 5))
    runner = Runner(database)
    runner.catch_up()
    before = stored(database)
    change_rules(register, limit("KV-3", 5))
    runner.catch_up()
    after = stored(database)
    for name in before:
        others = [row for row in before[name] if row[4] == "KV-9"]
        assert others
        assert set(others) <= set(after[name])
        assert not set(after[name]) & {row for row in before[name] if row[4] == "KV-3"}


def test_a_limit_counts_from_its_day_and_the_one_decided_last_holds(
    database: str, register: PostgresStore
) -> None:
    runner = Runner(database)
    for asked, expected in [
        (limit("KV-3", 5, effective_on=6), []),
        (limit("KV-3", 5, effective_on=5), OWN),
        (limit("KV-3", 9, effective_on=3), OWN),
        (limit("KV-3", 10, effective_on=4), []),
    ]:
        change_rules(register, asked)
        runner.catch_up()
        assert (found(database), differences(database)) == (expected, {})


def test_another_rulebook_judges_all_that_was_done_under_the_office(
    database: str, store: PostgresStore
) -> None:
    deep = entry("price_reduced", 5, to_price=PRICE * 7 // 10, decided_by="court")
    for ref, office in [("TS-1", "MILANO"), ("TS-2", "KV-3")]:
        steps = failed_and_cut(ref, office=office)
        write(store, *steps[:-1], deep)
    for ref, office in [("TS-3", "MILANO"), ("TS-4", "KV-3")]:
        write(store, seized(ref, office=office))
    runner = Runner(database)
    runner.catch_up()
    assert found(database) == [("TS-1", 5, "FAIL-03"), ("TS-2", 5, "FAIL-03")]
    assert [action for action in due(database) if action[2]] == [
        ("TS-3", "contract_appraisal", "VAL-01"),
        ("TS-4", "contract_appraisal", "VAL-01"),
    ]
    change_rules(store, book("MILANO", "it"))
    runner.catch_up()
    italian = [("TS-1", 5, "IT-591"), ("TS-2", 5, "FAIL-03")]
    assert (found(database), differences(database)) == (italian, {})
    assert [action for action in due(database) if action[0] in {"TS-3", "TS-4"}] == [
        ("TS-3", "contract_appraisal", None),
        ("TS-4", "contract_appraisal", "VAL-01"),
    ]
    change_rules(store, book("MILANO", "kr-30"))
    runner.catch_up()
    assert (found(database), differences(database)) == ([("TS-2", 5, "FAIL-03")], {})


def test_one_page_may_hold_what_an_office_changed_between_entries_of_its_files(
    database: str, store: PostgresStore
) -> None:
    runner = Runner(database)
    runner.catch_up()
    asset = write(store, *failed_and_cut("TS-1"))
    change_rules(store, limit("KV-3", 5))
    add(store, asset, entry("cost_accrued", 6))
    write(store, *failed_and_cut("TS-2"))
    runner.catch_up()
    add(store, asset, entry("cost_accrued", 7))
    runner.catch_up()
    assert (found(database), differences(database)) == (OWN[1:], {})


def test_what_an_office_changed_before_a_file_came_to_it_changes_nothing_that_was_known_of_the_file(
    database: str, store: PostgresStore
) -> None:
    runner, asset = Runner(database), write(store, *failed_and_cut("TS-1"))
    for later in (
        entry("round_announced", 6, round_no=2, starting_price=900_000_000),
        entry("round_won", 6, round_no=2, price=900_000_000),
        entry("result_annulled", 6, round_no=2),  # unsold again on the day it was sold
        limit("KV-9", 5),
        entry("transferred", 6, to_office="KV-9"),
    ):
        if isinstance(later, LimitOverridden):
            change_rules(store, later)
        else:
            add(store, asset, later)
        runner.catch_up()
    assert differences(database) == {}


def test_a_struck_entry_takes_its_findings_away_and_the_one_entered_anew_brings_its_own(
    database: str, store: PostgresStore
) -> None:
    change_rules(store, limit("KV-3", 5))
    runner, asset = Runner(database), write(store, *failed_and_cut("TS-1"))
    runner.catch_up()
    assert found(database) == [("TS-1", 5, "FAIL-03")]
    add(store, asset, struck(5))
    runner.catch_up()
    assert (found(database), differences(database)) == ([], {})
    add(store, asset, entry("price_reduced", 5, to_price=PRICE // 2, decided_by="agreement"))
    runner.catch_up()
    assert (found(database), differences(database)) == ([("TS-1", 7, "FAIL-03")], {})


def test_a_rulebook_this_program_does_not_have_stops_every_read_model_before_it(
    database: str, register: PostgresStore, admin: psycopg.Connection
) -> None:
    Runner(database).catch_up()
    unknown = book("KV-3", "atlantis").model_dump_json(exclude_defaults=True).encode()
    bad = insert(admin, "office.rulebook_chosen", unknown)
    write(register, *failed_and_cut("TS-9"))
    for _ in range(2):
        Runner(database).catch_up()
        assert (found(database), differences(database)) == ([], {})
    query = "SELECT stopped_at, reason FROM projections.tracking"
    assert admin.execute(query).fetchall() == [(bad, "KeyError: 'atlantis'")] * len(read_models())
    rebuild(database, *read_models().values())
    assert admin.execute(query).fetchall() == [(bad, "KeyError: 'atlantis'")] * len(read_models())
    assert differences(database) == {}


def test_an_offices_file_is_read_by_its_code_and_is_no_assets(database: str, register: PostgresStore) -> None:
    change_rules(register, limit("KV-3", 5), book("KV-3", "it"))
    with connection(database) as own:
        changes = log.office_file(own, "KV-3")
        assert [(line.entry_no, line.entry) for line in changes] == [
            (1, limit("KV-3", 5)),
            (2, book("KV-3", "it")),
        ]
        assert log.office_file(own, "KV-9") == []
        with own.transaction():
            files: list[UUID] = [asset_id for asset_id, _ in log.every_file(own, log.head(own))]
        assert len(files) == 5
        assert changes[0].stream_id not in files
        assert sorted(log.files_under(own, ["KV-5"])) == sorted(
            asset_id
            for (asset_id,) in own.execute(
                """SELECT DISTINCT stream_id FROM auctions.events WHERE topic = 'asset.transferred'
                OR topic = 'asset.seized' AND readable(payload) ->> 'office' = 'KV-5'"""
            )
        )
