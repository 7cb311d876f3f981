"""The statistics: quartiles of what was measured, and the part that is left over time."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

PLACES = 6
"""The decimal places to which shares are told."""

_QUARTERS = 4


class Point(NamedTuple):
    """One time on a survival curve: how many were at risk, how many of them were sold, the part unsold."""

    time: int
    at_risk: int
    sold: int
    survival: float


def quartiles(values: Iterable[float]) -> tuple[float, float, float]:
    """Return the quartiles of at least one value, by linear interpolation (type 7 of Hyndman and Fan 1996).

    Raises ValueError where there are none.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    q1, median, q3 = (_quantile(ordered, quarter) for quarter in (1, 2, 3))
    return q1, median, q3


def _quantile(ordered: list[float], quarter: int) -> float:
    at, rest = divmod((len(ordered) - 1) * quarter, _QUARTERS)
    below = ordered[at]
    return below + (ordered[at + 1] - below) * rest / _QUARTERS if rest else below


def spread(values: Iterable[float]) -> dict[str, Any]:
    """Return n, q1, median and q3, the quartiles to six places and None where there are no values."""
    listed = list(values)
    told = [round(value, PLACES) for value in quartiles(listed)] if listed else [None] * 3
    return {"n": len(listed), **dict(zip(("q1", "median", "q3"), told, strict=True))}


def kaplan_meier(durations: Mapping[tuple[int, bool], int]) -> list[Point]:
    """Return a point for each duration that occurs, from how many assets have each (duration, sold).

    An asset that was not sold is censored: at risk up to and including its duration, never dropped
    (Kaplan and Meier 1958).
    """
    at_risk, survival = sum(durations.values()), 1.0
    points = []
    for time in sorted({time for time, _ in durations}):
        sold, censored = durations.get((time, True), 0), durations.get((time, False), 0)
        survival *= (at_risk - sold) / at_risk
        points.append(Point(time, at_risk, sold, round(survival, PLACES)))
        at_risk -= sold + censored
    return points


def half_sold(points: Iterable[Point]) -> int | None:
    """Return the first time at which at most half is unsold, None while more than half is."""
    return next((point.time for point in points if point.survival <= 1 / 2), None)
