"""Two price lines of one asset in one picture: as known then, and as known now."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

WIDTH, HEIGHT = 360, 150
_TOP, _BOTTOM = 16, 130
_ROUNDING = 1

Steps = Sequence[dict[str, Any]]


class PriceLines(NamedTuple):
    """Paths of the lines and what stands at the ends of the axes; `then` is empty where none was known."""

    then: str
    now: str
    highest: int
    lowest: int
    lowest_at: float
    first_day: str
    last_day: str


def price_lines(then: Steps, now: Steps, last_day: str) -> PriceLines | None:
    """Return the lines of price levels up to a day, None where no price is known then or now."""
    steps = [*then, *now]
    if not steps:
        return None
    highest, lowest = (choose(step["price"] for step in steps) for choose in (max, min))
    first, last = min(step["on"] for step in steps), max(last_day, *(step["on"] for step in steps))

    def across(day: str) -> float:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days
        return round(
            WIDTH * (date.fromisoformat(day) - date.fromisoformat(first)).days / max(days, 1), _ROUNDING
        )

    def down(price: int) -> float:
        return round(float(_BOTTOM - (_BOTTOM - _TOP) * price / max(highest, 1)), _ROUNDING)

    def path(levels: Steps) -> str:
        parts = [f"H{across(step['on'])}V{down(step['price'])}" for step in levels[1:]]
        begins = f"M{across(levels[0]['on'])} {down(levels[0]['price'])}" if levels else ""
        return begins + "".join(parts) + (f"H{WIDTH}" if levels else "")

    return PriceLines(path(then), path(now), highest, lowest, down(lowest), first, last)
