"""Assets as points in a frame of longitudes and latitudes, without outlines of provinces."""

from collections.abc import Sequence
from math import cos, radians
from typing import NamedTuple

from markupsafe import Markup

from api.languages import Language
from api.pages.charts.drawing import WIDTH, box, dot, drawn, line, words
from api.pages.figures import Figures
from api.svg import Point
from api.svg_frame import ticks

_LEFT, _TOP, _RIGHT, _BELOW = 46, 8, 12, 26
_LEAST = 0.2
"""Degrees of latitude that a map shows at least."""
_ROOM = 1.15
_TALLEST, _WIDEST = 1.6, 2.0
"""How much taller than wide a map is at most, and how much wider than tall."""


class _Map(NamedTuple):
    west: float
    south: float
    east: float
    north: float
    scale: float
    """Units a degree of latitude."""
    narrower: float
    """How much shorter a degree of longitude is here."""

    def place(self, point: Point) -> Point:
        longitude, latitude = point
        x = _LEFT + (longitude - self.west) * self.scale * self.narrower
        return x, _TOP + (self.north - latitude) * self.scale


def points(places: Sequence[Point], told: str, language: Language) -> Markup:
    """Return the map of at least one place, each longitude and latitude in degrees (WGS 84)."""
    shown = _map(places)
    right, bottom = shown.place((shown.east, shown.south))
    return drawn(
        bottom + _BELOW,
        told,
        [
            box(_LEFT, _TOP, right, bottom, "sea"),
            *_lines(shown, right, bottom, Figures(language)),
            *(dot(*shown.place(place), "place", 4) for place in places),
        ],
    )


def _map(places: Sequence[Point]) -> _Map:
    longitudes, latitudes = zip(*places, strict=True)
    narrower = max(0.05, cos(radians(_middle(latitudes))))
    tall = max(_LEAST, _span(latitudes), _span(longitudes) * narrower / _WIDEST)
    wide = max(tall / _TALLEST, _span(longitudes) * narrower)
    west, east = _around(_middle(longitudes), wide / narrower)
    south, north = _around(_middle(latitudes), tall)
    return _Map(west, south, east, north, (WIDTH - _LEFT - _RIGHT) / wide, narrower)


def _middle(values: Sequence[float]) -> float:
    return (min(values) + max(values)) / 2


def _span(values: Sequence[float]) -> float:
    return (max(values) - min(values)) * _ROOM


def _around(middle: float, span: float) -> tuple[float, float]:
    return middle - span / 2, middle + span / 2


def _lines(shown: _Map, right: float, bottom: float, figures: Figures) -> list[str]:
    """Return a pale line at each round degree, with the degree beside it."""
    parts = []
    for latitude in _degrees(shown.south, shown.north):
        _, y = shown.place((shown.west, latitude))
        parts.append(line([(_LEFT, y), (right, y)], "grid"))
        parts.append(words(_LEFT - 5, y + 4, _told(latitude, figures), "mark", "end"))
    for longitude in _degrees(shown.west, shown.east):
        x, _ = shown.place((longitude, shown.north))
        parts.append(line([(x, _TOP), (x, bottom)], "grid"))
        parts.append(words(x, bottom + 16, _told(longitude, figures), "mark", "middle"))
    return parts


def _degrees(least: float, most: float) -> list[float]:
    step = ticks(most - least, 4)[1]
    first = -(-least // step) * step
    return [value for number in range(8) if (value := first + number * step) <= most]


def _told(degrees: float, figures: Figures) -> str:
    return f"{figures.number(degrees, 0 if abs(degrees - round(degrees)) < 1e-6 else 2)}°"  # noqa: PLR2004 - rounding
