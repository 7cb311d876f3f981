"""Money as people type it: with separators, or in millions and billions."""

import re
from decimal import Decimal

_UNIT_WORDS = re.compile(r"\s*(đồng|dong|vnđ|vnd|đ)$")
_GROUPED = re.compile(r"\d{1,3}([., \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}])\d{3}(?:\1\d{3})*")
_UNITS = dict.fromkeys(("tỷ", "tỉ", "bn", "billion"), 10**9) | dict.fromkeys(
    ("triệu", "tr", "million", "m"), 10**6
)
_SHORT = re.compile(rf"(\d+(?:[.,]\d+)?)\s*({'|'.join(_UNITS)})")
_MOST_DIGITS = 18


def dong(typed: str) -> int | None:
    """Return an amount in dong, as in 3.600.000.000, 3,600,000,000, 3,6 tỷ or 15 triệu; None for others."""
    written = _UNIT_WORDS.sub("", typed.strip().lower())
    amount = _read(written) if len(written) <= _MOST_DIGITS * 2 else None
    return None if amount is None or amount >= 10**_MOST_DIGITS else amount


def _read(written: str) -> int | None:
    if written.isascii() and written.isdigit():
        return int(written)
    if _GROUPED.fullmatch(written):
        return int(re.sub(r"\D", "", written))
    if short := _SHORT.fullmatch(written):
        amount = Decimal(short[1].replace(",", ".")) * _UNITS[short[2]]
        return int(amount) if amount == int(amount) else None
    return None
