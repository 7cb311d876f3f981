"""The bands in which assets are counted, at their edges."""

import pytest

from projections.bands import PRICE_BANDS, ROUNDS_BANDS, price_band, rounds_band

BILLION = 1_000_000_000
LOWEST = {
    "under_100m": 1,
    "100m_500m": BILLION // 10,
    "500m_1b": BILLION // 2,
    "1b_5b": BILLION,
    "5b_20b": 5 * BILLION,
    "20b_and_over": 20 * BILLION,
}
"""The lowest price of each band."""
FEWEST = {"0": 0, "1-2": 1, "3-5": 3, "6-10": 6, "11+": 11}
"""The fewest rounds of each band."""


def test_every_band_of_prices_begins_at_its_lowest_price_and_ends_before_the_next() -> None:
    assert ("none", *LOWEST) == PRICE_BANDS
    bands = list(LOWEST)
    for before, (band, price) in zip(["under_100m", *bands], LOWEST.items(), strict=False):
        assert price_band(price) == band
        assert price_band(price - 1) == before
    assert price_band(10**16) == "20b_and_over"


@pytest.mark.parametrize(("price", "band"), [(None, "none"), (0, "under_100m")])
def test_no_price_is_a_band_of_its_own_and_no_price_of_nothing(price: int | None, band: str) -> None:
    assert price_band(price) == band


def test_every_band_of_rounds_begins_at_its_fewest_and_ends_before_the_next() -> None:
    assert tuple(FEWEST) == ROUNDS_BANDS
    bands = list(FEWEST)
    for before, (band, rounds) in zip(bands, list(FEWEST.items())[1:], strict=False):
        assert rounds_band(rounds) == band
        assert rounds_band(rounds - 1) == before
    assert (rounds_band(0), rounds_band(500)) == ("0", "11+")
