"""The bands in which assets are counted: of the price in force, and of the rounds announced."""

from bisect import bisect_right

_MILLION = 1_000_000
PRICES = (100 * _MILLION, 500 * _MILLION, 1_000 * _MILLION, 5_000 * _MILLION, 20_000 * _MILLION)
"""The prices in dong at which bands begin, but the first."""
ROUNDS = (1, 3, 6, 11)
"""The numbers of rounds at which bands begin, but the first."""
PRICE_BANDS = ("none", "under_100m", "100m_500m", "500m_1b", "1b_5b", "5b_20b", "20b_and_over")
"""Bands of the price in force in dong (m: million, b: billion), the upper end not included."""
ROUNDS_BANDS = ("0", "1-2", "3-5", "6-10", "11+")
"""Bands of the number of rounds announced."""


def price_band(price: int | None) -> str:
    """Return the band of a price in dong, `none` where there is no price."""
    return PRICE_BANDS[0] if price is None else PRICE_BANDS[1:][bisect_right(PRICES, price)]


def rounds_band(rounds: int) -> str:
    """Return the band of a number of rounds."""
    return ROUNDS_BANDS[bisect_right(ROUNDS, rounds)]


def _banded(column: str, first: str, ends: tuple[int, ...], bands: tuple[str, ...]) -> str:
    cases = " ".join(f"WHEN {column} < {end} THEN '{band}'" for end, band in zip(ends, bands, strict=False))
    return f"CASE {first} {cases} ELSE '{bands[-1]}' END"


PRICE_BAND = _banded("price", f"WHEN price IS NULL THEN '{PRICE_BANDS[0]}'", PRICES, PRICE_BANDS[1:])
"""SQL for the band of a column `price`."""
ROUNDS_BAND = _banded("rounds", "", ROUNDS, ROUNDS_BANDS)
"""SQL for the band of a column `rounds`."""
