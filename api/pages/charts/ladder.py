"""An asset's price over time as steps: across in per cent, upwards in pixels, so words keep their size."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from api.ladder_svg import scale
from api.languages import Language
from api.price_svg import firsts_of_months
from api.svg_words import Reader

HEIGHT = 240
"""Pixels from the axis up to where it ends."""
_ACROSS = 1000
"""Parts of the whole width in which the line is drawn."""
_DAYS = 5
"""How many months stand under the axis, about: so many as a narrow screen has room for."""
_SHORTEST = 60
"""Days that the axis has at least."""

Step = Mapping[str, Any]


class Mark(NamedTuple):
    """A price level: its place, and what caused it."""

    x: float
    y: float
    cause: str


class Chart(NamedTuple):
    """The scale upwards, the months across, the line of the price and its marks, the loan value."""

    unit: str
    scale: Sequence[tuple[float, str]]
    months: Sequence[tuple[float, str]]
    line: str
    marks: Sequence[Mark]
    loan: float | None


def chart(steps: Sequence[Step], loan: int | None, until: str, language: Language) -> Chart | None:
    """Return the chart of a ladder up to an ISO day, None where the asset has no price; `loan` in dong."""
    if not steps:
        return None
    reader = Reader(language)
    upwards = scale(max(loan or 0, *(step["price"] for step in steps)), reader)

    def y(dong: float) -> float:
        return round(HEIGHT * (1 - dong / upwards.most), 1)

    first = _ordinal(steps[0]["on"])
    last = max(_ordinal(until), _ordinal(steps[-1]["on"]))
    span = max(_SHORTEST, last - first)
    places = [((_ordinal(step["on"]) - first) / span, y(step["price"])) for step in steps]
    marks = [Mark(round(100 * x, 2), at, _shape(step)) for (x, at), step in zip(places, steps, strict=True)]
    return Chart(
        upwards.unit,
        [(y(value), words) for value, words in upwards.marks],
        [
            (round(100 * (day - first) / span, 2), words)
            for day, words in _months(first, first + span, language)
        ],
        " ".join(f"{round(_ACROSS * x)},{at:g}" for x, at in _corners(places, (last - first) / span)),
        marks,
        y(loan) if loan else None,
    )


def _shape(step: Step) -> str:
    """Return what a level is marked as: a reduction that was agreed is told from one that was decided."""
    return "agreed" if step["cause"] == "reduced" and step["by"] == "agreement" else str(step["cause"])


def _corners(places: Sequence[tuple[float, float]], end: float) -> Iterator[tuple[float, float]]:
    above = places[0][1]
    for x, y in places:
        yield (x, above)
        yield (x, y)
        above = y
    yield (end, above)


def _months(first: int, last: int, language: Language) -> list[tuple[int, str]]:
    """Return the firsts of months that stand under the axis, in words: the years alone where they do."""
    days = [day for day in firsts_of_months(first, last, _DAYS) if day >= first]
    in_years = all(date.fromordinal(day).month == 1 for day in days)
    form = "%Y" if in_years else "%Y-%m" if language == "en" else "%m/%Y"
    return [(day, format(date.fromordinal(day), form)) for day in days]


def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()
