"""Money as people type it."""

import pytest

from api.pages.money import dong

TYPED = {
    "3600000000": 3_600_000_000,
    "3.600.000.000": 3_600_000_000,
    "3,600,000,000 VND": 3_600_000_000,
    "3 600 000 000 đồng": 3_600_000_000,
    "3,6 tỷ": 3_600_000_000,
    "3.6 billion": 3_600_000_000,
    "3,6 tỷ đồng": 3_600_000_000,
    "15 triệu": 15_000_000,
    "15tr": 15_000_000,
    "1,5 TỶ": 1_500_000_000,
    "1 234 567 000": 1_234_567_000,
    "0,5 m": 500_000,
    "0": 0,
}


@pytest.mark.parametrize("typed", TYPED)
def test_an_amount_is_understood_with_separators_or_in_short(typed: str) -> None:
    assert dong(typed) == TYPED[typed]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3.6",
        "3.600,000",
        "1.23",
        "-5",
        "ba tỷ",
        "3,6 tỷ 5",
        "3 m\N{LATIN SMALL LETTER DOTLESS I}llion",
        "0,0000000001 tỷ",
        "٣",
        "1" * 40,
    ],
)
def test_what_is_no_amount_or_may_be_two_is_not_guessed(typed: str) -> None:
    assert dong(typed) is None
