"""Rows of the table of rules: files that keep a rule, that just keep it, and that just break it."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from auctions.domain.asset.decisions import Admitted, File
from auctions.domain.asset.events import ENTRIES, AssetEntry
from auctions.domain.asset.law import Finding, Law, judged, law
from auctions.domain.days import VIETNAM
from auctions.rules.kinds import asset_kinds
from auctions.rules.rulebook import Rule, rulebooks
from tests.unit.given import USUAL

LATER = date(2040, 1, 1)
NEVER = date(2999, 12, 31)
Life = tuple[AssetEntry, ...]
_DATES = {"until", "posted_on"}
_MOMENTS = {"auction_at", "registration_to"}


def at(on: str, name: str, **fields: object) -> AssetEntry:
    """An entry of a day written YYYY-MM-DD, with its usual fields; other days are written so too."""
    found = {field: _read(field, value) for field, value in fields.items()}
    return ENTRIES[name].model_validate({"on": date.fromisoformat(on)} | USUAL.get(name, {}) | found)


def _read(field: str, value: object) -> object:
    if field in _DATES:
        return date.fromisoformat(str(value))
    return nine_o_clock(str(value)) if field in _MOMENTS else value


def nine_o_clock(on: str) -> datetime:
    return datetime.combine(date.fromisoformat(on), time(9), VIETNAM)


class Row(NamedTuple):
    """A rule by its key, and files whose last entry is judged.

    `inside` keeps the rule, `limit` just keeps it, `outside` breaks it: `asked` is what the finding says was
    entered, `allowed` what the rule allows. `far` breaks it on whatever day of the week the file begins.
    """

    key: str
    inside: Life
    limit: Life
    outside: Life
    asked: int | str
    allowed: int | str
    far: Life

    @property
    def rule(self) -> Rule:
        """The rule as it is on the day of the entry that breaks it."""
        on = self.outside[-1].on
        return next(
            rule
            for rule in rulebooks()["vn"].rule
            if rule.key == self.key and rule.valid_from <= on <= rule.valid_to
        )


def row(key: str, inside: Life, limit: Life, outside: Life, told: tuple[int | str, int | str]) -> Row:
    """A row whose rule counts no days; `told` is what was asked and what is allowed."""
    return Row(key, inside, limit, outside, *told, far=outside)


def by_days(key: str, steps: Life, judged: tuple[str, str, str], days: str, **fields: object) -> Row:
    """A row whose rule counts days.

    `judged` is the entry's name, the field that varies and its own day where another field does; `days`
    are those inside, on the limit, outside and far outside, parted by a blank.
    """
    inside, limit, outside, far = ((*steps, _varied(*judged, varied, fields)) for varied in days.split())
    return Row(key, inside, limit, outside, days.split()[2], days.split()[1], far)


def lived(life: Life) -> File:
    """The file of these entries, all of them possible, judged by no law."""
    file = File()
    for entry in life:
        entered(file, entry)
    return file


def entered(file: File, entry: AssetEntry, by: Law | None = None) -> Admitted:
    """What is admitted of an entry, decided under a law or as found."""
    law_of = (lambda _: by) if by else None
    return file.admit([entry], actor="clerk", today=LATER, kinds=asset_kinds(), law_of=law_of)


def _varied(name: str, field: str, on: str, varied: str, fields: dict[str, object]) -> AssetEntry:
    return at(varied, name, **fields) if field == "on" else at(on, name, **fields | {field: varied})


def rule_named(key: str) -> Rule:
    """The first rule of Vietnam with that key."""
    return next(rule for rule in rulebooks()["vn"].rule if rule.key == key)


def findings(file: File) -> list[Finding]:
    """What the file's entries broke of the law of Vietnam."""
    return judged(file.lines, lambda _: law("vn"))[1]


def broken(by: Law, life: Life) -> list[str]:
    """The keys of the rules that the last entry breaks."""
    return [breach.rule.key for breach in by.judge(lived(life[:-1]).state, life[-1])]


def moved(life: Life, to: date) -> Life:
    """The same file so many days earlier or later that its last entry is of the day `to`."""
    by = to - life[-1].on
    return tuple(_moved(entry, by) for entry in life)


def _moved(entry: AssetEntry, by: timedelta) -> AssetEntry:
    fields = {name: getattr(entry, name) for name in type(entry).model_fields}
    days = {name: value + by for name, value in fields.items() if isinstance(value, date)}
    return entry.model_copy(update=days)
