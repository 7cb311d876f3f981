from auctions.domain.asset.events import Alias, asset_id
from tests.unit.given import entry, given
from tests.unit.situations import HAMMER


def test_a_transferred_file_is_with_the_other_office_and_keeps_its_stage() -> None:
    file = given(*HAMMER, entry("transferred", 9, to_office="Phòng THADS khu vực 4", reason="entrusted"))
    assert file.state.office == "Phòng THADS khu vực 4"
    assert file.state.stage == "won"
    assert file.state.seized is not None
    assert file.state.seized.office == "KV-3"


def test_an_asset_gets_every_other_number_it_is_known_by_in_order() -> None:
    number = {"scheme": "vessel_no", "value": "BĐ-99144-TS"}
    file = given("seized", "identified", entry("identified", 3, alias=number))
    assert file.state.aliases == (
        Alias(scheme="portal", value="A-1"),
        Alias(scheme="vessel_no", value="BĐ-99144-TS"),
    )


def test_the_id_of_an_asset_is_derived_from_its_office_and_reference_and_never_changes() -> None:
    assert str(asset_id("KV-3", "TS-17")) == "40e2d5bf-164a-554e-a62d-1696a49aaafe"
    assert asset_id("KV-3", "TS-18") != asset_id("KV-3", "TS-17") != asset_id("KV-4", "TS-17")
