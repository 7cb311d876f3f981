import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.rules.calendar import Calendar, calendar

FIRST, LAST = date(2015, 1, 1), date(2028, 12, 31)
COUNTRIES = {"vn": "VN", "it": "IT", "kr": "KR"}
# the library does not know that 2 January 2026 was exchanged for Saturday 10 January (12729/VPCP-KGVX)
LIBRARY_IS_WRONG = {"vn": [date(2026, 1, 2), date(2026, 1, 10)], "it": [], "kr": []}
DAYS = st.dates(date(2014, 6, 1), date(2029, 6, 30))
each_calendar = pytest.mark.parametrize("name", COUNTRIES)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(past) for past in range((last - first).days + 1)]


def file_of(name: str) -> dict[str, Any]:
    path = files("auctions.rules").joinpath("calendars", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def walk(vn: Calendar, day: date, working_days: int) -> date:
    step = timedelta(1 if working_days > 0 else -1)
    while working_days:
        day += step
        if vn.is_working(day):
            working_days -= step.days
    return day


@each_calendar
def test_the_working_days_are_those_of_the_holidays_library(name: str) -> None:
    library = holidays.country_holidays(COUNTRIES[name], years=range(2014, 2030))
    ours = calendar(name)
    differing = [day for day in days(FIRST, LAST) if ours.is_working(day) != library.is_working_day(day)]
    assert differing == LIBRARY_IS_WRONG[name]


@each_calendar
def test_a_file_lists_only_days_that_differ_from_the_week(name: str) -> None:
    file = file_of(name)
    assert (bool(file["name"]["vi"]), bool(file["name"]["en"]), file["weekend"]) == (True, True, [6, 7])
    assert [key for key in file if key.isdecimal()] == [str(year) for year in range(2015, 2029)]
    for year in range(2015, 2029):
        off, worked = file[str(year)]["off"], file[str(year)].get("worked", [])
        assert (sorted(set(off)), sorted(set(worked))) == (off, worked)
        assert all(day.year == year and day.isoweekday() <= 5 for day in off)
        assert all(day.year == year and day.isoweekday() > 5 for day in worked)
    assert 2026 <= file["decided_to"] <= 2028


@pytest.mark.parametrize(
    ("day", "working_days", "expected"),
    [
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # the Friday before Tet
        (date(2026, 2, 11), 5, date(2026, 2, 25)),
        (date(2026, 2, 18), 1, date(2026, 2, 23)),  # from within Tet
        (date(2025, 1, 24), 1, date(2025, 2, 3)),
        (date(2025, 1, 22), 5, date(2025, 2, 5)),
        (date(2025, 4, 25), 3, date(2025, 4, 29)),  # Saturday 26 April worked for 2 May
        (date(2025, 4, 25), 4, date(2025, 5, 5)),
        (date(2025, 12, 31), 1, date(2026, 1, 5)),  # Friday 2 January exchanged
        (date(2026, 1, 9), 1, date(2026, 1, 10)),  # for Saturday 10 January
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # Saturday 22 August worked for 31 August
        (date(2026, 8, 21), 7, date(2026, 9, 3)),
        (date(2026, 9, 3), -7, date(2026, 8, 21)),
        (date(2026, 2, 24), -3, date(2026, 2, 12)),
        (date(2026, 2, 18), -1, date(2026, 2, 13)),
    ],
)
def test_a_deadline_passes_over_tet_and_exchanged_days(day: date, working_days: int, expected: date) -> None:
    assert calendar("vn").add(day, working_days) == expected
    assert calendar("vn").between(day, expected) == working_days


def test_a_period_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    vn = calendar("vn")
    assert vn.next_working(date(2026, 2, 14)) == date(2026, 2, 23)
    assert vn.next_working(date(2026, 8, 30)) == date(2026, 9, 3)
    assert vn.next_working(date(2026, 8, 22)) == date(2026, 8, 22)


def test_no_working_days_after_a_day_is_the_day_itself_even_a_day_off() -> None:
    vn = calendar("vn")
    assert vn.add(date(2026, 2, 17), 0) == date(2026, 2, 17)
    assert vn.between(date(2026, 2, 17), date(2026, 2, 17)) == 0
    assert vn.between(date(2026, 2, 12), date(2026, 2, 22)) == 1


@given(DAYS, st.integers(-60, 60))
def test_adding_is_walking_day_by_day_and_between_is_its_inverse(day: date, working_days: int) -> None:
    vn = calendar("vn")
    assert vn.add(day, working_days) == walk(vn, day, working_days)
    assert vn.between(day, vn.add(day, working_days)) == working_days


@given(DAYS, st.integers(0, 90))
def test_between_counts_each_working_day_but_the_first_day(first: date, length: int) -> None:
    vn, last = calendar("vn"), first + timedelta(length)
    working = [day for day in days(first, last) if vn.is_working(day)]
    assert vn.between(first, last) == sum(day != first for day in working)
    assert vn.between(last, first) == -sum(day != last for day in working)


@pytest.mark.parametrize("year", [1900, 1999, 2014, 2029, 2999])
def test_outside_the_years_of_the_file_only_weekends_are_off(year: int) -> None:
    vn = calendar("vn")
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        assert vn.is_working(day) == (day.isoweekday() <= 5)
        assert vn.add(day, 3) == walk(vn, day, 3)
        assert vn.add(day, -3) == walk(vn, day, -3)


@each_calendar
def test_a_count_goes_through_the_years_of_the_file_and_back(name: str) -> None:
    ours, first, last = calendar(name), date(1900, 1, 1), date(2999, 12, 31)
    weekdays = sum(day.isoweekday() <= 5 for day in days(first, last)) - 1
    file = file_of(name)
    tables = [file[str(year)] for year in range(2015, 2029)]
    lost = sum(len(table["off"]) - len(table.get("worked", [])) for table in tables)
    assert ours.between(first, last) == weekdays - lost
    assert ours.add(first, weekdays - lost) == last
    assert ours.add(last, lost - weekdays) == first
