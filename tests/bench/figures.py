"""Figures of a run: medians of turns, ratios, goals and the noise between turns."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

Turns = Sequence[float]


class Missing(Exception):  # noqa: N818 - nothing went wrong with the benchmark itself
    """A peer or a tool is not to be had here; the message says why."""


class Goal(NamedTuple):
    """What is wanted of a ratio, or of our own figure where nothing stands beside it."""

    least: float | None = None
    most: float | None = None

    def met(self, figure: float) -> bool:
        return figure >= (self.least or figure) and figure <= (self.most or figure)

    def words(self) -> str:
        if self.least is not None:
            return f"≥ {self.least:,g}"
        return f"≤ {self.most:,g}" if self.most is not None else ""


NONE = Goal()


class Row(NamedTuple):
    """One comparison: our figure, the other's by name, their ratio, and what is wanted of it."""

    part: str
    what: str
    unit: str
    ours: float | None
    name: str = ""
    beside: float | None = None
    goal: Goal = NONE
    noise: float = 0.0
    notes: str = ""
    skipped: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.beside if self.ours and self.beside else None

    @property
    def missed(self) -> bool:
        figure = self.ratio if self.name else self.ours
        return figure is not None and not self.goal.met(figure)

    def told(self) -> dict[str, Any]:
        """Return the row as JSON holds it."""
        goal = self.goal.words() or None
        return self._asdict() | {"ratio": self.ratio, "goal": goal, "missed": self.missed}


def alternating(sides: Mapping[str, Callable[[], float]], turns: int) -> dict[str, list[float]]:
    """Return what each side gave in each turn; the first turn warms all of them up and does not count."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(turns + 1):
        for name in list(sides)[:: -1 if turn % 2 else 1]:
            found[name].append(sides[name]())
    return {name: figures[1:] for name, figures in found.items()}


def spread(*sides: Turns) -> float:
    """Return by how much the best turn of a side was above its worst, of the worst side."""
    return max(max(side) / min(side) - 1 for side in sides)


def compared(
    part: str,
    what: str,
    found: Mapping[str, Turns],
    goals: Mapping[str, Goal] | None = None,
    *,
    unit: str = "/s",
    ours: str = "ours",
    notes: Mapping[str, str] | None = None,
) -> list[Row]:
    """Return a row for every side that stands beside ours."""
    mine = found[ours]
    return [
        Row(
            part,
            what,
            unit,
            median(mine),
            name,
            median(figures),
            (goals or {}).get(name, NONE),
            spread(mine, figures),
            (notes or {}).get(name, ""),
        )
        for name, figures in found.items()
        if name != ours
    ]


def alone(part: str, what: str, figures: Turns, goal: Goal, *, unit: str = "/s", notes: str = "") -> Row:
    """Return a row of ours that has nothing beside it."""
    return Row(part, what, unit, median(figures), goal=goal, noise=spread(figures), notes=notes)


def skipped(part: str, what: str, name: str, reason: object) -> Row:
    """Return the row that says a side was left out, and why."""
    return Row(part, what, "", None, name, skipped=str(reason))
