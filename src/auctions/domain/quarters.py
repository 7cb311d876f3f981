"""Quarters of the calendar, by which the books of an office are closed."""

import re
from datetime import date, timedelta
from typing import NamedTuple, Self

NAME = "(?:19|2[0-9])[0-9]{2}-Q[1-4]"
"""The form of a quarter's name, such as 2025-Q3."""


class Quarter(NamedTuple):
    """A quarter of a year: 1 is January to March."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, name: str) -> Self:
        """Return the quarter of a name such as 2025-Q3. Raises ValueError."""
        if not re.fullmatch(NAME, name):
            raise ValueError(f"{name} is no quarter: expected one such as 2025-Q3")
        return cls(int(name[:4]), int(name[-1]))

    @property
    def first_day(self) -> date:
        """The quarter's first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """The quarter's last day."""
        return Quarter.of(self.first_day + timedelta(days=100)).first_day - timedelta(days=1)

    def __str__(self) -> str:
        """Return its name."""
        return f"{self.year}-Q{self.number}"
