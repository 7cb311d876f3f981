"""A price over time: a step down at every level, marked by what caused it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from api.svg import INK, Point, box, dot, line, shape, text, width_of
from api.svg_frame import Frame, across_axis, row
from api.svg_words import Reader

Step = Mapping[str, Any]

_ROOM = 90
"""So far apart stand the days under the axis, at least."""
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_SHORTEST = 60
"""Days that the axis has at least."""


def prices(frame: Frame, steps: Sequence[Step], as_of: str | None, reader: Reader) -> list[str]:
    """Return the price in force from the first level to the sale, or to the ISO day `as_of` while unsold."""
    days = [_number(step["on"]) for step in steps]
    open_still = as_of is not None and steps[-1]["cause"] != "sold"
    last = max(days[-1], _number(as_of) if open_still and as_of else 0)
    across = frame._replace(x_most=max(_SHORTEST, last - days[0]) * 1.02)
    places = [
        (across.x(day - days[0]), frame.y(step["price"])) for day, step in zip(days, steps, strict=True)
    ]
    corners = [*_corners(places), (across.x(last - days[0]), places[-1][1])]
    marks = [_mark(step["cause"], *place) for step, place in zip(steps, places, strict=True)]
    return [
        *_axis(across, days[0], reader),
        line(corners, weight=2.5),
        *marks,
        *_numbers(places, steps, reader),
    ]


def legend(frame: Frame, reader: Reader) -> list[str]:
    """Return what the marks mean, above the frame on the right."""
    parts, x = [], frame.right
    for cause in ("sold", "reappraised", "reduced", "appraised"):
        x -= width_of(reader(cause), 12)
        parts += [text(x, frame.top - 12, reader(cause), size=12), _mark(cause, x - 12, frame.top - 16)]
        x -= 36
    return parts


def _number(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _corners(places: Sequence[Point]) -> Iterator[Point]:
    above = places[0][1]
    for x, y in places:
        yield (x, above)
        yield (x, y)
        above = y


def _mark(cause: str, x: float, y: float) -> str:
    match cause:
        case "appraised":
            return box(x - 5, y - 5, x + 5, y + 5, fill="#fff", stroke=INK)
        case "reappraised":
            return shape([(x - 6, y), (x, y - 6), (x + 6, y), (x, y + 6)], fill="#fff", stroke=INK)
        case "sold":
            return shape([(x - 7, y - 6), (x + 7, y - 6), (x, y + 7)], fill=INK, stroke=INK)
    return dot(x, y)


def _numbers(places: Sequence[Point], steps: Sequence[Step], reader: Reader) -> list[str]:
    """Return the number of each level above its mark, where it is clear of the one before."""
    parts, taken = [], float("-inf")
    for (x, y), step in zip(places, steps, strict=True):
        words = reader.number(step["step"])
        half = width_of(words, 11) / 2
        if x - half > taken:
            parts.append(text(x + 4, y - 9, words, size=11))
            taken = x + half + 4
    return parts


def _axis(frame: Frame, first: int, reader: Reader) -> list[str]:
    count = int((frame.right - frame.left) / _ROOM)
    days = firsts_of_months(first, first + int(frame.x_most), count)
    xs = [frame.x(day - first) for day in days]
    words = [reader.day(date.fromordinal(day).isoformat()) for day in days]
    parts, _ = row(frame.left, frame.bottom + 6, "", xs, words)
    return [*across_axis(frame, xs), *parts]


def firsts_of_months(first: int, last: int, count: int) -> list[int]:
    """Return the firsts of months between two days, at most about `count`, evenly apart, as ordinals."""
    begin, end = date.fromordinal(first), date.fromordinal(last)
    months = range(begin.year * 12 + begin.month, end.year * 12 + end.month)
    apart = next((each for each in _MONTHS if len(months) / each <= count), _MONTHS[-1])
    return [date(month // 12, month % 12 + 1, 1).toordinal() for month in months if month % apart == 0]
