"""A month of auctions and deadlines, day by day."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from babel.dates import format_date

from api.languages import Language
from api.pages.action_words import action
from api.pages.words import capital
from auctions.domain.days import VIETNAM

_SHOWN = 5
"""How many actions of a day stand there at once; the others are folded away."""
_YEARS = range(1901, 2999)


class Happening(NamedTuple):
    """What must or may be done on a day: the action in words, and the time of day of an auction."""

    told: Mapping[str, Any]
    words: str
    time: str


class Day(NamedTuple):
    """A day of the month with what falls on it."""

    day: date
    weekday: str
    is_today: bool
    first: list[Happening]
    others: list[Happening]


class Month(NamedTuple):
    """A month: what it is called, the column that it begins in (1 is Monday), its days."""

    name: str
    column: int
    days: list[Day]


def begin_of(written: str, today: date) -> date:
    """Return the first day of a month (1901 to 2998) written as 2026-11, of this month where it is none."""
    named = re.fullmatch("([0-9]{4})-(0[1-9]|1[0-2])", written)
    if named and int(named[1]) in _YEARS:
        return date(int(named[1]), int(named[2]), 1)
    return today.replace(day=1)


def before(begin: date) -> date:
    """Return the first day of the month before."""
    return (begin - timedelta(1)).replace(day=1)


def after(begin: date) -> date:
    """Return the first day of the month after."""
    return (begin + timedelta(31)).replace(day=1)


def month(begin: date, found: Iterable[Mapping[str, Any]], today: date, language: Language) -> Month:
    """Return a month with the actions found, auctions first on each day, in the order of their times."""
    falling: dict[str, list[Happening]] = defaultdict(list)
    for told in found:
        falling[told["due"]].append(_happening(told, language))
    column, count = monthrange(begin.year, begin.month)
    days = [_day(begin.replace(day=number), falling, today, language) for number in range(1, count + 1)]
    name = format_date(begin, "LLLL yyyy", locale=language)
    return Month(capital(name), column + 1, days)


def _day(day: date, falling: Mapping[str, list[Happening]], today: date, language: Language) -> Day:
    found = sorted(falling.get(day.isoformat(), ()), key=lambda each: (not each.time, each.time))
    weekday = format_date(day, "EEEE", locale=language)
    return Day(day, weekday, day == today, found[:_SHOWN], found[_SHOWN:])


def _happening(told: Mapping[str, Any], language: Language) -> Happening:
    time = f"{datetime.fromisoformat(told['at']).astimezone(VIETNAM):%H:%M}" if told["at"] else ""
    return Happening(told, action(told["action"], language), time)
