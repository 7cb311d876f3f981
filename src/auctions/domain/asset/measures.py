"""How a rule's limit is held against an entry: portions, numbers, words and days."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from auctions.domain.asset import events as e
from auctions.domain.asset.breaches import Breach
from auctions.domain.asset.facts import FACTS, MOMENTS, PORTIONS, Fact, Moment
from auctions.domain.asset.state import NOTICES, State
from auctions.rules.calendar import Calendar
from auctions.rules.rulebook import Rule, RulebookError

_MONTHS = 12
_ONE_DAY = timedelta(days=1)


_Found = TypeVar("_Found")
Asked = Callable[[State, e.AssetEntry], _Found | None]
"""What is asked of a file and an entry that meets it."""


class Measure(Protocol):
    """One rule, ready to judge."""

    rule: Rule

    def breach(self, state: State, entry: e.AssetEntry) -> Breach | None:
        """Return what an entry of the rule's name breaks before `state` takes it, None if nothing."""


def fact(rule: Rule, name: str) -> Fact:
    """Return the fact of that name, or the field of the entries the rule governs. Raises RulebookError."""
    if name in FACTS:
        return FACTS[name]
    without = [entry for entry in rule.governs if name not in e.ENTRIES[entry].model_fields]
    if without:
        message = f"{rule.key}: {name} is neither a fact ({', '.join(FACTS)}) nor a field of {without[0]}"
        raise RulebookError(message)
    return lambda _, entry: getattr(entry, name)


def measure(rule: Rule, calendar: Calendar) -> Measure:
    """Return the rule made ready. Raises RulebookError for a name that is not known."""
    if unknown := set(rule.governs) - e.ENTRIES.keys():
        raise RulebookError(f"{rule.key}: {', '.join(sorted(unknown))} is no entry")
    if (rule.unit == "percent") is not (rule.measures in PORTIONS):
        raise RulebookError(f"{rule.key}: per cent measure one of {', '.join(PORTIONS)}")
    if rule.measures == "days":
        return Days(rule, calendar)
    if rule.measures in PORTIONS:
        return _Portions(rule)
    return _Words(rule) if rule.one_of else _Numbers(rule)


class _Portions:
    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._portion = PORTIONS[rule.measures]
        self._percent = int(rule.limit)  # type: ignore[arg-type]  # per cent are numbers

    def breach(self, state: State, entry: e.AssetEntry) -> Breach | None:
        rule, found = self.rule, self._portion.of(state, entry)
        if found is None:
            return None
        part, whole = found
        over = part * 100 - self._percent * whole
        if rule.at_most is None:
            over = -over
        if over <= 0:
            return None
        # a part in whole dong: rounded down where it is the most, up where it is the least
        allowed = (
            self._percent * whole // 100 if rule.at_most is not None else -(-self._percent * whole // 100)
        )
        asked, allowed = (self._portion.stated(each, whole) for each in (part, allowed))
        return Breach(rule, asked, allowed, over <= rule.tolerance * 100)


class _Numbers:
    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._asked = fact(rule, rule.measures)
        self._limit = fact(rule, rule.limit) if isinstance(rule.limit, str) else None

    def breach(self, state: State, entry: e.AssetEntry) -> Breach | None:
        asked = self._asked(state, entry)
        limit = self._limit(state, entry) if self._limit else self.rule.limit
        if asked is None or limit is None:
            return None
        over = int(asked) - int(limit) if self.rule.at_most is not None else int(limit) - int(asked)  # type: ignore[arg-type]  # numbers by the rule's unit
        return Breach(self.rule, int(asked), int(limit)) if over > 0 else None  # type: ignore[arg-type]  # as above


class _Words:
    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._asked = fact(rule, rule.measures)

    def breach(self, state: State, entry: e.AssetEntry) -> Breach | None:
        allowed, asked = self.rule.one_of or (), self._asked(state, entry)
        if asked is None or asked in allowed:
            return None
        return Breach(self.rule, str(asked), "; ".join(allowed))


