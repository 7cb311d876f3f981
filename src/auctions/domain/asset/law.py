"""What is lawful: entries judged by the rules in force on their own day, and the days the rules leave."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple, TypeVar

from auctions.domain.asset import events as e
from auctions.domain.asset.breaches import Breach, Unlawful
from auctions.domain.asset.facts import Fact
from auctions.domain.asset.measures import Asked, Days, fact, measure
from auctions.domain.asset.state import Numbered, State, evolve, standing
from auctions.rules.calendar import calendar
from auctions.rules.rulebook import Rule, Rulebook, RulebookError, rulebooks

_ONE_DAY = timedelta(days=1)


class Finding(NamedTuple):
    """An entry that broke a rule of its day."""

    entry_no: int
    on: date
    breach: Breach


class Deadline(NamedTuple):
    """The last lawful day of a step, and the rule that sets it."""

    day: date
    rule: Rule


_Found = TypeVar("_Found")


class _Compiled(NamedTuple):
    rule: Rule
    breach: Asked[Breach]


class _Bounding(NamedTuple):
    rule: Rule
    since: Asked[date]
    day: Asked[date]


class _Timeline:
    """Rules by the days on which they are in force, so that each entry meets only those of its own day."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        starts = {date.min} | {each.rule.valid_from for each in rules}
        starts |= {each.rule.valid_to + _ONE_DAY for each in rules}
        self._starts = sorted(starts)
        self._rules = [
            [each for each in rules if each.rule.valid_from <= start <= each.rule.valid_to]
            for start in self._starts
        ]

    def on(self, day: date) -> list[_Compiled]:
        return self._rules[bisect_right(self._starts, day) - 1]


class Law:
    """A rulebook ready to judge; `version` names it and the office's changes to it."""

    def __init__(self, book: Rulebook, version: str) -> None:
        """Make the rules ready. Raises RulebookError for names no entry or file has."""
        self.book = book
        self.version = version
        self.calendar = calendar(book.calendar)
        judging: dict[_Group, list[_Compiled]] = defaultdict(list)
        self._last: dict[tuple[_Group, str], list[_Bounding]] = defaultdict(list)
        self._first: dict[tuple[_Group, str], list[_Bounding]] = defaultdict(list)
        measures = [measure(rule, self.calendar) for rule in book.rule]
        _link([held for held in measures if isinstance(held, Days)])
        for held in measures:
            rule = held.rule
            for group in _groups(rule):
                if rule.effect != "due":
                    judging[group].append(_Compiled(rule, _when(rule, held.breach)))
                if isinstance(held, Days):
                    self._bind(group, held)
        self._judging = {group: _Timeline(rules) for group, rules in judging.items()}

    def _bind(self, group: "_Group", days: Days) -> None:
        """Keep a rule by the moment it bounds from above or from below."""
        rule, since, until = days.rule, _when(days.rule, days.since), _when(days.rule, days.until)
        if rule.at_most is not None:
            self._last[group, rule.until].append(_Bounding(rule, since, days.last))
        else:
            self._first[group, rule.until].append(_Bounding(rule, since, days.first))
        if rule.at_least is not None:
            self._last[group, rule.since[0]].append(_Bounding(rule, until, days.latest))

    def _in_force(self, state: State, entry: e.AssetEntry, on: date) -> list[_Compiled]:
        timeline = self._judging.get(_group(state, entry))
        return timeline.on(on) if timeline else []

    def opening(self, state: State, entry: e.AssetEntry, on: date) -> Rule | None:
        """Return the rule that opens a step like `entry` on a day, None where none does."""
        in_force = self._in_force(state, entry, on)
        return in_force[0].rule if in_force and not self.judge(state, entry, on) else None

    def judge(self, state: State, entry: e.AssetEntry, on: date | None = None) -> list[Breach]:
        """Return what `entry` breaks of the rules in force on its day, when `state` is what it finds."""
        return [
            breach
            for _, broken in self._in_force(state, entry, on or entry.on)
            if (breach := broken(state, entry))
        ]

    def decide(self, state: State, entry: e.AssetEntry) -> list[Breach]:
        """Judge an entry that is being decided; return what is to be noted. Raises Unlawful."""
        breaches = self.judge(state, entry)
        refusing = [each for each in breaches if each.rule.effect == "refuses" and not each.tolerated]
        if refusing:
            raise Unlawful(refusing)
        return breaches

    def deadline(self, state: State, entry: e.AssetEntry, moment: str = "on") -> Deadline | None:
        """Return the last lawful day of a step like `entry`, None where no rule sets one.

        The rule in force when its period began sets it; a period that outlasts the rule ends by the next one.
        """
        bounds = [
            (Deadline(day, bounding.rule), since)
            for bounding in self._last.get((_group(state, entry), moment), ())
            if (since := bounding.since(state, entry)) and (day := bounding.day(state, entry))
        ]
        began = [bound for bound, since in bounds if bound.rule.valid_from <= since <= bound.rule.valid_to]
        if not began:
            return None
        best = min(began, key=_day)
        while best.day > best.rule.valid_to:
            after = [bound for bound, _ in bounds if bound.rule.valid_from > best.rule.valid_to]
            if not after:
                break
            best = min(after, key=lambda bound: (bound.rule.valid_from, bound.day))
        return best

    def earliest(self, state: State, entry: e.AssetEntry, after: date, moment: str = "on") -> date:
        """Return the first lawful day, `after` or later, of a step like `entry`."""
        lowest = [
            (bounding.rule, first)
            for bounding in self._first.get((_group(state, entry), moment), ())
            if bounding.since(state, entry) and (first := bounding.day(state, entry))
        ]
        days = {after, *(first for _, first in lowest), *(rule.valid_to + _ONE_DAY for rule, _ in lowest)}
        for day in sorted(day for day in days if day >= after):
            in_force = day if moment == "on" else entry.on
            if all(first <= day for rule, first in lowest if rule.valid_from <= in_force <= rule.valid_to):
                return day
        raise AssertionError  # the last of the days is after every period


