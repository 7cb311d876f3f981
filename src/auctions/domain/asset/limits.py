"""What the law sets for the fields of an entry, told before it is entered."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, get_args

from auctions.domain.asset import events as e
from auctions.domain.asset.breaches import Bound, Breach, bound
from auctions.domain.asset.law import Law
from auctions.domain.asset.state import State
from auctions.domain.days import VIETNAM
from auctions.rules.rulebook import Rule

_ONE_DAY = timedelta(days=1)
_MOST = 10**16
_PROBED: Mapping[str, tuple[str, tuple[Any, ...]]] = {
    "cut": ("to_price", (1,)),
    "deposit": ("deposit", (0, _MOST)),
    "price": ("price", (1, _MOST)),
    "notices": ("notice_refs", (("",),)),
}
"""The field that each of these measures is of, and values that no limit lets pass."""
_DAYS = {
    "on": "on",
    "auction_day": "auction_at",
    "posting_day": "posted_on",
    "registration_end": "registration_to",
    "until": "until",
}
"""The field that each moment is of."""


class Limit(NamedTuple):
    """What one rule allows: at least or at most, from or by a day, or one of some words.

    `field` is None where the file itself stands against the entry, whatever is entered; `asked` is then what
    the file has. `whole` is the amount in dong that a portion is of.
    """

    field: str | None
    bound: Bound
    allowed: int | str
    rule: Rule
    asked: int | str | None = None
    whole: int | None = None


def probe(name: str, on: date, given: Mapping[str, Any]) -> e.AssetEntry:
    """Return an entry of that name of which no more is known than `given`."""
    cls = e.ENTRIES[name]
    unknown = {field: None for field, info in cls.model_fields.items() if info.is_required()}
    known = {field: value for field, value in given.items() if field in cls.model_fields}
    entry: e.AssetEntry = cls.model_construct(**unknown | known | {"on": on})
    return entry


def limits(state: State, law: Law, entry: e.AssetEntry) -> list[Limit]:
    """Return what the law sets for an entry of which some is known, as `state` is what it finds."""
    whole = [each for each in law.judge(state, _harmless(entry)) if _is_of_the_file(each, entry)]
    closed = [Limit(None, bound(each), each.allowed, each.rule, each.asked) for each in whole]
    found = [*closed, *_amounts(state, law, entry), *_words(state, law, entry), *_days(state, law, entry)]
    return list({(each.field, each.bound, each.rule.key): each for each in found}.values())


def _harmless(entry: e.AssetEntry) -> e.AssetEntry:
    """Return the entry with an amount that can be counted with."""
    return entry.model_copy(update={"to_price": _MOST}) if isinstance(entry, e.PriceReduced) else entry


def _is_of_the_file(breach: Breach, entry: e.AssetEntry) -> bool:
    measures = breach.rule.measures
    return not (measures == "days" or measures in _PROBED or measures in type(entry).model_fields)


def _amounts(state: State, law: Law, entry: e.AssetEntry) -> Iterator[Limit]:
    for measures, (field, values) in _PROBED.items():
        if field not in type(entry).model_fields:
            continue
        for value in values:
            for breach in law.judge(state, _harmless(entry).model_copy(update={field: value})):
                if breach.rule.measures == measures:
                    whole = _whole(state, entry, measures)
                    yield Limit(field, bound(breach), breach.allowed, breach.rule, whole=whole)


def _whole(state: State, entry: e.AssetEntry, measures: str) -> int | None:
    if measures == "cut":
        return state.rounds[-1].starting_price
    return entry.starting_price if isinstance(entry, e.RoundAnnounced) and measures == "deposit" else None


def _words(state: State, law: Law, entry: e.AssetEntry) -> Iterator[Limit]:
    for field, info in type(entry).model_fields.items():
        if not any(isinstance(word, str) for word in get_args(info.annotation)):
            continue
        for breach in law.judge(state, _harmless(entry).model_copy(update={field: ""})):
            if breach.rule.measures == field and breach.rule.one_of:
                yield Limit(field, "one_of", breach.allowed, breach.rule)


def _days(state: State, law: Law, entry: e.AssetEntry) -> Iterator[Limit]:
    for moment, field in _DAYS.items():
        if field not in type(entry).model_fields or _is_of_the_round(moment, entry):
            continue
        if last := law.deadline(state, entry, moment):
            yield Limit(field, "last", last.day.isoformat(), last.rule)
        after = state.last_on if moment == "on" else entry.on
        first = law.earliest(state, entry, after, moment)
        if first > after:
            for rule in _barring(state, law, entry, moment, first - _ONE_DAY):
                yield Limit(field, "first", first.isoformat(), rule)


def _is_of_the_round(moment: str, entry: e.AssetEntry) -> bool:
    """Tell whether the moment is of the round under way and nothing that the entry tells."""
    return moment == "auction_day" and not isinstance(entry, e.RoundAnnounced)


def _barring(state: State, law: Law, entry: e.AssetEntry, moment: str, day: date) -> Iterator[Rule]:
    """Yield the rules that bar a day of the moment."""
    at = datetime.combine(day, time(), VIETNAM)
    value = at if _DAYS[moment] in {"auction_at", "registration_to"} else day
    asked = _harmless(entry).model_copy(update={_DAYS[moment]: value})
    for breach in law.judge(state, asked):
        if breach.rule.measures == "days" and moment == breach.rule.until:
            yield breach.rule
