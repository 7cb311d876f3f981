"""What became of loans, vessel by vessel: from the first appraisal to the price in force or the hammer."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from api.languages import Language
from api.pages.charts.drawing import WIDTH, below, dot, drawn, line, shape, words
from api.pages.figures import Figures
from api.pages.words import marked, said
from api.svg import clipped
from api.svg_frame import Frame, rounded_up, ticks

Vessel = Mapping[str, Any]

_ROW = 17
_NAME = 74


def vessels(shown: Sequence[Vessel], most: float, told: str, language: Language) -> Markup:
    """Return the picture of at least one vessel; `most` is the largest share that the axis has room for."""
    figures = Figures(language)
    frame = Frame(_NAME, 28, WIDTH - 14, 28 + _ROW * len(shown), rounded_up(max(most, 0.1), 4), 1)
    marks = ticks(frame.x_most, 4)
    return drawn(
        frame.bottom + 38,
        told,
        [
            *_legend(frame, language),
            *(line([(frame.x(mark), frame.top), (frame.x(mark), frame.bottom)], "grid") for mark in marks),
            line([(frame.left, frame.bottom), (frame.right, frame.bottom)], "axis"),
            *(part for number, vessel in enumerate(shown) for part in _row(frame, number, vessel)),
            *below(frame, [(mark, figures.percent(mark, 0)) for mark in marks]),
            words(
                frame.right, frame.bottom + 32, said(marked("% of the loan value"), language), "mark", "end"
            ),
        ],
    )


def _row(frame: Frame, number: int, vessel: Vessel) -> list[str]:
    y = frame.top + _ROW * (number + 0.5)
    first, price, sold = (vessel[name] for name in ("first_of_loan", "of_loan", "sold_of_loan"))
    ends = [frame.x(share) for share in (first, price if sold is None else sold) if share is not None]
    return [
        words(4, y + 4, clipped(vessel["asset_ref"], _NAME - 8, 11), "mark"),
        line([(x, y) for x in ends], "span") if len(ends) > 1 else "",
        dot(frame.x(first), y, "ring", 3.5) if first is not None else "",
        dot(frame.x(price), y, "dot", 4) if price is not None and sold is None else "",
        _hammer(frame.x(sold), y) if sold is not None else "",
    ]


def _hammer(x: float, y: float) -> str:
    return shape([(x - 5, y), (x, y - 5), (x + 5, y), (x, y + 5)], "hammer")


def _legend(frame: Frame, language: Language) -> list[str]:
    y, left, apart = 12, 8, (frame.right - 8) / 3
    return [
        dot(left, y, "ring", 3.5),
        words(left + 9, y + 4, said(marked("first appraisal"), language), "mark"),
        dot(left + apart, y, "dot", 4),
        words(left + apart + 9, y + 4, said(marked("price in force"), language), "mark"),
        _hammer(left + 2 * apart, y),
        words(left + 2 * apart + 9, y + 4, said(marked("hammer"), language), "mark"),
    ]
