import json
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from auctions.domain.asset.decisions import File
from projections.assets import COLUMNS, PROJECTION, rows
from projections.projection import Folded
from tests.unit.given import PRICE, day, entry, given, struck, when
from tests.unit.situations import APPRAISED, FAILED, HAMMER, ROUND, SITUATIONS, Situation

ASSET = UUID(int=17)
TWICE_REDUCED = (*FAILED, "price_reduced", "round_announced", "round_failed", "price_reduced")
VESSEL = {"kind": "vessel", "province": "Bình Định", "commune": "Tam Quan Bắc"}


def row(file: File) -> dict[str, Any]:
    (found,) = rows(Folded(ASSET, file.version, file.state))
    return dict(zip(COLUMNS, found, strict=True))


def item(file: File) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row(file)["item"])
    return found


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS.keys())
def test_an_asset_in_any_situation_has_one_row_with_its_stage(situation: Situation) -> None:
    file = given(*situation.steps)
    if not situation.steps:
        assert rows(Folded(ASSET, 0, file.state)) == []
        return
    found = row(file)
    assert (found["asset_id"], found["stage"]) == (ASSET, situation.stage)
    assert found["unsold"] == file.state.unsold
    assert found["suspended"] == file.state.suspended
    co_owners = PRICE - 7 if file.state.preempted else None
    assert found["sold_for"] == (PRICE if file.state.won else co_owners)
    listed = item(file)
    told_otherwise = {"asset_id", "left_of_first", "of_loan", "seized_on", "last_round_on"}
    shared = set(listed) & set(COLUMNS) - told_otherwise
    assert {name: found[name] for name in shared} == {name: listed[name] for name in shared}


def test_what_the_seizure_tells_stands_in_the_row_with_the_office_that_has_the_file_now() -> None:
    told = {"officer": "CHV-4", "loan_value": 9_000_000, "secured_debt": 8_000_000, **VESSEL}
    file = given(entry("seized", 1, **told), "cost_accrued", "cost_accrued", "transferred")
    found = row(file)
    assert {name: found[name] for name in told} == told
    assert (found["asset_ref"], found["office"], found["seized_on"]) == ("TS-17", "KV-5", day(1))
    assert (found["costs"], found["last_round_on"]) == (5_000_000, None)
    assert (found["price"], found["first_price"], found["left_of_first"]) == (None, None, None)


def test_the_counters_count_rounds_failures_and_reductions() -> None:
    found = row(given(*TWICE_REDUCED, "round_announced"))
    assert (found["rounds"], found["failed_rounds"], found["reductions"]) == (3, 2, 2)
    assert found["last_round_on"] == day(7)


def test_what_is_left_of_the_first_price_has_six_places() -> None:
    file = given("seized", entry("appraised", 2, value=3_000_000), "round_announced", "round_failed")
    when(file, entry("price_reduced", 5, to_price=2_000_000))
    found = row(file)
    assert (found["price"], found["first_price"]) == (2_000_000, 3_000_000)
    assert str(found["left_of_first"]) == "0.666667"
    assert item(file)["left_of_first"] == 0.666667
    assert row(given(*APPRAISED))["left_of_first"] == Decimal(1)


def test_the_price_in_force_is_told_as_a_share_of_the_loan_value_with_six_places() -> None:
    file = given(entry("seized", 1, loan_value=3 * PRICE, **VESSEL), *APPRAISED[1:])
    assert str(row(file)["of_loan"]) == "0.333333"
    assert item(file)["of_loan"] == 0.333333
    assert row(given(entry("seized", 1, loan_value=PRICE)))["of_loan"] is None
    assert row(given(*APPRAISED))["of_loan"] is None


def test_an_asset_suspended_while_won_is_not_unsold_and_keeps_its_hammer_price() -> None:
    found = row(given(*ROUND, entry("round_won", 4, round_no=1, price=PRICE + 5), "suspended"))
    assert (found["stage"], found["unsold"], found["suspended"]) == ("suspended", False, True)
    assert (found["sold_for"], found["price"], found["last_round_on"]) == (PRICE + 5, PRICE, day(4))


def test_a_sale_that_was_undone_leaves_no_hammer_price() -> None:
    for undoing in ("winner_defaulted", "result_annulled"):
        found = row(given(*HAMMER, undoing))
        assert (found["sold_for"], found["unsold"]) == (None, True)


def test_in_lieu_is_open_once_two_reductions_are_done_and_a_round_failed_again() -> None:
    steps = [*TWICE_REDUCED, "round_announced", "round_failed", "price_reduced"]
    open_at = [row(given(*steps[:count]))["in_lieu_open"] for count in range(8, len(steps) + 1)]
    assert open_at == [False, False, True, False]


def test_an_asset_whose_seizure_is_struck_has_no_row() -> None:
    file = given("seized")
    when(file, struck(1))
    assert rows(Folded(ASSET, 2, file.state)) == []


def test_the_item_of_a_list_is_json_of_what_people_and_programs_read() -> None:
    file = given(entry("seized", 1, description="Tàu vỏ thép", **VESSEL), *FAILED[1:])
    assert row(file)["item"].startswith('{"asset_id":"00000000-')
    assert item(file) == {
        "asset_id": str(ASSET),
        "asset_ref": "TS-17",
        "office": "KV-3",
        **VESSEL,
        "description": "Tàu vỏ thép",
        "stage": "awaiting_reduction",
        "rounds": 1,
        "failed_rounds": 1,
        "reductions": 0,
        "price": PRICE,
        "first_price": PRICE,
        "left_of_first": 1.0,
        "of_loan": None,
        "seized_on": "2025-01-02",
        "last_round_on": "2025-01-05",
        "flags": [],
    }
    assert item(given("seized"))["left_of_first"] is None


def test_the_kinds_of_column_are_the_table_s() -> None:
    assert PROJECTION.name == "assets"
    assert PROJECTION.primary_key == next(iter(PROJECTION.columns)) == "asset_id"
