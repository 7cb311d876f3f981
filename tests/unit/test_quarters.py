"""Quarters of the calendar: which days they have, and how they are named."""

from datetime import date, timedelta

import pytest

from auctions.domain.quarters import Quarter


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2024-Q2", date(2024, 4, 1), date(2024, 6, 30)),
        ("2025-Q3", date(2025, 7, 1), date(2025, 9, 30)),
        ("1999-Q4", date(1999, 10, 1), date(1999, 12, 31)),
    ],
)
def test_a_quarter_has_three_whole_months(name: str, first: date, last: date) -> None:
    quarter = Quarter.named(name)
    assert (quarter.first_day, quarter.last_day, str(quarter)) == (first, last, name)


def test_each_day_of_a_leap_year_lies_in_one_quarter() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
    quarters = [Quarter.of(day) for day in days]
    assert all(each.first_day <= day <= each.last_day for day, each in zip(days, quarters, strict=True))
    assert len(set(quarters)) == 4


@pytest.mark.parametrize(
    "name", ["2025-Q5", "2025-Q0", "2025Q3", "25-Q3", "2025-q3", " 2025-Q3", "٢٠٢٥-Q3", ""]
)
def test_what_is_no_quarter_is_refused_with_one_that_is(name: str) -> None:
    with pytest.raises(ValueError, match="is no quarter: expected one such as 2025-Q3"):
        Quarter.named(name)
