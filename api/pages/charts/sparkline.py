"""A price ladder as a small line of steps, from nothing up to its highest price."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

WIDTH, HEIGHT = 96, 28
"""The size of the picture."""
_EDGE = 2


def sparkline(steps: Sequence[Mapping[str, Any]], until: str) -> str:
    """Return the path of an SVG picture of a ladder up to an ISO day, "" without a price."""
    if not steps:
        return ""
    days = [date.fromisoformat(step["on"]).toordinal() for step in steps]
    last = max(date.fromisoformat(until).toordinal(), days[-1] + 1)
    highest = max(step["price"] for step in steps) or 1
    path = f"M{_EDGE} {_y(steps[0]['price'], highest)}"
    for day, step in zip(days[1:], steps[1:], strict=True):
        path += f"H{_x(day, days[0], last)}V{_y(step['price'], highest)}"
    return f"{path}H{WIDTH - _EDGE}"


def _x(day: int, first: int, last: int) -> float:
    return round(_EDGE + (WIDTH - 2 * _EDGE) * (day - first) / (last - first), 1)


def _y(price: int, highest: int) -> float:
    return round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * price / highest, 1)
