from datetime import date

import pytest
from pydantic import ValidationError

from auctions.domain.asset.events import ENTRIES, EntryStruck, Seized, Surveyed
from tests.unit.given import USUAL, entry

FIRST = {"asset_ref": "TS-1", "office": "KV-1", "kind": "land"}


def test_every_entry_is_known_by_its_topic_without_the_aggregate() -> None:
    assert {name: f"asset.{name}" for name in ENTRIES} == {name: cls.TOPIC for name, cls in ENTRIES.items()}
    assert len(ENTRIES) == 36


def test_the_data_of_an_entry_are_the_fields_present_without_its_day() -> None:
    seized = Seized.model_validate({"on": date(2025, 1, 1), "co_owned": False, "secured_debt": 0, **FIRST})
    assert seized.data() == FIRST | {"co_owned": False, "secured_debt": 0}


def test_days_and_lists_in_the_data_are_ready_for_json() -> None:
    valued = Seized.model_validate({"on": date(2025, 1, 1), "loan_valued_on": date(2016, 5, 4), **FIRST})
    assert valued.data()["loan_valued_on"] == "2016-05-04"
    assert Surveyed(on=date(2025, 1, 1), missing=("radar",)).data() == {"missing": ["radar"]}


def test_an_entry_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        entry("surveyed", 1).on = date(2025, 1, 1)  # type: ignore[misc]  # that it is refused is the test


def test_a_field_that_no_entry_has_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        entry("surveyed", 1, conditions="rusted")


@pytest.mark.parametrize("text", ["", "a\x00b", "a\x1bb", "\x7f", "x" * 2001])
def test_text_is_neither_empty_nor_unprintable_nor_endless(text: str) -> None:
    with pytest.raises(ValidationError):
        entry("surveyed", 1, condition=text)


def test_text_may_have_lines() -> None:
    assert entry("surveyed", 1, condition="gỉ nặng\nmất ra-đa\t2 máy").data() == {
        "condition": "gỉ nặng\nmất ra-đa\t2 máy"
    }


@pytest.mark.parametrize("on", [date(1899, 12, 31), date(3000, 1, 1), "2025-01-01"])
def test_a_legal_day_is_a_date_between_1900_and_2999(on: object) -> None:
    with pytest.raises(ValidationError):
        Surveyed.model_validate({"on": on})


MOMENTS = [("round_announced", field) for field in ("auction_at", "registration_from", "registration_to")]
each_moment = pytest.mark.parametrize(("name", "field"), [*MOMENTS, ("round_postponed", "auction_at")])


@each_moment
@pytest.mark.parametrize(
    "moment", ["1899-12-31T23:59:59Z", "1900-01-01T06:59+07:00", "2999-12-31T07:01+07:00", "2024-06-03T09:00"]
)
def test_a_moment_is_between_1900_and_2999_with_its_offset(name: str, field: str, moment: str) -> None:
    fields = {"on": "2024-06-03", "round_no": 1, "starting_price": 7}
    if name == "round_postponed":
        del fields["starting_price"]
    kept = ENTRIES[name].model_validate(fields | {field: "1900-01-01T07:00+07:00"}, strict=False)
    assert getattr(kept, field).year == 1900
    with pytest.raises(ValidationError, match=field):
        ENTRIES[name].model_validate(fields | {field: moment}, strict=False)


@pytest.mark.parametrize("field", ["basis", "reason", "approved_by", "entry_no"])
def test_a_strike_needs_its_basis_its_reason_its_entry_and_a_second_person(field: str) -> None:
    fields = {"on": date(2025, 1, 1), "entry_no": 2} | USUAL["entry_struck"]
    assert EntryStruck.model_validate(fields).entry_no == 2
    del fields[field]
    with pytest.raises(ValidationError, match=field):
        EntryStruck.model_validate(fields)
