"""A frame of two axes that pictures are drawn in, and rows of words under it that never overlap."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

from api.svg import GREY, INK, PALE, line, text, width_of

ROW = 11
"""The size of the words in a row."""


class Frame(NamedTuple):
    """The edges of a frame on the page, and the values at its right and upper edge; the others are 0."""

    left: float
    top: float
    right: float
    bottom: float
    x_most: float
    y_most: float

    def x(self, value: float) -> float:
        """Return where a value lies across."""
        return self.left + (self.right - self.left) * value / self.x_most

    def y(self, value: float) -> float:
        """Return where a value lies upwards."""
        return self.bottom - (self.bottom - self.top) * value / self.y_most


def ticks(most: float, count: int, *, least_step: float = 0) -> list[float]:
    """Return at most about `count` round values from 0 up to `most`."""
    rough = max(most / max(1, count), least_step, 1e-9)
    unit: float = 10.0 ** floor(log10(rough))
    step = next(unit * each for each in (1, 2, 5, 10) if unit * each >= rough * (1 - 1e-9))
    return [number * step for number in range(floor(most / step + 1e-9) + 1)]


def rounded_up(most: float, count: int) -> float:
    """Return the first round value that is not below `most`, as an axis ends with."""
    step = ticks(most, count)[1] if most else 1
    return ceil(most / step - 1e-9) * step


def heading(frame: Frame, title: str, upwards: str) -> list[str]:
    """Return the frame's title, and under it what its axis upwards counts."""
    return [
        text(frame.left, frame.top - 30, title, size=15, bold=True),
        text(frame.left, frame.top - 12, upwards, size=12, fill=GREY),
    ]


def upward_axis(frame: Frame, marks: Sequence[tuple[float, str]]) -> list[str]:
    """Return the axis upwards, with a pale line across at each mark."""
    parts = []
    for value, words in marks:
        y = frame.y(value)
        parts.append(line([(frame.left, y), (frame.right, y)], stroke=PALE if value else INK))
        parts.append(text(frame.left - 7, y + 4, words, size=ROW, anchor="end"))
    return [*parts, line([(frame.left, frame.top), (frame.left, frame.bottom)])]


def across_axis(frame: Frame, xs: Sequence[float]) -> list[str]:
    """Return the axis across, with a short stroke at each place."""
    strokes = [line([(x, frame.bottom), (x, frame.bottom + 4)]) for x in xs]
    return [line([(frame.left, frame.bottom), (frame.right, frame.bottom)]), *strokes]


def row(
    left: float, y: float, name: str, xs: Sequence[float], words: Sequence[str]
) -> tuple[list[str], float]:
    """Return a row of words, one under each place and the row's name left of them, and where the next begins.

    Words that do not fit side by side are turned; where even those do not, every second or third stands.
    """
    apart = min((right - left for left, right in pairwise(xs)), default=1000)
    widest = max((width_of(each, ROW) for each in words), default=0)
    turned = widest + 5 > apart
    every = ceil((ROW + 1) / apart) if turned else 1
    height = widest if turned else ROW
    reach = 0 if turned or not words else width_of(words[0], ROW) / 2 + 8
    name_ends = min([left - 7, *(x - reach for x in xs[:1])])
    parts = [text(name_ends, y + ROW, name, size=ROW, anchor="end", fill=GREY)]
    for x, each in list(zip(xs, words, strict=True))[::every]:
        if turned:
            parts.append(text(x + 4, y + 2, each, size=ROW, anchor="end", turned=True))
        else:
            parts.append(text(x, y + height, each, size=ROW, anchor="middle"))
    return parts, y + height + 7
