from auctions.domain.asset.events import Seized
from auctions.domain.asset.possible import Stage
from tests.unit.given import day, entry, given, refusal, when
from tests.unit.situations import FAILED, HANDED


def test_a_seizure_begins_the_file_with_its_office_and_its_attributes() -> None:
    file = given(entry("seized", 3, attributes={"parcel_no": "112", "area_m2": "300.5"}, province="Nam Định"))
    assert isinstance(file.state.seized, Seized)
    assert file.state.seized.province == "Nam Định"
    assert file.state.office == "KV-3"
    assert file.state.attributes == {"parcel_no": "112", "area_m2": "300.5"}
    assert (file.version, file.state.last_on) == (1, day(3))
    assert file.state.stage is Stage.AWAITING_APPRAISAL


def test_the_first_entry_gets_the_number_one() -> None:
    seizure = entry("seized", 0)
    assert when(given(), seizure) == [(1, seizure)]


def test_a_second_first_seizure_of_one_reference_is_refused() -> None:
    refused = refusal(given(*FAILED), entry("seized", 10))
    assert refused.code == "already-seized"
    assert refused.message == "this reference of this office is seized already"
    assert refused.details == {"stage": "awaiting_reduction", "possible_in": ["unfiled"]}


def test_a_seizure_after_the_asset_left_the_file_is_refused_as_a_second_one() -> None:
    assert refusal(given(*HANDED), entry("seized", 10)).code == "already-seized"


def test_any_entry_before_the_seizure_is_refused() -> None:
    refused = refusal(given(), entry("appraised", 0))
    assert refused.code == "not-seized"
    assert refused.message == "appraised before the asset was seized"
    assert refused.details == {
        "stage": "unfiled",
        "possible_in": ["awaiting_appraisal", "awaiting_reduction", "awaiting_round"],
    }


def test_an_entry_dated_before_the_day_of_the_seizure_is_refused() -> None:
    file = given(entry("seized", 5))
    assert refusal(file, entry("surveyed", 4)).code == "not-seized"


def test_an_entry_dated_tomorrow_is_refused_and_one_dated_today_is_not() -> None:
    refused = refusal(given(), entry("seized", 101))
    assert refused.code == "dated-in-the-future"
    assert refused.message == "seized on 2025-04-12, after today, 2025-04-11"
    assert given(entry("seized", 100)).version == 1
