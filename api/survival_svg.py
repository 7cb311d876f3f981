"""A survival curve: the part not yet sold as time goes on, with those at risk under the axis."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.svg import GREY, Point, line, text, width_of
from api.svg_frame import ROW, Frame, across_axis, heading, rounded_up, row, ticks, upward_axis
from api.svg_words import Reader

_TICKS = 5


def survival(
    edges: tuple[float, float, float, float],
    answer: Mapping[str, Any],
    time: str,
    reader: Reader,
) -> list[str]:
    """Return the curve over `{time}s_to_sale` of an answer, `time` being round or day, within these edges."""
    points = answer[f"{time}s_to_sale"]
    frame = Frame(*edges, max(1, rounded_up(points[-1][time] if points else 0, _TICKS)), 1)
    parts = heading(frame, reader(f"by_{time}s"), reader("unsold_part"))
    parts += upward_axis(frame, [(part / 4, reader.percent(part / 4, 0)) for part in range(5)])
    parts += _times(frame, points, time, reader)
    if not points:
        return [*parts, text(frame.left + 12, frame.y(0.5), reader("none"), fill=GREY)]
    parts.append(line(_steps(frame, points, time), weight=2.5))
    return [*parts, *_told(frame, points, time, answer["half_sold"][time], reader)]


def _times(frame: Frame, points: Sequence[Mapping[str, Any]], time: str, reader: Reader) -> list[str]:
    widest = width_of(reader.number(points[0]["at_risk"] if points else 0), ROW) + 8
    count = min(_TICKS, int((frame.right - frame.left) / widest))
    marks = ticks(frame.x_most, count, least_step=1)
    xs = [frame.x(mark) for mark in marks]
    below, y = row(frame.left, frame.bottom + 6, "", xs, [reader.number(mark) for mark in marks])
    at_risk = [reader.number(_at_risk(points, time, mark)) for mark in marks]
    risky, _ = row(frame.left, y, reader("at_risk"), xs, at_risk)
    middle = (frame.left + frame.right) / 2
    words = text(middle, y + 32, reader(f"{time}s"), size=12, anchor="middle", fill=GREY)
    return [*across_axis(frame, xs), *below, *risky, words]


def _at_risk(points: Sequence[Mapping[str, Any]], time: str, mark: float) -> int:
    return next((point["at_risk"] for point in points if point[time] >= mark), 0)


def _steps(frame: Frame, points: Sequence[Mapping[str, Any]], time: str) -> list[Point]:
    corners, y = [(frame.x(0), frame.y(1))], frame.y(1)
    for point in points:
        corners.append((frame.x(point[time]), y))
        below = frame.y(point["survival"])
        if below != y:
            y = below
            corners.append((corners[-1][0], y))
    return corners


def _told(
    frame: Frame, points: Sequence[Mapping[str, Any]], time: str, half: int | None, reader: Reader
) -> list[str]:
    last = points[-1]["survival"]
    above = frame.y(last) - 7 if last < 0.9 else frame.y(last) + 17  # noqa: PLR2004 - clear of the heading
    words, end = reader.percent(last), frame.x(points[-1][time])
    x = max(end, frame.left + 6 + width_of(words))
    parts = [text(x, above, words, anchor="end", bold=True)]
    if half is not None:
        x, y = frame.x(half), frame.y(0.5)
        parts.append(line([(frame.left, y), (x, y), (x, frame.bottom)], dash="2 4"))
        words = f"{reader('half')} {reader.number(half)}"
        parts.append(text(frame.right, frame.top + 14, words, size=12, anchor="end"))
    return parts
