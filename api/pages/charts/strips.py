"""Strips, one under another on one axis: the middle half of what was measured, its median, its ends."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from api.pages.charts.drawing import WIDTH, below, box, drawn, line, words
from api.svg_frame import Frame, rounded_up, ticks


class Strip(NamedTuple):
    """A name, and n, quartiles and, where they are known, least and most of what it is of."""

    name: str
    spread: Mapping[str, Any]


_ROW = 58
_HALF = 8


def strips(shown: Sequence[Strip], written: Callable[[float], str], unit: str, told: str) -> Markup:
    """Return the picture of strips; `written` writes a value as it is read, `unit` says what is measured."""
    ends = [strip.spread.get("most") or strip.spread["q3"] or 0 for strip in shown]
    frame = Frame(14, 4, WIDTH - 18, 4 + _ROW * len(shown), rounded_up(max(*ends, 0), 4) or 1, 1)
    marks = ticks(frame.x_most, 4)
    rows = [_strip(frame, number, strip, written) for number, strip in enumerate(shown)]
    return drawn(
        frame.bottom + 36,
        told,
        [
            *(line([(frame.x(mark), frame.top), (frame.x(mark), frame.bottom)], "grid") for mark in marks),
            line([(frame.left, frame.bottom), (frame.right, frame.bottom)], "axis"),
            *(part for row in rows for part in row),
            *below(frame, [(mark, written(mark)) for mark in marks]),
            words(frame.right, frame.bottom + 31, unit, "mark", "end"),
        ],
    )


def _strip(frame: Frame, number: int, strip: Strip, written: Callable[[float], str]) -> list[str]:
    top, spread = frame.top + _ROW * number, strip.spread
    y = top + 34
    name = words(frame.left, top + 16, f"{strip.name} (n = {spread['n']})", "words")
    if not spread["n"]:
        return [name]
    q1, median, q3 = (frame.x(spread[each]) for each in ("q1", "median", "q3"))
    whole = [frame.x(spread[end]) for end in ("least", "most") if spread.get(end) is not None]
    return [
        name,
        line([(x, y) for x in whole], "aid") if whole else "",
        box(q1, y - _HALF, q3, y + _HALF, "band"),
        line([(median, y - _HALF - 2), (median, y + _HALF + 2)], "line"),
        words(frame.right, top + 16, written(spread["median"]), "value", "end"),
    ]
