"""How one asset's price came down, on one page for print: the price over time, every level in a table."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from api.languages import Language
from api.price_svg import legend, prices
from api.svg import GREY, HEIGHT, WIDTH, clipped, picture, text
from api.svg_frame import Frame, heading, rounded_up, row, ticks, upward_axis
from api.svg_words import Reader

_MARGIN, _LEFT, _RIGHT = 48, 148, WIDTH - 60
_WIDEST = 84
_UNITS = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (1, "dong"))

Step = Mapping[str, Any]


class Scale(NamedTuple):
    """An axis of prices: the one it ends with in dong, its unit in words, its marks with their words."""

    most: float
    unit: str
    marks: Sequence[tuple[float, str]]


def ladder_svg(view: Mapping[str, Any], language: Language) -> str:
    """Return the picture of one asset's `steps` (see `projections.rungs`), as SVG 1.1.

    `view` has asset_ref, loan_value, steps, and as_of and known_at where they are known. Prices are drawn in
    the unit that suits them, and stand in dong under the axis.
    """
    reader, steps = Reader(language), view["steps"]
    title = f"{reader('ladder')} {view['asset_ref']}"
    about = _about(view, reader)
    return picture(
        title,
        f"{about} {reader.source(view)}",
        [
            text(_MARGIN, 46, clipped(title, WIDTH - 2 * _MARGIN, 24), size=24, bold=True),
            text(_MARGIN, 70, about, size=14),
            *(_drawn(view, reader) if steps else [text(_LEFT, 200, reader("none"), fill=GREY)]),
            text(_MARGIN, HEIGHT - 26, reader.source(view), size=12, fill=GREY),
        ],
    )


def price_chart(view: Mapping[str, Any], language: Language) -> str:
    """Return the picture without its table, as wide as a page of text; `steps` must hold one or more."""
    reader = Reader(language)
    title = f"{reader('ladder')} {view['asset_ref']}"
    chart = _chart(Frame(60, 52, 708, 276, 1, 1), view, reader)
    return picture(title, _about(view, reader), chart, width=720, height=310)


def _about(view: Mapping[str, Any], reader: Reader) -> str:
    told = []
    if view.get("loan_value"):
        told.append(f"{reader('loan_value')} {reader.number(view['loan_value'])} {reader('dong')}")
    for step in [*view["steps"][:1], *view["steps"][1:][-1:]]:
        price = f"{reader.number(step['price'])} {reader('dong')}"
        told.append(f"{reader(step['cause'])} {price} ({reader.percent(step['of_first'])})")
    return "; ".join(told) or reader("none")


def _drawn(view: Mapping[str, Any], reader: Reader) -> list[str]:
    steps = view["steps"]
    apart = min(_WIDEST, (_RIGHT - _LEFT) / len(steps))
    xs = [_LEFT + apart * (number + 0.5) for number in range(len(steps))]
    _, height = _table(0, xs, steps, reader)
    frame = Frame(_LEFT, 138, _RIGHT, 730 - height, 1, 1)
    table, _ = _table(frame.bottom + 46, xs, steps, reader)
    return [*_chart(frame, view, reader), *table]


def _chart(place: Frame, view: Mapping[str, Any], reader: Reader) -> list[str]:
    """Return the price over time, in a frame whose values follow from the prices."""
    steps = view["steps"]
    upwards = scale(max(step["price"] for step in steps), reader)
    frame = place._replace(y_most=upwards.most)
    return [
        *heading(frame, reader("price"), upwards.unit),
        *upward_axis(frame, upwards.marks),
        *prices(frame, steps, view.get("as_of"), reader),
        *legend(frame, reader),
    ]


def scale(most: int, reader: Reader) -> Scale:
    """Return the scale of an axis for prices up to `most` dong, in the unit that suits them."""
    unit, name = next(each for each in _UNITS if most >= each[0])
    end = rounded_up(most * 1.06, 5)
    places = _places(end / unit)
    marks = [(mark, reader.number(mark / unit, places)) for mark in ticks(end, 5)]
    return Scale(end, reader(name), marks)


def _places(most: float) -> int:
    return 0 if most >= 5 else 1  # noqa: PLR2004 - axes end with 1, 2 or 5 of five or so marks


def _table(y: float, xs: Sequence[float], steps: Sequence[Step], reader: Reader) -> tuple[list[str], float]:
    """Return the levels under their numbers at `y`, and where the table ends."""
    parts: list[str] = []
    for name, words in (
        ("step", [reader.number(step["step"]) for step in steps]),
        ("day", [reader.day(step["on"]) for step in steps]),
        ("in_dong", [reader.number(step["price"]) for step in steps]),
        ("of_previous", [_percent(step["of_previous"], reader) for step in steps]),
        ("of_first", [_percent(step["of_first"], reader) for step in steps]),
        ("of_loan_value", [_percent(step.get("of_loan"), reader) for step in steps]),
    ):
        if any(words):
            more, y = row(_LEFT, y, reader(name), xs, words)
            parts += more
    return parts, y


def _percent(part: float | None, reader: Reader) -> str:
    return "" if part is None else reader.percent(part)
