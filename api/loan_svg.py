"""A strip of vessels: the hammer, and what is asked now, against the value the loan was given on."""

from collections.abc import Mapping
from typing import Any

from api.svg import GREY, INK, PALE, box, line, text
from api.svg_frame import Frame, across_axis, heading, rounded_up, row, ticks
from api.svg_words import Reader

_HALF = 13
"""Half the height of a strip's box."""


def loans(edges: tuple[float, float, float, float], loan: Mapping[str, Any], reader: Reader) -> list[str]:
    """Return a strip each for `hammer` and `price`: least, quartiles and most, as parts of the loan value."""
    most = max(1, *(strip["most"] or 0 for strip in loan.values()))
    frame = Frame(*edges, rounded_up(most, 5), 1)
    marks = ticks(frame.x_most, 5)
    xs = [frame.x(mark) for mark in marks]
    words, _ = row(frame.left, frame.bottom + 6, "", xs, [reader.percent(mark, 0) for mark in marks])
    parts = heading(frame, reader("loan"), reader("of_loan"))
    parts += [line([(x, frame.top), (x, frame.bottom)], stroke=PALE) for x in xs]
    parts += [*across_axis(frame, xs), *words]
    for middle, name, said in ((0.78, "hammer", "hammer"), (0.3, "price", "in_force")):
        parts += _strip(frame, frame.y(middle), loan[name], reader(said), reader)
    return parts


def _strip(frame: Frame, y: float, strip: Mapping[str, Any], name: str, reader: Reader) -> list[str]:
    told = f"{name} (n = {reader.number(strip['n'])})"
    title = text(frame.left, y - _HALF - 8, told, size=12)
    if not strip["n"]:
        return [title, text(frame.left + 12, y + 5, reader("none"), fill=GREY)]
    least, q1, median, q3, most = (frame.x(strip[each]) for each in ("least", "q1", "median", "q3", "most"))
    ends = [line([(x, y - 6), (x, y + 6)]) for x in (least, most)]
    whole = line([(least, y), (most, y)])
    middle = line([(median, y - _HALF), (median, y + _HALF)], weight=4, stroke=INK)
    words = f"{reader('median')} {reader.percent(strip['median'])}"
    return [
        title,
        whole,
        *ends,
        box(q1, y - _HALF, q3, y + _HALF),
        middle,
        text(frame.left, y + _HALF + 16, words, size=12, bold=True),
    ]
