"""How one asset's value declined: every price level and the hammer, measured against what came before."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from auctions.domain.money import share
from projections.life import Life

_Level = tuple[str, date, int]


def rungs(life: Life) -> list[dict[str, Any]]:
    """Return each price level of an asset and, after them, the hammer it was sold at, ready for JSON.

    An item has step (from 1), cause (appraised, reduced, reappraised, sold), on, price in dong, and of the
    price its share of_previous, of_first and of_loan, to six places, with the days since the step before.
    """
    levels = [*life.levels, *_hammer(life)]
    pairs = zip(levels, [None, *levels], strict=False)
    return [_rung(life, number, level, before) for number, (level, before) in enumerate(pairs, 1)]


def _hammer(life: Life) -> Iterator[_Level]:
    if life.sold_on and life.sold_for:
        yield ("sold", life.sold_on, life.sold_for)


def _rung(life: Life, number: int, level: _Level, before: _Level | None) -> dict[str, Any]:
    cause, on, price = level
    return {
        "step": number,
        "cause": cause,
        "on": on.isoformat(),
        "price": price,
        "of_previous": _share(price, before and before[2]),
        "of_first": _share(price, life.levels[0][2] if life.levels else None),
        "of_loan": _share(price, life.loan_value),
        "days": (on - before[1]).days if before else None,
    }


def _share(part: int, whole: int | None) -> float | None:
    return float(share(part, whole)) if whole else None
