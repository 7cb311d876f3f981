"""What the API answers about steps in the files: those that broke a rule, and those that come next."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime

from api.models import Answer, Timed, TimedFile
from auctions.domain.asset.next_actions import Who
from auctions.rules.rulebook import Unit


class BrokenRule(Answer):
    """A rule that an entry does not keep; `asked` and `allowed` in dong, times, words or days."""

    entry_no: int
    on: date
    rule: str
    part: str
    article: str
    confidence: Literal["sure", "probable", "unsure"]
    message: str
    message_vi: str
    asked: int | str
    allowed: int | str


class Finding(BrokenRule):
    """A recorded step that broke a rule of its day; `asked` and `allowed` in dong, times, words or days."""

    asset_id: UUID
    asset_ref: str
    office: str


class FindingPage(TimedFile):
    """One page of findings and the next page's cursor."""

    items: list[Finding]
    next: str | None


class CountedFindings(Answer):
    """How many findings, in how many assets' files."""

    n: int
    assets: int


class FindingsOfYear(CountedFindings):
    """The same of the steps of one year."""

    year: int


class FindingsOfRule(CountedFindings):
    """The same of one rule and office, whole and by the years of the steps."""

    rule: str
    office: str
    years: list[FindingsOfYear]


class FindingCounts(TimedFile):
    """Findings counted by rule and office."""

    items: list[FindingsOfRule]


class NextAction(Answer):
    """What must or may be done in a file, by whom; `due` is its last day, `at` the time of an auction."""

    asset_id: UUID
    asset_ref: str
    office: str
    officer: str | None
    action: str
    who: Who
    must: bool
    due: date | None
    not_before: date | None
    at: AwareDatetime | None
    overdue: bool
    rule: str | None
    article: str | None


class EntryLimit(Answer):
    """What one rule allows in a field; `field` null: the file has `asked`, whatever is entered.

    In dong, times, words or days; `limit` is the rule's own number or words, `whole` the amount in dong that
    a share is of. `refuses`: a decision that breaks it is not recorded; it is a finding otherwise.
    """

    field: str | None
    bound: Literal["at_least", "at_most", "first", "last", "one_of"]
    allowed: int | str
    asked: int | str | None
    limit: int | str | list[str]
    unit: Unit
    whole: int | None
    rule: str
    part: str
    article: str
    confidence: Literal["sure", "probable", "unsure"]
    refuses: bool
    message: str
    message_vi: str


class EntryLimits(Timed):
    """What the law of a day sets for the fields of an entry, as the file stands."""

    entry: str
    on: date
    items: list[EntryLimit]


class PlannedRound(Answer):
    """A round ahead on its first lawful days: announced, held without a buyer, the price then reduced."""

    round_no: int
    starting_price: int
    announced_on: date
    held_on: date
    in_lieu_open: bool
    reduced_on: date
    to_price: int


class Reached(Answer):
    """The day on which something comes about, and after which round; 0 is the situation as it is."""

    on: date
    after_round: int


class AssetPlan(Timed):
    """The ladder ahead, and when something comes about on it; `redemption` as far as known, no interest."""

    asset_ref: str
    steps: list[PlannedRound]
    in_lieu_opens: Reached | None
    falls_to_costs: Reached | None
    falls_to_debt: Reached | None
    redemption: int | None
    redeem_by: date | None


class NextActionPage(Timed):
    """One page of actions by due day; `as_of` is the legal day on which what is overdue was reckoned."""

    items: list[NextAction]
    next: str | None


class ActionsOfOfficer(Answer):
    """How many actions of an officer's files have a day; `waiting` are rounds held without a result yet."""

    officer: str | None
    overdue: int
    due_soon: int
    waiting: int
    coming: int


class ActionCounts(Answer):
    """How much there is to do at an office, by officer, as reckoned on the legal day `as_of`."""

    as_of: date
    office: str
    items: list[ActionsOfOfficer]
