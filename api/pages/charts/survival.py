"""A survival curve in a page: the part not yet sold as time goes on, with those at risk under it."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from api.languages import Language
from api.pages.charts.drawing import WIDTH, Anchor, below, dot, drawn, line, upwards, words
from api.pages.figures import Figures
from api.pages.words import marked, said
from api.svg import Point
from api.svg_frame import Frame, rounded_up, ticks

Points = Sequence[Mapping[str, Any]]

_HEIGHT = 248
_SMALL = (170, 104)
_UNIT = {"round": marked("auction rounds held"), "day": marked("days since the first announcement")}


def survival(points: Points, time: str, half: int | None, told: str, language: Language) -> Markup:
    """Return the curve of at least one point over `time`, round or day; `half` is when half were sold."""
    figures = Figures(language)
    frame = Frame(46, 14, WIDTH - 16, _HEIGHT - 54, max(1, rounded_up(points[-1][time], 5)), 1)
    marks = ticks(frame.x_most, 5, least_step=1)
    at_risk = [(mark, figures.number(_at_risk(points, time, mark))) for mark in marks]
    return drawn(
        _HEIGHT,
        told,
        [
            *upwards(frame, [(part / 4, figures.percent(part / 4, 0)) for part in range(5)]),
            line(_steps(frame, points, time), "line"),
            *_half(frame, half, figures),
            *_end(frame, points, time, figures),
            *below(frame, [(mark, figures.number(mark)) for mark in marks]),
            words(4, frame.bottom + 29, "n", "mark"),
            *below(frame, at_risk, row=1),
            words(frame.right, _HEIGHT - 6, said(_UNIT[time], language), "mark", "end"),
        ],
    )


def small_survival(points: Points, most: int, told: str, language: Language) -> Markup:
    """Return a small curve over rounds up to `most`, one of several that are looked at together."""
    figures, (width, height) = Figures(language), _SMALL
    frame = Frame(36, 8, width - 8, height - 20, max(1, most), 1)
    across = [(0, figures.number(0)), (frame.x_most, figures.number(frame.x_most))]
    return drawn(
        height,
        told,
        [
            *upwards(frame, [(part, figures.percent(part, 0)) for part in (0, 0.5, 1)]),
            line(_steps(frame, points, "round"), "line") if points else "",
            *below(frame, across),
        ],
        width=width,
    )


def _at_risk(points: Points, time: str, mark: float) -> int:
    return next((point["at_risk"] for point in points if point[time] >= mark), 0)


def _steps(frame: Frame, points: Points, time: str) -> list[Point]:
    corners, y = [(frame.x(0), frame.y(1))], frame.y(1)
    for point in points:
        x, after = frame.x(point[time]), frame.y(point["survival"])
        corners += [(x, y), (x, after)] if after != y else [(x, y)]
        y = after
    return corners


def _half(frame: Frame, half: int | None, figures: Figures) -> list[str]:
    if half is None:
        return []
    x, y = frame.x(half), frame.y(0.5)
    return [
        line([(frame.left, y), (x, y), (x, frame.bottom)], "aid"),
        dot(x, y, "dot", 3.5),
        words(x + 5, frame.bottom - 6, figures.number(half), "value"),
    ]


def _end(frame: Frame, points: Points, time: str, figures: Figures) -> list[str]:
    x, y = frame.x(points[-1][time]), frame.y(points[-1]["survival"])
    anchor: Anchor = "end" if x > frame.left + 60 else "start"
    lifted = y - 7 if points[-1]["survival"] < 0.9 else y + 17  # noqa: PLR2004 - clear of the upper edge
    return [words(x, lifted, figures.percent(points[-1]["survival"]), "value", anchor)]
