"""What the API answers about the law: rulebooks, and what offices have changed of theirs."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from api.models import Answer, Counted
from auctions.domain.asset.possible import Stage
from auctions.rules.rulebook import Condition, Unit


class LawRule(Answer):
    """One limit of the law, in force from `from` to `to`; exactly one of its four bounds is there.

    `effect`: a breach refuses a decision, or is only found, or neither (`due`: a reminder).
    """

    key: str
    id: str
    part: str
    governs: list[str]
    when: dict[str, Condition]
    measures: str
    since: list[str]
    until: str
    asked: Literal["since", "until"]
    unit: Unit
    at_least: int | str | None = None
    at_most: int | str | None = None
    after: int | None = None
    one_of: list[str] | None = None
    succeeds: str
    tolerance: int
    article: str
    valid_from: date = Field(alias="from")
    valid_to: date = Field(alias="to")
    confidence: Literal["sure", "probable", "unsure"]
    effect: Literal["refuses", "finding", "due"]
    vi: str
    en: str


class Rules(Answer):
    """A rulebook; `undecidable` are rules that no file can decide, with the reason."""

    book: str
    version: str
    items: list[LawRule]
    undecidable: dict[str, str]


class Limit(Answer):
    """A limit that an office has set: another number for a rule, for steps from a day on."""

    rule: str
    valid_from: date = Field(alias="from")
    limit: int


class OfficeRules(Answer):
    """What an office judges by that has changed its rules."""

    office: str
    rulebook: str
    version: str
    limits: list[Limit]


class Offices(Answer):
    """The offices that have changed their rules; all others judge by rulebook `vn` as it stands."""

    known_at: int
    items: list[OfficeRules]


class OfficeEntry(Answer):
    """One entry of an office's file; who recorded it is told as in an asset's file."""

    entry_no: int
    entry: str
    on: date
    recorded_at: AwareDatetime
    position: int
    actor: str | None
    data: dict[str, Any]


class OfficeFile(Answer):
    """An office's file: who chose which rulebook and set which limit, when and why."""

    known_at: int
    office: str
    entries: list[OfficeEntry]


class RestatedState(Answer):
    """An asset as it was known of the day."""

    office: str
    stage: Stage
    unsold: bool
    price: int | None
    failed_rounds: int
    reductions: int
    costs: int
    sold_for: int | None


class EntryInBetween(Answer):
    """An entry recorded in between that bears on the day; `days_late` from the fact to its recording."""

    entry_no: int
    entry: str
    on: date
    recorded_at: AwareDatetime
    days_late: int
    position: int
    actor: str | None
    role: str
    basis: str | None
    reason: str | None
    struck: int | None
    data: dict[str, Any]


class RestatedAsset(Answer):
    """An asset that entries recorded in between bear on, before and after; null before it was known."""

    asset_id: UUID
    asset_ref: str
    before: RestatedState | None
    after: RestatedState | None
    entries: list[EntryInBetween]


class UnsoldBeforeAndAfter(Answer):
    """What remained unsold on the day, as it was known before and after."""

    before: Counted
    after: Counted


class Restatement(Answer):
    """What became known of a legal day between two positions of the log."""

    as_of: date
    known_at: list[int]
    unsold: UnsoldBeforeAndAfter
    assets: list[RestatedAsset]
