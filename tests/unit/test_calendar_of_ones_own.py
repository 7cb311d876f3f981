"""A calendar made of a small file: one year, its own weekend, days off and days worked instead."""

from datetime import date, timedelta
from typing import Any

import pytest

from auctions.rules.calendar import Calendar

SIX_DAYS: dict[str, Any] = {
    "name": {"en": "Six days a week"},
    "weekend": [7],
    "2020": {"off": [date(2020, 3, 10), date(2020, 7, 1)], "worked": [date(2020, 5, 3)]},
}
FIVE_DAYS: dict[str, Any] = {
    "weekend": [5, 6],
    "2019": {"off": [date(2019, 12, 31)], "worked": [date(2019, 2, 1), date(2019, 2, 2), date(2019, 2, 8)]},
    "2020": {"off": [date(2020, 1, 1)]},
}
FIRST, DAYS = date(2018, 10, 1), 1_000
each_file = pytest.mark.parametrize("file", [SIX_DAYS, FIVE_DAYS], ids=["six days", "five days"])


def works(file: dict[str, Any], day: date) -> bool:
    of_year = file.get(str(day.year), {})
    if day in of_year.get("off", ()):
        return False
    return day in of_year.get("worked", ()) or day.isoweekday() not in file["weekend"]


def span() -> list[date]:
    return [FIRST + timedelta(past) for past in range(DAYS)]


def working_days(file: dict[str, Any]) -> list[date]:
    return [day for day in span() if works(file, day)]


@each_file
def test_in_and_around_the_years_of_its_file_it_knows_each_working_day(file: dict[str, Any]) -> None:
    own = Calendar(file)
    assert [day for day in span() if own.is_working(day)] == working_days(file)


@each_file
def test_the_working_day_after_each_is_the_next_one_and_back_again(file: dict[str, Any]) -> None:
    own, working = Calendar(file), working_days(file)
    for count in (1, 2, 30):
        assert [own.add(day, count) for day in working[:-count]] == working[count:]
        assert [own.add(day, -count) for day in working[count:]] == working[:-count]
    assert own.add(working[0], len(working) - 1) == working[-1]
    assert own.add(working[-1], 1 - len(working)) == working[0]


@each_file
def test_working_days_between_two_days_are_counted_forth_and_back(file: dict[str, Any]) -> None:
    own, working = Calendar(file), working_days(file)
    for number, day in enumerate(working):
        assert own.between(working[0], day) == number
        assert own.between(day, working[0]) == -number


@each_file
def test_a_period_that_ends_on_a_day_off_ends_on_the_next_working_day(file: dict[str, Any]) -> None:
    own, working = Calendar(file), working_days(file)
    for day in span()[:-10]:
        assert own.next_working(day) == next(other for other in working if other >= day)