def _day(deadline: Deadline) -> date:
    return deadline.day


def _link(counted: Sequence[Days]) -> None:
    """Let each rule know the one whose place it takes: an earlier version, or the one it succeeds."""
    ended = {(days.rule.key, days.rule.valid_to + _ONE_DAY): days for days in counted}
    for days in counted:
        start, succeeds = days.rule.valid_from, days.rule.succeeds
        old = ended.get((days.rule.key, start)) or ended.get((succeeds, start))
        if old:
            days.before_it = _when(old.rule, old.last)
        elif succeeds:
            raise RulebookError(
                f"{days.rule.key}: no rule {succeeds} counts days up to the day before {start}"
            )


def _when(rule: Rule, then: Asked[_Found]) -> Asked[_Found]:
    """Return `then`, asked only where the rule's conditions hold; those on `movable` are the group's."""
    asked = then
    for name, condition in reversed(list(rule.when.items())):
        if name != "movable":
            asked = _guarded(fact(rule, name), condition.test, asked)
    return asked


def _guarded(known: Fact, test: Callable[[Any], bool], then: Asked[_Found]) -> Asked[_Found]:
    return lambda state, entry: then(state, entry) if test(known(state, entry)) else None


def _group(state: State, entry: e.AssetEntry) -> "_Group":
    return type(entry), state.movable


def _groups(rule: Rule) -> Iterator["_Group"]:
    """Yield for which entries and assets a rule is: an asset's kind never changes."""
    condition = rule.when.get("movable")
    for name in rule.governs:
        for movable in (True, False, None):
            if condition is None or condition.test(movable):
                yield e.ENTRIES[name], movable


_Group = tuple[type[e.AssetEntry], object]
"""An entry's class, and whether the asset is movable: the rules that may apply."""

LawOf = Callable[[str], Law]
"""Gives the law that an office judges by."""


def follow(state: State, found: list[Finding], line: Numbered, law_of: LawOf) -> None:
    """Let `state` take the next standing entry, and `found` what the entry broke."""
    number, entry = line
    if breaches := law_of(state.office).judge(state, entry):
        found += [Finding(number, entry.on, breach) for breach in breaches if not breach.tolerated]
    evolve(state, entry)


def judged(
    lines: Iterable[Numbered], law_of: LawOf, *, until: date | None = None
) -> tuple[State, list[Finding]]:
    """Return the state as `fold` does, and what each entry broke of its office's law on its day."""
    state, found = State(), list[Finding]()
    for line in standing(lines):
        if until is not None and line[1].on > until:
            break
        follow(state, found, line, law_of)
    return state, found


@cache
def law(book: str, limits: tuple[tuple[str, date, int], ...] = (), changes: int = 0) -> Law:
    """Return a rulebook's law with an office's own limits: rule key, first day and number, as decided.

    `changes` counts what the office recorded and becomes part of the version. Raises RulebookError.
    """
    by_rule: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for key, day, limit in limits:
        by_rule[key].append((day, limit))
    found = rulebooks()[book]
    version = f"{found.id}:{found.version}" + (f"+{changes}" if changes else "")
    return Law(found.overridden(by_rule), version)