class Days:
    """A rule that counts days `since` a moment, the first of the rule's that is known, `until` another.

    The first day is not counted; a period of days or months that ends on a day off ends on the next working
    day (Civil Code 2015 art 147, 148). `before_it` tells the deadline by the rule that this one succeeds.
    """

    def __init__(self, rule: Rule, calendar: Calendar) -> None:
        """Take the rule and the calendar its working days are counted in."""
        self.rule = rule
        self.before_it: Asked[date] = lambda _state, _entry: None
        self._calendar = calendar
        self.since = _first_known([_moment(rule, name) for name in rule.since])
        self.until = _moment(rule, rule.until)
        self._count = int(rule.limit)  # type: ignore[arg-type]  # days are numbers
        self._away = _AWAY[rule.unit](calendar)
        self._rolls = rule.unit != "working_day"

    def breach(self, state: State, entry: e.AssetEntry) -> Breach | None:
        """See Measure; days as YYYY-MM-DD."""
        until = self.until(state, entry)
        if until is None:
            return None
        if self.rule.at_most is not None:
            last = self.last(state, entry)
            return _late(self.rule, until, last) if last and until > last else None
        if self.rule.asked == "since":
            since, latest = self.since(state, entry), self._before(until)
            return _late(self.rule, since, latest) if since and since > latest else None
        first = self.first(state, entry)
        return _late(self.rule, until, first) if first and until < first else None

    def last(self, state: State, entry: e.AssetEntry) -> date | None:
        """Return the last day of the period, None where it is not known when it began.

        One that began before the rule ends no earlier than by the rule's own count from its first day, unless
        the rule before it had ended it by then: nobody is late under a law that was not there.
        """
        since = self.since(state, entry)
        if since is None:
            return None
        end = self._end(since)
        if since >= self.rule.valid_from:
            return end
        anew, old = self._end(self.rule.valid_from), self.before_it(state, entry)
        return max(end, min(anew, old) if old else anew)

    def first(self, state: State, entry: e.AssetEntry) -> date | None:
        """Return the first day that is so far away, or after the whole period has run out."""
        if self.rule.after is not None:
            last = self.last(state, entry)
            return last + _ONE_DAY if last else None
        since = self.since(state, entry)
        return self._first(since) if since else None

    def latest(self, state: State, entry: e.AssetEntry) -> date | None:
        """Return the last day on which a period at least so long can begin."""
        until = self.until(state, entry)
        return self._before(until) if until else None

    def _end(self, since: date) -> date:
        end = self._away(since, self._count)
        return self._calendar.next_working(end) if self._rolls else end

    def _first(self, since: date) -> date:
        first = self._away(since, self._count)
        while self.rule.asked == "since" and self._before(first) < since:
            first += _ONE_DAY  # counted back from there, `since` may be a day off
        return first

    def _before(self, until: date) -> date:
        return self._away(until, -self._count)


def _late(rule: Rule, asked: date, allowed: date) -> Breach:
    return Breach(rule, asked.isoformat(), allowed.isoformat())


def _first_known(moments: Sequence[Moment]) -> Moment:
    if len(moments) == 1:
        return moments[0]
    return lambda state, entry: next((day for moment in moments if (day := moment(state, entry))), None)


def _months(day: date, count: int) -> date:
    year, month = divmod(day.year * _MONTHS + day.month - 1 + count, _MONTHS)
    first = date(year, month + 1, 1)
    next_month = date(year + (month + 1) // _MONTHS, (month + 1) % _MONTHS + 1, 1)
    return first + timedelta(min(day.day, (next_month - first).days) - 1)


_AWAY: dict[str, Callable[[Calendar], Callable[[date, int], date]]] = {
    "day": lambda _: lambda day, count: day + timedelta(count),
    "working_day": lambda calendar: calendar.add,
    "month": lambda _: _months,
}
"""What counts on or back from a day, by unit."""


def _moment(rule: Rule, name: str) -> Moment:
    if name in MOMENTS:
        return MOMENTS[name]
    if name not in e.ENTRIES and name not in NOTICES.values():
        known = ", ".join([*MOMENTS, *NOTICES.values()])
        raise RulebookError(f"{rule.key}: {name} is neither an entry nor one of {known}")
    return lambda state, _: state.days.get(name)
