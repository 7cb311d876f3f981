"""Decisions on PostgreSQL: a lot's result for all or none, and which rulebook judged what."""

import io
from collections.abc import Mapping
from uuid import UUID

import pytest

from auctions.application import lots
from auctions.application.lots import record_lot
from auctions.application.recording import Actor, Outcome, admit, record
from auctions.domain.asset.breaches import Unlawful
from auctions.domain.asset.decisions import Admitted, File
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.domain.asset.law import LawOf
from auctions.domain.errors import Refused, StaleFile
from auctions.journal.exporting import export_journal
from auctions.rules.rulebook import rulebooks
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log
from projections.runner import Runner
from tests.contract.laws import book, change_rules, failed_and_cut, limit
from tests.contract.registers import add, differences, head, seized, write
from tests.unit.given import PRICE, entry

CLERK = Actor("clerk", "KV-3")
LAND, HOUSE = (asset_id("KV-3", ref) for ref in ("TS-1", "TS-2"))


@pytest.fixture
def lot(store: PostgresStore) -> PostgresStore:
    """The store with two assets of one announced lot."""
    for ref, file in (("TS-1", LAND), ("TS-2", HOUSE)):
        announced = entry("round_announced", 3, round_no=1, starting_price=PRICE, lot_ref="L-1")
        steps = [seized(ref), entry("appraised", 2), announced]
        record(store, stream_id=file, entries=steps, by=CLERK, as_found=True)
    return store


def failed(*files: UUID) -> dict[UUID, AssetEntry]:
    return {file: entry("round_failed", 20, round_no=1) for file in files}


def versions(store: PostgresStore) -> list[int]:
    return [len(lines) for lines in store.read([LAND, HOUSE]).values()]


def test_the_result_of_a_lot_is_recorded_for_all_its_assets(database: str, lot: PostgresStore) -> None:
    outcome = record_lot(lot, "L-1", failed(LAND, HOUSE), by=CLERK)
    assert (outcome.positions, versions(lot)) == ((7, 8), [4, 4])
    Runner(database).catch_up()
    assert differences(database) == {}
    with pytest.raises(Refused) as told:
        record_lot(lot, "L-1", failed(LAND, HOUSE), by=CLERK)
    assert told.value.code == "unknown-lot"


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        (failed(LAND), "whole-lot"),
        (failed(LAND, HOUSE, UUID(int=1)), "whole-lot"),
        (failed(LAND) | {HOUSE: entry("round_failed", 20, round_no=2)}, "another-round"),
        (
            failed(LAND) | {HOUSE: entry("round_failed", 20, round_no=1, reason="single_registrant")},
            "unlawful",
        ),
    ],
    ids=["an asset left out", "one too many", "impossible", "unlawful"],
)
def test_a_result_refused_for_one_asset_of_a_lot_is_recorded_for_none(
    lot: PostgresStore, entries: Mapping[UUID, AssetEntry], code: str
) -> None:
    with pytest.raises(Refused) as told:
        record_lot(lot, "L-1", entries, by=CLERK)
    assert (told.value.code, versions(lot)) == (code, [3, 3])


def test_a_lot_one_of_whose_files_others_wrote_to_meanwhile_is_recorded_for_none(
    lot: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_another(
        file: File, stream_id: UUID, entries: list[AssetEntry], *, by: Actor, law_of: LawOf | None
    ) -> Admitted:
        if stream_id == HOUSE:
            add(lot, HOUSE, entry("cost_accrued", 4))
        return admit(file, stream_id, entries, by=by, law_of=law_of)

    monkeypatch.setattr(lots, "admit", after_another)
    with pytest.raises(StaleFile) as told:
        record_lot(lot, "L-1", failed(LAND, HOUSE), by=CLERK)
    assert (told.value.details, versions(lot)) == ({"expected": 3, "version": 4}, [3, 4])


def test_the_result_of_one_asset_of_a_lot_is_refused_alone_and_recorded_as_found(
    lot: PostgresStore,
) -> None:
    asked = [entry("round_failed", 20, round_no=1)]
    with pytest.raises(Refused) as told:
        record(lot, stream_id=LAND, entries=asked, by=CLERK)
    assert (told.value.code, told.value.details) == ("whole-lot", {"lot_ref": "L-1", "others": 1})
    record(lot, stream_id=LAND, entries=asked, by=CLERK, as_found=True)
    record(lot, stream_id=HOUSE, entries=asked, by=CLERK)
    assert versions(lot) == [4, 4]


def judged_by(url: str, file: UUID) -> list[str]:
    with connection(url) as own:
        return [line.envelope.rulebook for line in log.file(own, file)]


def test_a_decision_keeps_which_rulebook_judged_it_and_a_fact_none(
    database: str, store: PostgresStore
) -> None:
    vietnam, italy = (rulebooks()[name].version for name in ("vn", "it"))
    record(store, stream_id=LAND, entries=[seized("TS-1")], by=CLERK)
    record(store, stream_id=LAND, entries=[entry("appraised", 2)], by=CLERK, as_found=True)
    change_rules(store, limit("KV-3", 5))
    record(store, stream_id=LAND, entries=[entry("cost_accrued", 3)], by=CLERK)
    change_rules(store, book("KV-3", "it"))
    record(store, stream_id=LAND, entries=[entry("cost_accrued", 4)], by=CLERK)
    assert judged_by(database, LAND) == [f"vn:{vietnam}", "", f"vn:{vietnam}+1", f"it:{italy}+2"]


def test_a_decision_the_law_refuses_is_not_recorded_and_as_found_it_becomes_a_finding(
    database: str, store: PostgresStore
) -> None:
    asset = write(store, *failed_and_cut("TS-1")[:-1])
    too_deep = [entry("price_reduced", 5, to_price=899_999_998, decided_by="agreement")]
    with pytest.raises(Unlawful) as told:
        record(store, stream_id=asset, entries=too_deep, by=CLERK)
    assert (told.value.details["rule"], told.value.details["allowed"]) == ("FAIL-03", 900_000_000)
    assert head(database) == 4
    outcome = record(store, stream_id=asset, entries=too_deep, by=CLERK, as_found=True)
    assert outcome == Outcome((5,), [], 5)
    Runner(database).catch_up()
    with connection(database) as own:
        query = "SELECT item::json ->> 'entry_no', rule, item::json ->> 'allowed' FROM findings"
        assert own.execute(query).fetchall() == [("5", "FAIL-03", "900000000")]


def exported(url: str) -> str:
    out = io.StringIO()
    with connection(url) as reader:
        export_journal(reader, out, "csv")
    return out.getvalue()


def test_what_offices_changed_is_not_in_the_journal_of_assets(database: str, store: PostgresStore) -> None:
    write(store, *failed_and_cut("TS-1"))
    before = exported(database)
    change_rules(store, limit("KV-3", 5), book("KV-9", "it"))
    assert exported(database) == before
    assert before.count("\n") == 6
