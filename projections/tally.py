"""What many assets' lives tell of decline together, added one by one."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from projections.figures import PLACES, Point, half_sold, kaplan_meier, spread
from projections.life import Life, Regime, regime_of

View = dict[str, Any]

_ELSEWHERE = {"split", "merged"}
"""Exits after which other files tell of the asset."""


def _numbers() -> "array[float]":
    return array("d")


class Tally:
    """A sum of lives; it grows with what was measured, not with the files."""

    def __init__(self, regime: Regime | None = None) -> None:
        """Count only reductions whose day, and else assets whose seizure, falls under `regime`."""
        self.regime = regime
        self.shares: dict[int, array[float]] = defaultdict(_numbers)
        self.measured: dict[str, array[float]] = defaultdict(_numbers)
        self.rounds: Counter[tuple[int, bool]] = Counter()
        self.days: Counter[tuple[int, bool]] = Counter()
        self.ends: Counter[str] = Counter()
        self.sums: Counter[str] = Counter()

    def add(self, life: Life, as_of: date) -> None:
        """Add one life, as it is on the day `as_of`."""
        for number, (on, price) in enumerate(life.reductions, 1):
            if self.regime is None or regime_of(on) == self.regime:
                self.shares[number].append(price / life.levels[0][2])
        if self.regime is None or life.regime == self.regime:
            self._add_whole(life, as_of)

    def _add_whole(self, life: Life, as_of: date) -> None:
        sold = life.sold_on is not None
        self.ends["sold" if sold else life.exit or "unsold"] += 1
        self.sums.update(_summed(life))
        for name, value in _measured(life):
            self.measured[name].append(value)
        days = life.days_at_auction(as_of)
        if days is not None:
            self.days[days, sold] += 1
            self.rounds[life.rounds_held, sold] += 1

    def answer(self) -> View:
        """Return what the lives tell together, ready for JSON."""
        rounds, days = kaplan_meier(self.rounds), kaplan_meier(self.days)
        return {
            "assets": self.ends.total(),
            "by_reductions": [{"reductions": n, **spread(self.shares[n])} for n in sorted(self.shares)],
            "rounds_to_sale": [{"round": point.time, **_risk(point)} for point in rounds],
            "days_to_sale": [{"day": point.time, **_risk(point)} for point in days],
            "half_sold": {"round": half_sold(rounds), "day": half_sold(days)},
            "never_sold": self._never_sold(),
            "loan": {name: self._strip(f"{name}_to_loan") for name in ("hammer", "price")},
            "causes": [self._cause(cause) for cause in ("reduced", "reappraised")],
            "days_a_round": spread(self.measured["days_a_round"]),
            "costs_to_price": spread(self.measured["costs_to_price"]),
            "falls_to": {name: self._falls_to(name) for name in ("costs", "debt")},
            "stalling": {"n": self.sums["with_reductions"], "assets": self.sums["stalling"]},
        }

    def _never_sold(self) -> View:
        here = {end: count for end, count in self.ends.items() if end not in _ELSEWHERE}
        n, sold = sum(here.values()), here.pop("sold", 0)
        unsold = here.pop("unsold", 0)
        share = round((n - sold) / n, PLACES) if n else None
        return {"n": n, "sold": sold, "unsold": unsold, "left": dict(sorted(here.items())), "share": share}

    def _strip(self, name: str) -> View:
        values = self.measured[name]
        least, most = (round(end(values), PLACES) if values else None for end in (min, max))
        return {**spread(values), "least": least, "most": most}

    def _cause(self, cause: str) -> View:
        dong, first = self.sums[f"{cause} dong"], self.sums["first prices"]
        return {
            "cause": cause,
            "n": self.sums[f"{cause} assets"],
            "steps": self.sums[f"{cause} steps"],
            "dong": dong,
            "of_first": round(dong / first, PLACES) if first else None,
        }

    def _falls_to(self, name: str) -> View:
        at_first = self.sums[f"at_first_{name}"]
        return {
            "of": self.sums[f"with_{name}"],
            "at_first": at_first,
            **spread(self.measured[f"round_at_{name}"]),
        }


def _risk(point: Point) -> View:
    return {"at_risk": point.at_risk, "sold": point.sold, "survival": point.survival}


def _summed(life: Life) -> Counter[str]:
    sums: Counter[str] = Counter()
    for (_, _, before), (cause, _, price) in pairwise(life.levels):
        sums[f"{cause} dong"] += before - price
        sums[f"{cause} steps"] += 1
        sums[f"{cause} assets"] = 1
    sums["first prices"] = life.levels[0][2] if life.levels else 0
    sums["with_reductions"] = int(bool(life.reductions))
    sums["stalling"] = int(life.stalling)
    for name, value in _burdens(life):
        sums[f"with_{name}"] = 1
        sums[f"at_first_{name}"] = int(life.levels[0][2] <= value)
    return sums


def _burdens(life: Life) -> Iterator[tuple[str, int]]:
    """Yield what the price is measured against: the costs, the secured debt with them (L26/2008 art 90)."""
    if life.levels and life.costs:
        yield "costs", life.costs
    if life.levels and life.secured_debt:
        yield "debt", life.secured_debt + life.costs


def _measured(life: Life) -> Iterator[tuple[str, float]]:
    for (before, _), (after, _) in pairwise(life.rounds):
        yield "days_a_round", (after - before).days
    if life.price is None:
        return
    if life.kind == "vessel" and life.loan_value:
        yield from _of_loan(life, life.loan_value)
    if life.costs:
        yield "costs_to_price", life.costs / life.price
    for name, value in _burdens(life):
        held = life.round_at(value)
        if held is not None and life.levels[0][2] > value:
            yield f"round_at_{name}", held


def _of_loan(life: Life, loan: int) -> Iterator[tuple[str, float]]:
    if life.sold_for:
        yield "hammer_to_loan", life.sold_for / loan
    elif life.price and not life.exit:
        yield "price_to_loan", life.price / loan
