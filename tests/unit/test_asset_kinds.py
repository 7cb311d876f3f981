from typing import get_args

import pytest

from auctions.rules.kinds import Attribute, Kind, asset_kinds
from tests.unit.given import entry, given, refusal

VALUES: dict[str, str | int] = {"text": "x", "integer": 2016, "decimal": "36.6", "vessel_no": "BĐ-99144-TS"}
KINDS = asset_kinds().values()


def test_land_houses_vessels_and_other_assets_are_known() -> None:
    assert list(asset_kinds()) == ["land", "house", "vessel", "other"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_attribute_of_every_kind_has_a_known_type_and_two_names(kind: Kind) -> None:
    assert (bool(kind.vi), bool(kind.en)) == (True, True)
    types = get_args(Attribute.__annotations__["type"])
    assert {attribute.type for attribute in kind.attributes.values()} <= set(types) == VALUES.keys()
    assert all(attribute.vi and attribute.en for attribute in kind.attributes.values())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_asset_of_every_kind_is_seized_with_all_its_attributes(kind: Kind) -> None:
    attributes = {key: VALUES[attribute.type] for key, attribute in kind.attributes.items()}
    assert given(entry("seized", 1, kind=kind.name, attributes=attributes)).state.attributes == attributes


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("lmax_m", 36, "decimal"),
        ("lmax_m", "36,6", "decimal"),
        ("lmax_m", "-36.6", "decimal"),
        ("lmax_m", "36.", "decimal"),
        ("lmax_m", "about 36", "decimal"),
        ("lmax_m", "1234567890123", "decimal"),
        ("lmax_m", "1.1234567", "decimal"),
        ("built_year", "2016", "integer"),
        ("hull", 3, "text"),
        ("vessel_no", 99144, "vessel_no"),
    ],
)
def test_an_attribute_of_another_type_is_refused(key: str, value: str | int, expected: str) -> None:
    refused = refusal(given(), entry("seized", 1, kind="vessel", attributes={key: value}))
    assert refused.code == "wrong-attribute"
    assert refused.message == f"{key} is not {expected}: {value}"
    assert refused.details == {"field": key}


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    refused = refusal(given(), entry("seized", 1, kind="aircraft"))
    assert refused.code == "unknown-kind"
    assert refused.message == "aircraft is not a kind of asset: land, house, vessel, other"
    assert refused.details == {"field": "kind"}


def test_an_attribute_of_another_kind_is_refused() -> None:
    refused = refusal(given(), entry("seized", 1, kind="house", attributes={"floors": 2, "hull": "steel"}))
    assert refused.code == "unknown-attribute"
    assert refused.message == "hull is not an attribute of house"
    assert refused.details == {"field": "hull"}
