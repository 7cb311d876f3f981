"""Assets sold together: one command records the result for all of a lot, or for none."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from auctions.application.lots import record_lot
from auctions.application.recording import Actor, load, lot_of, record
from auctions.domain.asset.breaches import Unlawful
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.domain.asset.possible import Stage
from auctions.domain.errors import Contradicted, Refused
from auctions.rules.rulebook import rulebooks
from auctions.store.memory import MemoryStore
from tests.unit.given import PRICE
from tests.unit.rules_table import at

CLERK = Actor("clerk", "KV-3")
LAND, HOUSE, SHIP = (asset_id("KV-3", ref) for ref in ("TS-1", "TS-2", "TS-3"))
VERSION = f"vn:{rulebooks()['vn'].version}"


def announced(lot_ref: str | None, round_no: int = 1, on: str = "2024-06-03") -> AssetEntry:
    return at(on, "round_announced", round_no=round_no, starting_price=PRICE, lot_ref=lot_ref)


def sale(store: MemoryStore, ref: str, lot_ref: str | None, *after: AssetEntry) -> None:
    seized = at("2024-01-02", "seized", asset_ref=ref)
    entries = (seized, at("2024-01-02", "appraised"), announced(lot_ref), *after)
    record(store, stream_id=asset_id("KV-3", ref), entries=entries, by=CLERK, as_found=True)


def a_lot_of_two(*after_the_second: AssetEntry) -> MemoryStore:
    """A store with a lot of two assets, and a third asset that is sold alone."""
    store = MemoryStore()
    sale(store, "TS-1", "L-1")
    sale(store, "TS-2", "L-1", *after_the_second)
    sale(store, "TS-3", None)
    return store


def each_failed(*streams: UUID, on: str = "2024-06-20", round_no: int = 1) -> dict[UUID, AssetEntry]:
    return {stream: at(on, "round_failed", round_no=round_no) for stream in streams}


def refusal(store: MemoryStore, entries: Mapping[UUID, AssetEntry], *, as_found: bool = False) -> Refused:
    """The refusal of a lot's entries, which leaves the log as it was."""
    before = list(store.log)
    with pytest.raises(Refused) as caught:
        record_lot(store, "L-1", entries, by=CLERK, as_found=as_found)
    assert store.log == before
    return caught.value


def test_a_failure_is_recorded_for_all_assets_of_the_lot() -> None:
    store = a_lot_of_two()
    outcome = record_lot(store, "L-1", each_failed(LAND, HOUSE), by=CLERK)
    assert outcome.positions == (10, 11)
    assert outcome.notes == []
    stages = [file.state.stage for file in load(store, [LAND, HOUSE, SHIP]).values()]
    assert stages == [Stage.AWAITING_REDUCTION, Stage.AWAITING_REDUCTION, Stage.ANNOUNCED]
    envelopes = [kept.line.envelope for kept in store.log[-2:]]
    assert [envelope.rulebook for envelope in envelopes] == [VERSION, VERSION]
    assert {envelope.actor for envelope in envelopes} == {"clerk"}
    assert envelopes[0].command_id != envelopes[1].command_id


@pytest.mark.parametrize(
    "of",
    [(LAND,), (HOUSE,), (LAND, HOUSE, SHIP), (LAND, SHIP), ()],
    ids=["the first alone", "the second alone", "one too many", "another instead", "none"],
)
def test_an_asset_left_out_or_one_of_no_lot_is_refused_for_all(of: tuple[UUID, ...]) -> None:
    refused = refusal(a_lot_of_two(), each_failed(*of))
    assert refused.code == "whole-lot"
    assert refused.message == "lot L-1 is TS-1, TS-2: an entry is recorded for each of them or for none"
    assert refused.details == {"expected": ["TS-1", "TS-2"]}


def test_an_entry_that_a_later_one_contradicts_is_recorded_for_none() -> None:
    store = a_lot_of_two(at("2024-06-10", "round_postponed", round_no=1))
    refused = refusal(store, each_failed(LAND, HOUSE, on="2024-06-05"), as_found=True)
    assert isinstance(refused, Contradicted)
    assert refused.details["entry_no"] == 4
    record_lot(store, "L-1", each_failed(LAND, HOUSE), by=CLERK)
    assert len(store.log) == 12


def test_an_entry_that_is_impossible_for_one_is_recorded_for_none() -> None:
    entries = each_failed(LAND, HOUSE) | each_failed(HOUSE, round_no=2)
    assert refusal(a_lot_of_two(), entries, as_found=True).code == "another-round"


