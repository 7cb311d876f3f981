import json
from typing import Any
from uuid import UUID

import pytest

from auctions.domain.asset.decisions import File
from projections.asset_words import flags
from projections.assets import COLUMNS, rows
from projections.projection import Folded
from tests.unit.given import entry, given, when

VESSEL = {"kind": "vessel", "province": "Bình Định", "commune": "Tam Quan Bắc"}


def row(file: File) -> dict[str, Any]:
    (found,) = rows(Folded(UUID(int=17), file.version, file.state))
    return dict(zip(COLUMNS, found, strict=True))


def flagged(file: File) -> object:
    return json.loads(row(file)["item"])["flags"]


@pytest.mark.parametrize(
    ("number", "told"), [("BĐ-99144-TS", []), ("BĐ 99144 TS", ["vessel-no-form"]), (None, [])]
)
def test_a_vessel_number_not_of_the_regular_form_is_flagged(number: str | None, told: list[str]) -> None:
    numbers = {"vessel_no": number} if number else {}
    file = given(entry("seized", 1, kind="vessel", attributes={"hull": "steel", **numbers}))
    assert flagged(file) == told


def test_a_number_corrected_by_a_survey_is_flagged_no_more() -> None:
    file = given(entry("seized", 1, kind="vessel", attributes={"vessel_no": "99144"}))
    when(file, entry("surveyed", 2, attributes={"vessel_no": "BĐ-99144-TS"}))
    assert flagged(file) == []


def test_a_kind_no_longer_known_has_no_flags() -> None:
    state = given(entry("seized", 1, attributes={"parcel_no": "12"})).state
    unknown = entry("seized", 1, kind="castle")
    assert flags(state, unknown) == []  # type: ignore[arg-type]  # entry() tells no class


def test_the_search_text_has_every_word_and_number_without_marks() -> None:
    file = given(
        entry(
            "seized",
            1,
            asset_ref="TS-Đ9",
            case_ref="12/QĐ",
            description="Tàu vỏ thép",
            attributes={"vessel_no": "BĐ-991 44-TS", "built_year": 2016},
            **VESSEL,
        ),
        entry("identified", 2, alias={"scheme": "portal", "value": "A.17/b"}),
    )
    assert row(file)["search"] == (
        " 12/qd tau vo thep binh dinh tam quan bac ts-d9 bd-991 44-ts 2016 a.17/b "
        "#tsd9 #bd99144ts #2016 #a17b "
    )
    assert row(given("seized"))["search"] == " ts-17 #ts17 "


def placed(**attributes: str) -> tuple[float | None, float | None]:
    told = row(given(entry("seized", 1, attributes=attributes)))
    return told["longitude"], told["latitude"]


@pytest.mark.parametrize(
    ("attributes", "place"),
    [
        ({"longitude": "109.223", "latitude": "13.782"}, (109.223, 13.782)),
        ({"longitude": "180", "latitude": "90"}, (180.0, 90.0)),
        ({"longitude": "109.223"}, (None, None)),
        ({"latitude": "13.782"}, (None, None)),
        ({"longitude": "13.782", "latitude": "109.223"}, (None, None)),
        ({"longitude": "180.000001", "latitude": "1"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_an_asset_is_on_the_map_where_both_coordinates_are_told_and_can_be(
    attributes: dict[str, str], place: tuple[float | None, float | None]
) -> None:
    assert placed(**attributes) == place


def test_a_survey_can_tell_where_an_asset_is_and_its_degrees_are_not_searched() -> None:
    file = given(entry("seized", 1, attributes={"parcel_no": "12"}))
    when(file, entry("surveyed", 2, attributes={"longitude": "109.2", "latitude": "13.7"}))
    told = row(file)
    assert (told["longitude"], told["latitude"]) == (109.2, 13.7)
    assert told["search"] == " ts-17 12 #ts17 #12 "
