"""How value declined over many assets, on one page for print: prices left, time to a sale, loans."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.languages import Language
from api.loan_svg import loans
from api.survival_svg import survival
from api.svg import GREY, HEIGHT, INK, PALE, WIDTH, box, clipped, dot, line, picture, shape, text
from api.svg_frame import Frame, across_axis, heading, rounded_up, row, ticks, upward_axis
from api.svg_words import Reader

_MARGIN = 48
_LEFT = 148
_WIDEST = 84
"""How far apart two reductions stand at most."""


def decline_svg(answer: Mapping[str, Any], language: Language) -> str:
    """Return the picture of an answer of `projections.decline` in the reader's language, as SVG 1.1.

    Drawn in black and grey for A4 across. Every median stands with its number of assets, every curve with
    those at risk, the page with the day and the position its figures are of.
    """
    reader = Reader(language)
    about = f"{reader.asked(answer['asked'])} (n = {reader.number(answer['assets'])})"
    return picture(
        reader("decline"),
        f"{about}. {_told(answer['by_reductions'], reader)} {_facts(answer, reader)} {reader.source(answer)}",
        [
            text(_MARGIN, 46, reader("decline"), size=24, bold=True),
            text(_MARGIN, 70, clipped(about, WIDTH - 2 * _MARGIN, 14), size=14),
            *_left(answer["by_reductions"], reader),
            *survival((124, 540, 414, 690), answer, "round", reader),
            *survival((520, 540, 810, 690), answer, "day", reader),
            *loans((872, 540, WIDTH - _MARGIN - 14, 690), answer["loan"], reader),
            text(_MARGIN, HEIGHT - 48, _facts(answer, reader), size=12),
            text(_MARGIN, HEIGHT - 26, reader.source(answer), size=12, fill=GREY),
        ],
    )


def _left(points: Sequence[Mapping[str, Any]], reader: Reader) -> list[str]:
    apart = min(_WIDEST, (WIDTH - _MARGIN - _LEFT) / max(1, len(points)))
    xs = [_LEFT + apart * (number + 0.5) for number in range(len(points))]
    _, height = _rows(0, xs, points, reader)
    most = rounded_up(max([1, *(point["q3"] for point in points)]), 5)
    frame = Frame(_LEFT, 138, WIDTH - _MARGIN, 470 - height, 1, most)
    marks = [(mark, reader.percent(mark, 0)) for mark in ticks(most, 5)]
    parts = [*heading(frame, reader("left"), reader("of_first")), *upward_axis(frame, marks)]
    parts += across_axis(frame, xs)
    if not points:
        return [*parts, text(_LEFT + 12, frame.y(0.5), reader("none"), fill=GREY)]
    rows, _ = _rows(frame.bottom, xs, points, reader)
    return [*parts, *_band(frame, xs, points), *_legend(frame, reader), *rows]


def _band(frame: Frame, xs: Sequence[float], points: Sequence[Mapping[str, Any]]) -> list[str]:
    q1, median, q3 = (
        [(x, frame.y(point[name])) for x, point in zip(xs, points, strict=True)]
        for name in ("q1", "median", "q3")
    )
    return [
        shape([*q1, *reversed(q3)]),
        line(q1, dash="5 3", stroke=GREY),
        line(q3, dash="5 3", stroke=GREY),
        *(line(ends, stroke=GREY) for ends in zip(q1, q3, strict=True)),
        line(median, weight=2.5),
        *(dot(x, y) for x, y in median),
    ]


def _legend(frame: Frame, reader: Reader) -> list[str]:
    x, y = frame.right - 330, frame.top - 16
    return [
        line([(x, y), (x + 26, y)], weight=2.5),
        dot(x + 13, y),
        text(x + 32, y + 4, reader("median"), size=12),
        box(x + 92, y - 6, x + 118, y + 6, fill=PALE, stroke=GREY),
        text(x + 124, y + 4, reader("middle_half"), size=12, fill=INK),
    ]


def _rows(
    y: float, xs: Sequence[float], points: Sequence[Mapping[str, Any]], reader: Reader
) -> tuple[list[str], float]:
    """Return the rows under the axis at `y`, and where they end."""
    parts: list[str] = []
    y += 6
    for name, words in (
        ("reductions", [reader.number(point["reductions"]) for point in points]),
        ("median", [reader.percent(point["median"]) for point in points]),
        ("n", [reader.number(point["n"]) for point in points]),
    ):
        more, y = row(_LEFT, y, reader(name), xs, words)
        parts += more
    return parts, y


def _told(points: Sequence[Mapping[str, Any]], reader: Reader) -> str:
    """Return the first and the last median in words."""
    told = [
        f"{reader('reductions')} {reader.number(point['reductions'])}: {reader('median')} "
        f"{reader.percent(point['median'])} (n = {reader.number(point['n'])})"
        for point in [*points[:1], *points[1:][-1:]]
    ]
    return f"{reader('left')}: {'; '.join(told) or reader('none')}."


def _facts(answer: Mapping[str, Any], reader: Reader) -> str:
    never, days, costs = answer["never_sold"], answer["days_a_round"], answer["costs_to_price"]
    facts = [
        ("never_sold", never["n"] and reader.percent(never["share"]), never["n"]),
        ("days_a_round", days["n"] and reader.number(days["median"], int(days["median"] % 1 > 0)), days["n"]),
        ("costs", costs["n"] and reader.percent(costs["median"]), costs["n"]),
    ]
    told = [f"{reader(name)}: {value} (n = {reader.number(n)})" for name, value, n in facts if n]
    line = "; ".join(told)
    return f"{line[:1].upper()}{line[1:]}." if line else ""
