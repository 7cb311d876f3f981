"""The oracle of lists, counts and restatements, on a log written by hand."""

from fractions import Fraction
from uuid import UUID

import pytest

from tests.contract.oracle import files
from tests.contract.oracle_lists import counted, list_at, restated, total, unsold_at
from tests.contract.written_logs import (
    ALL,
    ANNOUNCED,
    APPRAISED,
    ASSET,
    FAILED,
    LATER,
    OTHER,
    REDUCED,
    SEIZED,
    day,
    rows,
    strike,
)

OF_TWO = rows(SEIZED, APPRAISED, ANNOUNCED, FAILED, REDUCED) + rows(
    ("seized", 2, {**SEIZED[2], "asset_ref": "TS-2", "kind": "vessel", "province": "Bình Định"}),
    ("surveyed", 3, {"attributes": {"vessel_no": "BĐ-99144-TS"}}),
    asset_id=OTHER,
    after=5,
)


@pytest.mark.parametrize(
    ("filters", "asset_ids"),
    [
        ({}, [ASSET, OTHER]),
        ({"province": "Bình Định"}, [OTHER]),
        ({"price_max": 900}, [ASSET]),
        ({"price_min": 901}, []),
        ({"left_max": Fraction(9, 10), "failed_rounds_min": 1}, [ASSET]),
        ({"q": "binh 99144"}, [OTHER]),
        ({"number": "bđ 99144 ts"}, [OTHER]),
        ({"number": "99144"}, []),
    ],
)
def test_a_list_holds_the_unsold_that_are_asked_for(
    filters: dict[str, object], asset_ids: list[UUID]
) -> None:
    assert list(unsold_at(files(OF_TWO), LATER, ALL, filters)) == asset_ids


def test_counts_tell_of_the_kinds_and_provinces_not_asked_for_too() -> None:
    found = list_at(files(OF_TWO), LATER, ALL, {})
    assert total(found.values()) == (2, 900, 1000)
    assert counted(found, {"kind": "land"}) == {
        ("total", ""): (1, 900, 1000),
        ("kind", "land"): (1, 900, 1000),
        ("kind", "vessel"): (1, 0, 0),
        ("province", ""): (1, 900, 1000),
        ("price_band", "under_100m"): (1, 900, 1000),
        ("rounds", "1-2"): (1, 900, 1000),
    }


def test_restated_is_what_was_recorded_in_between_of_the_days_up_to_the_one_asked_about() -> None:
    log = files(rows(SEIZED, APPRAISED, ANNOUNCED, strike(3, on=20), strike(2, on=20)))
    assert restated(log, day(2), 2, 4) == {}
    found = restated(log, day(2), 2, 5)[ASSET]
    assert (found.positions, found.before and found.before["price"]) == ([5], 1000)
    assert found.after
    assert found.after["price"] is None
    assert restated(log, day(3), 0, 5)[ASSET].positions == [1, 2, 3, 4, 5]
