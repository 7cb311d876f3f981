"""Draws that give the same values for one seed on every Python: all rest on `random()` alone."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draw(Random):
    """A seeded source of draws; nothing secret depends on it."""

    def chance(self, part: float) -> bool:
        """Return True in `part` (0 to 1) of the draws."""
        return self.random() < part

    def between(self, low: int, high: int) -> int:
        """Return an integer from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def skewed(self, low: int, high: int) -> int:
        """Return an integer from `low` to below `high`, mostly near `low`."""
        part = self.random()
        return low + int((high - low) * part * part)

    def one_of(self, items: Sequence[T]) -> T:
        """Return one of `items`, each as likely."""
        return items[int(self.random() * len(items))]

    def weighted(self, items: Sequence[tuple[int, T]]) -> T:
        """Return one of the `(weight, item)` pairs' items, as likely as its weight."""
        left = self.random() * sum(weight for weight, _ in items)
        for weight, item in items:
            left -= weight
            if left < 0:
                return item
        return items[-1][1]