def test_a_decision_that_is_unlawful_for_one_is_recorded_for_none_and_as_found_for_all() -> None:
    failed = at("2024-06-04", "round_failed", round_no=1)
    store = a_lot_of_two(failed, announced("L-1", 2, "2024-06-05"))
    entries = {
        LAND: at("2024-06-20", "round_won", round_no=1, bidders=1),
        HOUSE: at("2024-06-20", "round_won", round_no=2, bidders=1),
    }
    refused = refusal(store, entries)
    assert isinstance(refused, Unlawful)
    assert [breach.rule.key for breach in refused.breaches] == ["LDG-07"]
    outcome = record_lot(store, "L-1", entries, by=CLERK, as_found=True)
    assert (len(outcome.positions), outcome.notes) == (2, [])
    assert [kept.line.envelope.rulebook for kept in store.log[-2:]] == ["", ""]


def test_what_the_law_notes_of_any_asset_is_told() -> None:
    store = MemoryStore()
    seized = (at("2024-01-02", "seized", asset_ref="TS-1"), at("2024-01-02", "appraised"))
    early = at(
        "2024-05-02",
        "round_announced",
        round_no=1,
        starting_price=PRICE,
        lot_ref="L-1",
        auction_at="2024-06-03",
    )
    record(store, stream_id=LAND, entries=(*seized, early), by=CLERK, as_found=True)
    sale(store, "TS-2", "L-1")
    outcome = record_lot(store, "L-1", each_failed(LAND, HOUSE), by=CLERK)
    assert [note.rule.key for note in outcome.notes] == ["LDG-12"]


RESULTS = {
    "failure": at("2024-06-20", "round_failed", round_no=1),
    "hammer": at("2024-06-20", "round_won", round_no=1),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_a_result_of_one_asset_of_a_lot_is_not_decided_alone(result: AssetEntry) -> None:
    store = a_lot_of_two()
    with pytest.raises(Refused) as caught:
        record(store, stream_id=LAND, entries=[at("2024-06-20", "cost_accrued"), result], by=CLERK)
    assert caught.value.code == "whole-lot"
    assert caught.value.message == "the round is of lot L-1: enter its result for the whole lot"
    assert caught.value.details == {"lot_ref": "L-1", "others": 1}
    assert len(store.log) == 9
    record(store, stream_id=LAND, entries=[result], by=CLERK, as_found=True)
    record(store, stream_id=HOUSE, entries=[result], by=CLERK)
    assert len(store.log) == 11


def test_what_is_no_result_and_what_is_sold_alone_is_decided_alone() -> None:
    store = a_lot_of_two()
    record(store, stream_id=LAND, entries=[at("2024-06-05", "round_postponed", round_no=1)], by=CLERK)
    record(store, stream_id=SHIP, entries=[RESULTS["failure"]], by=CLERK)
    assert len(store.log) == 11


def test_a_lot_is_the_assets_whose_round_is_under_way_at_the_office() -> None:
    store = a_lot_of_two()
    assert set(lot_of(store, "L-1", "KV-3")) == {LAND, HOUSE}
    record(store, stream_id=HOUSE, entries=[at("2024-06-05", "round_cancelled", round_no=1)], by=CLERK)
    assert set(lot_of(store, "L-1", "KV-3")) == {LAND}
    assert len(record_lot(store, "L-1", each_failed(LAND), by=CLERK).positions) == 1


def test_an_asset_whose_next_round_is_of_another_lot_is_no_longer_in_it() -> None:
    again = (at("2024-06-04", "round_failed", round_no=1), announced("L-2", 2, "2024-06-05"))
    store = a_lot_of_two(*again)
    assert set(lot_of(store, "L-1", "KV-3")) == {LAND}
    assert set(lot_of(store, "L-2", "KV-3")) == {HOUSE}


@pytest.mark.parametrize(
    ("lot_ref", "office"), [("L-9", "KV-3"), ("L-1", "KV-5")], ids=["no such lot", "another office"]
)
def test_a_lot_that_is_not_under_way_at_the_office_is_refused(lot_ref: str, office: str) -> None:
    store = a_lot_of_two()
    with pytest.raises(Refused) as caught:
        record_lot(store, lot_ref, each_failed(LAND, HOUSE), by=Actor("clerk", office))
    assert caught.value.code == "unknown-lot"
    assert caught.value.message == f"no round of lot {lot_ref} is under way at {office}"
    assert len(store.log) == 9


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_a_lot_that_has_its_result_is_no_longer_under_way(result: AssetEntry) -> None:
    store = a_lot_of_two()
    record_lot(store, "L-1", {LAND: result, HOUSE: result}, by=CLERK)
    assert refusal(store, {LAND: result, HOUSE: result}).code == "unknown-lot"
