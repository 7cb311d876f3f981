from tests.unit.given import entry, given, refusal


def test_a_survey_corrects_attributes_and_leaves_the_others() -> None:
    land = entry("seized", 1, attributes={"area_m2": "100", "parcel_no": "7"})
    file = given(land, entry("surveyed", 2, attributes={"area_m2": "98.4"}))
    assert file.state.attributes == {"area_m2": "98.4", "parcel_no": "7"}
    assert file.state.seized == land


def test_what_is_missing_adds_up_and_the_last_condition_told_stands() -> None:
    first = entry("surveyed", 2, condition="afloat", missing=("radar",))
    file = given("seized", first, entry("surveyed", 3, missing=("net", "winch")))
    assert (file.state.condition, file.state.missing) == ("afloat", ("radar", "net", "winch"))


def test_costs_add_up() -> None:
    file = given("seized", entry("cost_accrued", 2, amount=3), entry("cost_accrued", 3, amount=4))
    assert file.state.costs == 7


def test_a_survey_with_an_attribute_of_another_kind_is_refused() -> None:
    refused = refusal(given("seized"), entry("surveyed", 2, attributes={"power_cv": "811"}))
    assert refused.code == "unknown-attribute"
    assert refused.message == "power_cv is not an attribute of land"
    assert refused.details == {"field": "power_cv"}


def test_a_late_survey_with_a_wrong_attribute_is_refused_for_itself() -> None:
    file = given("seized", entry("cost_accrued", 9))
    refused = refusal(file, entry("surveyed", 5, attributes={"area_m2": "large"}))
    assert refused.code == "wrong-attribute"
