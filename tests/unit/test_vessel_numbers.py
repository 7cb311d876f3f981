import pytest

from auctions.rules.kinds import is_regular_vessel_no
from tests.unit.given import entry, given


@pytest.mark.parametrize(
    "number", ["BĐ-99144-TS", "NĐ-94567-TS", "TTh-90001-TS", "BRVT-97001-TS", "K-00001-TS"]
)
def test_a_number_of_the_circular_s_form_is_regular(number: str) -> None:
    assert is_regular_vessel_no(number)


@pytest.mark.parametrize(
    "number",
    [
        "BĐ 99144-TS",
        "BĐ-99144TS",
        "BĐ-9914-TS",
        "BĐ-991444-TS",
        "bđ-99144-TS",
        "BĐ-99144-ts",
        "BĐ-99144-TS ",
        "BRVTX-97001-TS",
        "-99144-TS",
        "",
    ],
)
def test_a_misspelt_number_is_not_regular(number: str) -> None:
    assert not is_regular_vessel_no(number)


def test_a_misspelt_number_is_kept_as_it_was_written() -> None:
    file = given(entry("seized", 1, kind="vessel", attributes={"vessel_no": "bđ 99144 - ts"}))
    assert file.state.attributes == {"vessel_no": "bđ 99144 - ts"}
