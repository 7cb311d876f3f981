"""Rulebooks: what the law allows on which day, read from books/*.toml, one file a country or court."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from math import inf
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

Unit = Literal["day", "working_day", "month", "percent", "dong", "times", "word"]
NO_END = date(2999, 12, 31)
"""The last day of a rule that has none."""

_ONE_DAY = timedelta(days=1)
_BRACES = re.compile(r"\{[^}]*\}?|\}")


class RulebookError(Exception):
    """A rulebook that cannot be read; the message names the file, the rule and what was expected."""


class Condition(BaseModel):
    """What a fact must be for a rule to apply: one of some words, or a number between two, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    one_of: tuple[str | bool, ...] | None = None
    at_least: int | None = None
    at_most: int | None = None

    @property
    def test(self) -> Callable[[Any], bool]:
        """What tells whether a fact meets the condition; None, what is not known, never does."""
        if (words := self.one_of) is not None:
            return lambda value: value in words
        low = -inf if self.at_least is None else self.at_least
        high = inf if self.at_most is None else self.at_most
        return lambda value: value is not None and low <= value <= high


class Rule(BaseModel):
    """One limit of the law, in force from `valid_from` to `valid_to`; README.md here tells of each field.

    `effect` is what a breach does: refuses a decision, only makes a finding, or neither (`due`: a reminder).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    part: str = ""
    governs: tuple[str, ...]
    when: Mapping[str, Condition] = {}
    measures: str
    since: tuple[str, ...] = ()
    until: str = "on"
    asked: Literal["since", "until"] = "until"
    unit: Unit
    at_least: int | str | None = None
    at_most: int | str | None = None
    after: int | None = None
    one_of: tuple[str, ...] | None = None
    succeeds: str = ""
    tolerance: int = 0
    article: str
    valid_from: date = Field(alias="from")
    valid_to: date = Field(NO_END, alias="to")
    confidence: Literal["sure", "probable", "unsure"]
    effect: Literal["refuses", "finding", "due"]
    vi: str
    en: str

    @field_validator("when", mode="before")
    @classmethod
    def _spread(cls, when: Mapping[str, Any]) -> dict[str, Any]:
        return {name: _condition(asked) for name, asked in when.items()}

    @model_validator(mode="after")
    def _has_one_bound(self) -> "Rule":
        bounds = (self.at_least, self.at_most, self.after, self.one_of)
        if sum(bound is not None for bound in bounds) != 1:
            raise ValueError("expected exactly one of at_least, at_most, after and one_of")
        if (self.one_of is not None) is not (self.unit == "word"):
            raise ValueError("expected one_of where, and only where, the unit is word")
        if isinstance(self.limit, str) and self.unit not in {"dong", "times"}:
            raise ValueError("expected a number, or a fact's name where the unit is dong or times")
        return self

    @model_validator(mode="after")
    def _counts_days(self) -> "Rule":
        counts = [self.measures == "days", bool(self.since), self.unit in {"day", "working_day", "month"}]
        if len(set(counts)) > 1 or (self.after is not None and not counts[0]):
            raise ValueError(
                "days go with `since` and a unit of day, working_day or month, and `after` with days"
            )
        return self

    @field_validator("vi", "en")
    @classmethod
    def _tells_the_limit(cls, words: str) -> str:
        if set(_BRACES.findall(words)) - {"{limit}"} or words.count("{") != words.count("}"):
            raise ValueError("expected {limit} where the number goes, and no other braces")
        return words

    @property
    def key(self) -> str:
        """The rule's id, with its part where it has several: LDG-01.movable."""
        return f"{self.id}.{self.part}" if self.part else self.id

    @property
    def limit(self) -> int | str | tuple[str, ...]:
        """The rule's one bound."""
        bounds = (self.at_least, self.at_most, self.after, self.one_of)
        return next(bound for bound in bounds if bound is not None)

    def limited(self, limit: int, valid_from: date, valid_to: date) -> "Rule":
        """Return the rule with another number for a part of its time."""
        bound = next(name for name in ("at_least", "at_most", "after") if getattr(self, name) is not None)
        return self.model_copy(update={bound: limit, "valid_from": valid_from, "valid_to": valid_to})


def _condition(asked: object) -> object:
    if isinstance(asked, Mapping):
        return asked
    return {"one_of": tuple(asked) if isinstance(asked, list) else (asked,)}


class Rulebook(BaseModel):
    """The rules of one country or court, its calendar, and the rules no file can decide, with the reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    vi: str
    en: str
    calendar: str
    rule: tuple[Rule, ...]
    undecidable: Mapping[str, str] = {}

    def in_force(self, on: date | None) -> list[Rule]:
        """Return the rules in force on a day, all where none is given."""
        return [rule for rule in self.rule if on is None or rule.valid_from <= on <= rule.valid_to]

    def overridden(self, limits: Mapping[str, list[tuple[date, int]]]) -> "Rulebook":
        """Return the rulebook with other numbers by rule key, each from its day on, as they were decided.

        One decided later takes the place of those that would begin on its day or after.
        """
        rules = [version for rule in self.rule for version in _versions(rule, limits.get(rule.key, []))]
        return self.model_copy(update={"rule": tuple(rules)})


def _versions(rule: Rule, limits: list[tuple[date, int]]) -> list[Rule]:
    starts: dict[date, Rule] = {rule.valid_from: rule}
    for day, limit in limits:
        start = max(day, rule.valid_from)
        starts = {other: version for other, version in starts.items() if other < start}
        starts[start] = rule.limited(limit, start, rule.valid_to)
    days = sorted(starts)
    ends = [min(day - _ONE_DAY, rule.valid_to) for day in days[1:]] + [rule.valid_to]
    versions = [starts[day].model_copy(update={"valid_to": end}) for day, end in zip(days, ends, strict=True)]
    return [version for version in versions if version.valid_from <= version.valid_to]


def read_rulebook(name: str, text: str) -> Rulebook:
    """Return the rulebook written in `text`, called `name`. Raises RulebookError.

    Its version is the beginning of the text's SHA-256.
    """
    version = hashlib.sha256(text.encode()).hexdigest()[:8]
    try:
        book = Rulebook.model_validate({"id": name, "version": version, **tomllib.loads(text)})
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RulebookError(f"{name}.toml: {error}") from error
    if not files("auctions.rules").joinpath("calendars", f"{book.calendar}.toml").is_file():
        raise RulebookError(f"{name}.toml: there is no calendars/{book.calendar}.toml")
    keys = [(rule.key, rule.valid_from) for rule in book.rule]
    if twice := {key for key, _ in keys if keys.count((key, _)) > 1}:
        raise RulebookError(f"{name}.toml: {', '.join(sorted(twice))} stand twice: give each a part")
    return book


@cache
def rules_version() -> str:
    """Return a digest of everything in this room that judging depends on: rulebooks, calendars, kinds."""
    room = Path(str(files("auctions.rules")))
    texts = [file.read_bytes() for file in sorted(room.rglob("*.toml"))]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


@cache
def rulebooks() -> Mapping[str, Rulebook]:
    """Return every rulebook there is by its id, the name of its file. Raises RulebookError."""
    found = sorted(files("auctions.rules").joinpath("books").iterdir(), key=lambda file: file.name)
    names = [(file.name.removesuffix(".toml"), file) for file in found if file.name.endswith(".toml")]
    return {name: read_rulebook(name, file.read_text(encoding="utf-8")) for name, file in names}
