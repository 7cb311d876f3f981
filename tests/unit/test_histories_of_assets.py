"""What the histories tell of a file: how it is listed, what it waits for, its rounds."""

import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from auctions.domain.asset.decisions import File
from projections import asset_listings, asset_periods, auction_rounds
from projections.projection import Folded
from projections.timeline import Row
from tests.unit.given import PRICE, day, entry, given, struck, when
from tests.unit.situations import BOUGHT, CO_OWNERS, FAILED, HAMMER, HANDED, SITUATIONS, TAKEN, Situation

ASSET = UUID(int=17)
VESSEL: dict[str, object] = {
    "kind": "vessel",
    "officer": "CHV-4",
    "province": "Bình Định",
    "commune": "Tam Quan",
    "loan_value": 9_000_000,
    "loan_valued_on": date(2016, 5, 4),
    "secured_debt": 8_000_000,
    "description": "Tàu vỏ thép",
    "attributes": {"vessel_no": "99144"},
}


def folded(file: File) -> Folded:
    return Folded(ASSET, file.version, file.state)


def listed(file: File) -> dict[str, Any]:
    (row,) = asset_listings.rows(folded(file))
    return dict(zip(asset_listings.COLUMNS, row, strict=True))


def period(file: File) -> dict[str, Any]:
    (row,) = asset_periods.rows(folded(file))
    return dict(zip(asset_periods.COLUMNS, row, strict=True))


def rounds(file: File) -> list[Row]:
    return auction_rounds.rows(folded(file))


def test_an_asset_is_listed_as_its_seizure_tells_by_the_office_that_has_the_file_now() -> None:
    file = given(entry("seized", 1, **VESSEL), "transferred")
    assert listed(file) == {
        "asset_id": ASSET,
        "asset_ref": "TS-17",
        "office": "KV-5",
        **{name: value for name, value in VESSEL.items() if name != "attributes"},
        "seized_on": day(1),
        "unsold": True,
        "longitude": None,
        "latitude": None,
        "flags": '["vessel-no-form"]',
        "search": " tau vo thep binh dinh tam quan ts-17 99144 #ts17 #99144 ",
    }


def test_a_survey_and_an_identification_change_the_words_by_which_an_asset_is_found() -> None:
    file = given(entry("seized", 1, **VESSEL))
    when(file, entry("surveyed", 2, attributes={"vessel_no": "BĐ-99144-TS"}))
    when(file, entry("identified", 3, alias={"scheme": "portal", "value": "A.17/b"}))
    found = listed(file)
    assert json.loads(found["flags"]) == []
    assert found["search"].endswith(" bd-99144-ts a.17/b #ts17 #bd99144ts #a17b ")


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS.keys())
def test_a_file_in_any_situation_is_listed_unsold_or_not_with_its_stage(situation: Situation) -> None:
    file = given(*situation.steps)
    if not situation.steps:
        assert asset_listings.rows(folded(file)) == asset_periods.rows(folded(file)) == rounds(file) == []
        return
    assert listed(file)["unsold"] == file.state.unsold
    found = period(file)
    assert (found["stage"], found["suspended"]) == (situation.stage, file.state.suspended)
    assert (found["sold_for"], found["exited_on"]) == (file.state.sold_for, file.state.exited_on)
    assert (found["sold_on"] is None) == (file.state.sold_for is None)
    assert len(rounds(file)) == found["rounds"] == len(file.state.rounds)


def test_a_period_counts_rounds_failures_reductions_and_costs() -> None:
    reduced = entry("price_reduced", 6, to_price=900_000_000)
    file = given(*FAILED, "cost_accrued", reduced, "round_announced", "transferred")
    assert period(file) == {
        "asset_id": ASSET,
        "stage": "announced",
        "office": "KV-5",
        "suspended": False,
        "in_lieu_open": False,
        "rounds": 2,
        "failed_rounds": 1,
        "reductions": 1,
        "price": 900_000_000,
        "first_price": PRICE,
        "left_of_first": Decimal("0.9"),
        "of_loan": None,
        "costs": 2_500_000,
        "sold_for": None,
        "sold_on": None,
        "exited_on": None,
        "last_round_on": day(4),
    }


def test_what_is_not_appraised_has_no_price_and_nothing_left_of_a_first() -> None:
    found = period(given("seized"))
    assert [found[name] for name in ("price", "first_price", "left_of_first", "last_round_on")] == [None] * 4


def test_a_period_tells_the_price_as_a_share_of_the_loan_value() -> None:
    appraised = entry("appraised", 2, value=3_000_000)
    assert period(given(entry("seized", 1, **VESSEL), appraised))["of_loan"] == Decimal("0.333333")
    assert period(given("seized", appraised))["of_loan"] is None


def test_a_sale_is_of_the_day_of_the_win_until_it_is_undone() -> None:
    for steps in (HAMMER, BOUGHT, HANDED):
        found = period(given(*steps))
        assert (found["sold_on"], found["sold_for"]) == (day(4), PRICE)
    assert period(given(*HANDED))["exited_on"] == day(6)
    for undoing in ("winner_defaulted", "result_annulled"):
        found = period(given(*HAMMER, undoing))
        assert (found["sold_on"], found["sold_for"]) == (None, None)


def test_a_co_owner_buys_on_the_day_of_the_acceptance() -> None:
    found = period(given(*CO_OWNERS))
    assert (found["sold_on"], found["sold_for"]) == (day(4), PRICE - 7)


def test_an_asset_taken_in_lieu_has_left_and_was_not_sold() -> None:
    found = period(given(*TAKEN))
    assert (found["stage"], found["exited_on"], found["sold_for"]) == ("taken_in_lieu", day(7), None)


def test_rounds_are_numbered_in_the_order_of_announcement_whatever_their_own_numbers() -> None:
    second = entry("round_announced", 5, round_no=7, starting_price=PRICE)
    file = given(*FAILED, second)
    first = (ASSET, 1, 1, day(3), PRICE, "failed", day(4), "no_registrant", None)
    assert rounds(file) == [first, (ASSET, 2, 7, day(5), PRICE, None, None, None, None)]
    when(file, entry("round_won", 9, round_no=7, price=PRICE + 5))
    assert rounds(file) == [first, (ASSET, 2, 7, day(5), PRICE, "won", day(9), None, PRICE + 5)]
    when(file, entry("winner_defaulted", 12, round_no=7))
    assert rounds(file)[1][5:] == ("defaulted", day(12), None, PRICE + 5)


def test_a_file_whose_seizure_is_struck_is_told_of_by_no_history() -> None:
    file = given("seized")
    when(file, struck(1))
    assert asset_listings.rows(folded(file)) == asset_periods.rows(folded(file)) == rounds(file) == []
