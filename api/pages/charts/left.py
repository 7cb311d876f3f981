"""The price left after each reduction: the median, and the band that half of the assets lie in."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from api.languages import Language
from api.pages.charts.drawing import WIDTH, below, dot, drawn, line, shape, upwards, words
from api.pages.figures import Figures
from api.pages.words import marked, said
from api.svg_frame import Frame, ticks

_BEGIN = {"reductions": 0, "q1": 1.0, "median": 1.0, "q3": 1.0}
"""Before a reduction everything is left."""
_HEIGHT = 248
_DOTS = 16
"""Of more points the line alone is drawn: dots would run into one another."""


def left(points: Sequence[Mapping[str, Any]], told: str, language: Language) -> Markup:
    """Return the picture of at least one point, of how many assets each is of under it."""
    figures, shown = Figures(language), [_BEGIN, *points]
    frame = Frame(46, 14, WIDTH - 12, _HEIGHT - 54, points[-1]["reductions"], max(1, points[0]["q3"]))
    marks = [mark for mark in ticks(frame.x_most, 6, least_step=1) if mark]
    of = {point["reductions"]: point["n"] for point in points}
    counted = [(mark, figures.number(of[mark])) for mark in marks if mark in of]
    return drawn(
        _HEIGHT,
        told,
        [
            *upwards(frame, [(part / 4, figures.percent(part / 4, 0)) for part in range(5)]),
            *_band(frame, shown),
            *below(frame, [(mark, figures.number(mark)) for mark in (0, *marks)]),
            words(4, frame.bottom + 29, "n", "mark"),
            *below(frame, counted, row=1),
            words(frame.right, _HEIGHT - 6, said(marked("reductions"), language), "mark", "end"),
        ],
    )


def _band(frame: Frame, shown: Sequence[Mapping[str, Any]]) -> list[str]:
    q1, median, q3 = (
        [(frame.x(point["reductions"]), frame.y(point[name])) for point in shown]
        for name in ("q1", "median", "q3")
    )
    return [
        shape([*q1, *reversed(q3)], "band"),
        line(median, "line"),
        *(dot(x, y, "dot", 2.5) for x, y in median if len(median) <= _DOTS),
    ]
