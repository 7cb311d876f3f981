"""What pictures are drawn with: lines, shapes and texts as SVG that a black-and-white printer keeps."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

WIDTH, HEIGHT = 1188, 840
"""A4 across, four units a millimetre: a text of size 13 is 9 points high."""

MEDIA_TYPE = "image/svg+xml"
INK, GREY, PALE = "#000", "#555", "#ddd"
_FONTS = "Helvetica, Arial, 'Liberation Sans', sans-serif"
_CHARACTER = 0.57
"""The width of a character as part of its size, on average and rather too wide."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def picture(
    title: str, description: str, parts: Iterable[str], *, width: int = WIDTH, height: int = HEIGHT
) -> str:
    """Return a picture, one A4 page across, with title and description for those who cannot see it."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width / 4:g}mm" '
        f'height="{height / 4:g}mm" role="img" aria-labelledby="title desc" font-family="{_FONTS}">'
    )
    told = f'<title id="title">{clean(title)}</title>\n<desc id="desc">{clean(description)}</desc>'
    paper = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    return "\n".join([head, told, paper, *filter(None, parts), "</svg>"]) + "\n"


def clean(words: str) -> str:
    """Return text as XML takes it: escaped, without characters that XML has no place for."""
    return escape(_NOT_XML.sub("\ufffd", words))


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 13,
    anchor: Anchor = "start",
    turned: bool = False,
    bold: bool = False,
    fill: str = INK,
) -> str:
    """Return a text at its baseline; `turned` runs upwards."""
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{fill}"'
    return f"<text {place}{weight}{turn}>{clean(words)}</text>"


def line(points: Sequence[Point], *, weight: float = 1, dash: str = "", stroke: str = INK) -> str:
    """Return a line through points, nothing where there are fewer than two."""
    if len(points) < 2:  # noqa: PLR2004 - two ends
        return ""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    style = f'fill="none" stroke="{stroke}" stroke-width="{weight:g}" stroke-linejoin="round"'
    return f'<polyline points="{_joined(points)}" {style}{dashes}/>'


def shape(points: Sequence[Point], *, fill: str = PALE, stroke: str = "none") -> str:
    """Return a filled shape with these corners."""
    return f'<polygon points="{_joined(points)}" fill="{fill}" stroke="{stroke}"/>'


def box(left: float, top: float, right: float, bottom: float, *, fill: str = PALE, stroke: str = INK) -> str:
    """Return a rectangle."""
    return shape([(left, top), (right, top), (right, bottom), (left, bottom)], fill=fill, stroke=stroke)


def dot(x: float, y: float, *, radius: float = 3, fill: str = INK) -> str:
    """Return a dot, ringed in black."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{INK}"/>'


def width_of(words: str, size: float = 13) -> float:
    """Return about how wide a text is."""
    return len(words) * size * _CHARACTER


def clipped(words: str, room: float, size: float = 13) -> str:
    """Return a text cut so that it keeps within `room`."""
    most = int(room / (size * _CHARACTER))
    return words if len(words) <= most else words[: most - 1] + "…"


def _joined(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
