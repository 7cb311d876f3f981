"""The days on which offices work: no weekend, no fixed holiday, no Tết."""

from datetime import date, timedelta

END = date(2026, 10, 31)
"""The last legal day of the sample."""

ONE_DAY = timedelta(days=1)
_THURSDAY = 3
_FRIDAY = 4
_TET = ("2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17")
_FIXED = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))

_REST = frozenset(date.fromisoformat(first) + ONE_DAY * away for first in _TET for away in range(-2, 7)) | {
    date(year, month, day) for year in range(2020, 2028) for month, day in _FIXED
}


def workday(day: date) -> date:
    """Return `day`, or the next day on which offices work."""
    while day.weekday() > _FRIDAY or day in _REST:
        day += ONE_DAY
    return day


def auction_day(day: date) -> date:
    """Return the first working Thursday from `day` on: registration closes on the Monday before."""
    day += ONE_DAY * ((_THURSDAY - day.weekday()) % 7)
    while day in _REST:
        day += ONE_DAY * 7
    return day
