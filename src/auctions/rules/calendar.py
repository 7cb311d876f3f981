"""Working days of a country's offices, read from calendars/*.toml."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any


class Calendar:
    """Working days of one country; before and after the years of its file only weekends are off.

    Working days are numbered from 0001-01-01 on: by a table in the years of the file, by the week outside.
    A result outside the years 1 to 9999 raises ValueError.
    """

    def __init__(self, file: dict[str, Any]) -> None:
        years = [int(key) for key in file if key.isdecimal()]
        self._week = [day for day in range(1, 8) if day not in file["weekend"]]
        self._in_week = [sum(day <= past for day in self._week) for past in range(7)]
        self._start = date(min(years), 1, 1).toordinal()
        self._end = date(max(years), 12, 31).toordinal()
        self._base = self._weekdays(self._start - 1)
        off, worked = _ordinals(file, "off"), _ordinals(file, "worked")
        span = range(self._start, self._end + 1)
        weekdays = {day for day in span if self._weekdays(day) > self._weekdays(day - 1)}
        working = (weekdays - off) | worked
        self._days = [date.fromordinal(day) for day in sorted(working)]
        self._counts = list(accumulate((day in working for day in span), initial=self._base))
        self._moved = self._counts[-1] - self._weekdays(self._end)

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on `day`."""
        ordinal = day.toordinal()
        return self._count(ordinal) > self._count(ordinal - 1)

    def next_working(self, day: date) -> date:
        """Return `day` if it is a working day, else the first working day after it.

        A period of calendar days or months that ends on a day off ends on the next working day
        (Civil Code 2015 art 148(5)).
        """
        return day if self.is_working(day) else self.add(day, 1)

    def add(self, day: date, working_days: int) -> date:
        """Return the n-th working day after `day`, which is not counted (Civil Code 2015 art 147(2)).

        0 is `day` itself, working or not; a negative number counts back, `day` again not counted.
        """
        if working_days > 0:
            return self._nth(self._count(day.toordinal()) + working_days)
        if working_days < 0:
            return self._nth(self._count(day.toordinal() - 1) + 1 + working_days)
        return day

    def between(self, first: date, last: date) -> int:
        """Count the working days after `first`, which is not counted (Civil Code 2015 art 147(2)), to `last`.

        `last` is counted. With `last` before `first`, minus the working days before `first` back to `last`,
        so that between(day, add(day, n)) is n.
        """
        start, end = first.toordinal(), last.toordinal()
        if end >= start:
            return self._count(end) - self._count(start)
        return self._count(end - 1) - self._count(start - 1)

    def _count(self, ordinal: int) -> int:
        if ordinal < self._start:
            return self._weekdays(ordinal)
        if ordinal <= self._end:
            return self._counts[ordinal - self._start + 1]
        return self._weekdays(ordinal) + self._moved

    def _nth(self, count: int) -> date:
        index = count - self._base - 1
        if index < 0:
            return self._weekday(count)
        if index < len(self._days):
            return self._days[index]
        return self._weekday(count - self._moved)

    def _weekdays(self, ordinal: int) -> int:
        # 0001-01-01 was a Monday
        return ordinal // 7 * len(self._week) + self._in_week[ordinal % 7]

    def _weekday(self, count: int) -> date:
        weeks, index = divmod(count - 1, len(self._week))
        return date.fromordinal(weeks * 7 + self._week[index])


def _ordinals(file: dict[str, Any], key: str) -> set[int]:
    years = (table for year, table in file.items() if year.isdecimal())
    return {day.toordinal() for table in years for day in table.get(key, ())}


@cache
def calendar(name: str) -> Calendar:
    """Return the calendar vn (Vietnam), it (Italy) or kr (South Korea), as calendars/{name}.toml has it."""
    text = files("auctions.rules").joinpath("calendars", f"{name}.toml").read_text(encoding="utf-8")
    return Calendar(tomllib.loads(text))
