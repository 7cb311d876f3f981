"""What pictures in pages are drawn with: lines, shapes and words that a style sheet colours."""

from collections.abc import Iterable, Sequence
from typing import Literal

from markupsafe import Markup

from api.svg import Point, clean
from api.svg_frame import Frame

WIDTH = 360
"""The width of a picture: that of a telephone, so that its words are as legible there as elsewhere."""

Anchor = Literal["start", "middle", "end"]


def drawn(height: float, told: str, parts: Iterable[str], *, width: float = WIDTH) -> Markup:
    """Return a picture; `told` says in words what it shows."""
    size = f'viewBox="0 0 {width:g} {height:g}"'
    head = f'<svg class="chart" {size} role="img" aria-label="{clean(told)}">'
    return Markup("\n".join([head, *filter(None, parts), "</svg>"]))  # noqa: S704 - words are escaped in parts


def line(points: Sequence[Point], name: str) -> str:
    """Return a line through points, drawn as `name` is."""
    return f'<polyline class="chart-{name}" points="{_joined(points)}"/>'


def shape(points: Sequence[Point], name: str) -> str:
    """Return a filled shape with these corners."""
    return f'<polygon class="chart-{name}" points="{_joined(points)}"/>'


def box(left: float, top: float, right: float, bottom: float, name: str) -> str:
    """Return a rectangle."""
    size = f'width="{right - left:.1f}" height="{bottom - top:.1f}"'
    return f'<rect class="chart-{name}" x="{left:.1f}" y="{top:.1f}" {size}/>'


def dot(x: float, y: float, name: str, radius: float = 3) -> str:
    """Return a dot."""
    return f'<circle class="chart-{name}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def words(x: float, y: float, said: str, name: str = "words", anchor: Anchor = "start") -> str:
    """Return words at their baseline."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="chart-{name}" {place}>{clean(said)}</text>'


def upwards(frame: Frame, marks: Iterable[tuple[float, str]]) -> list[str]:
    """Return a pale line across at each mark, with its words left of it."""
    parts = []
    for value, said in marks:
        y = frame.y(value)
        parts.append(line([(frame.left, y), (frame.right, y)], "grid" if value else "axis"))
        parts.append(words(frame.left - 5, y + 4, said, "mark", "end"))
    return parts


def below(frame: Frame, marks: Iterable[tuple[float, str]], row: int = 0) -> list[str]:
    """Return words under the frame at each mark, in the first row or a later one."""
    y = frame.bottom + 15 + 14 * row
    return [words(frame.x(value), y, said, "mark", "middle") for value, said in marks]


def _joined(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def bar(part: float) -> Markup:
    """Return a bar filled to a part of 1, which stands beside its number and says nothing more."""
    filled = f'<rect width="{100 * part:.1f}" height="8"/>'
    return Markup(  # noqa: S704 - numbers alone
        '<svg class="chart-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="100" height="8"/>{filled}</svg>'
    )
