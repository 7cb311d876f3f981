"""What the page of how value declined shows: the figures of /v1/decline, each with its picture."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from api.languages import Language
from api.pages.charts.left import left
from api.pages.charts.strips import Strip, strips
from api.pages.charts.survival import small_survival, survival
from api.pages.figures import Figures
from api.pages.words import marked, said

Answer = Mapping[str, Any]
_ENOUGH = 10
"""Of so many assets a median is told in a sentence before one of fewer."""
_ROWS = 14
"""How many rows a table of times has."""


class Curve(NamedTuple):
    """A survival curve: of n assets so many were sold; the others are censored, unsold still or left."""

    picture: Markup
    points: list[Mapping[str, Any]]
    n: int
    sold: int
    censored: int
    half: int | None
    last: Mapping[str, Any]
    of: int
    """How many points there are, of which the table shows `points`."""


class Group(NamedTuple):
    """Assets that have something in common: their figures, their small curve, a reduction worth telling."""

    told: Answer
    picture: Markup
    reached: Mapping[str, Any] | None


def told_point(points: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the last number of reductions that enough assets had, else the first; None without any."""
    enough = [point for point in points if point["n"] >= _ENOUGH]
    return enough[-1] if enough else points[0] if points else None


def curve(answer: Answer, time: str, title: str, language: Language) -> Curve | None:
    """Return the curve over `time`, round or day, None where no asset was ever announced."""
    points = answer[f"{time}s_to_sale"]
    if not points:
        return None
    n, sold = points[0]["at_risk"], sum(point["sold"] for point in points)
    half = answer["half_sold"][time]
    return Curve(
        survival(points, time, half, title, language),
        _some(points),
        n,
        sold,
        n - sold,
        half,
        points[-1],
        len(points),
    )


def left_picture(answer: Answer, title: str, language: Language) -> Markup:
    """Return the picture of the price left after reductions, empty without any."""
    points = answer["by_reductions"]
    return left(points, title, language) if points else Markup()


def loan_picture(answer: Answer, title: str, language: Language) -> Markup:
    """Return the picture of vessels' prices as shares of their loan values, empty without any."""
    loan, figures = answer["loan"], Figures(language)
    if not any(spread["n"] for spread in loan.values()):
        return Markup()
    shown = [
        Strip(said(marked("hammer price"), language), loan["hammer"]),
        Strip(said(marked("price in force, unsold"), language), loan["price"]),
    ]
    unit = said(marked("% of the loan value"), language)
    return strips(shown, lambda part: figures.percent(part, 0), unit, title)


def falls_picture(answer: Answer, title: str, language: Language) -> Markup:
    """Return the picture of after how many rounds prices fall to costs and debts, empty without any."""
    falls, figures = answer["falls_to"], Figures(language)
    if not any(fallen["n"] for fallen in falls.values()):
        return Markup()
    shown = [
        Strip(said(marked("to the costs"), language), falls["costs"]),
        Strip(said(marked("to the secured debt with the costs"), language), falls["debt"]),
    ]
    unit = said(marked("rounds held when the price fell so far"), language)
    return strips(shown, lambda rounds: figures.number(rounds, int(rounds % 1 > 0)), unit, title)


def group_pictures(groups: Sequence[Answer], language: Language) -> list[Group]:
    """Return each group with its small curve, all on one axis, and its last reduction worth telling."""
    most = max((point["round"] for group in groups for point in group["rounds_to_sale"][-1:]), default=1)
    title = said(marked("Not yet sold, by auction rounds"), language)
    return [
        Group(
            group,
            small_survival(group["rounds_to_sale"], most, title, language),
            told_point(group["by_reductions"]),
        )
        for group in groups
    ]


def ends(never_sold: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return how assets ended, the sales and those unsold first, the other ends by their stages."""
    left = sorted(never_sold["left"].items(), key=lambda end: -end[1])
    first = [
        (marked("sold at auction"), never_sold["sold"]),
        (marked("unsold still"), never_sold["unsold"]),
    ]
    return [*first, *left]


def _some(points: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return all points of a short curve, of a long one some that are evenly apart and the last."""
    if len(points) <= _ROWS:
        return points
    apart = (len(points) - 1) / (_ROWS - 1)
    return [points[round(number * apart)] for number in range(_ROWS)]
