"""What may be asked in a query string; anything else is refused by name."""

import re
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from api.moments import IsoDay, KnownAt, PastDay
from auctions.domain.asset.events import ENTRIES
from auctions.domain.asset.next_actions import ACTIONS
from auctions.domain.asset.possible import Stage
from auctions.rules.rulebook import rulebooks
from projections.decline import By
from projections.life import Regime


def _known_entry(name: str) -> str:
    if name in ENTRIES:
        return name
    raise PydanticCustomError("unknown_entry", "the name of an entry is expected, such as price_reduced")


def _known_book(book: str) -> str:
    if book in rulebooks():
        return book
    raise PydanticCustomError("unknown_rulebook", f"one of {', '.join(rulebooks())} is expected")


def _known_action(name: str) -> str:
    if name in ACTIONS:
        return name
    raise PydanticCustomError("unknown_action", "the name of an action is expected, such as hold")


def _plain(written: object) -> object:
    """Let a whole number be written in one way only: pydantic alone takes 1.0, 1_0 and +1 too."""
    if isinstance(written, str) and not re.fullmatch("-?[0-9]+", written):
        raise PydanticKnownError("int_parsing")
    return written


_PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f]*$"
Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_PRINTABLE)]
Phrase = Annotated[str, StringConstraints(max_length=200, pattern=_PRINTABLE)]
_LOCAL_PATH = r"^/([!-.0-\[\]-~][!-\[\]-~]*)?$"
LocalPath = Annotated[str, StringConstraints(max_length=16_000, pattern=_LOCAL_PATH)]
"""A path of this site, with what a form held when its session ended."""
_Opaque = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_PRINTABLE)]
Cursor = Annotated[str, StringConstraints(max_length=2000)]
_WRITTEN = BeforeValidator(_plain)
Limit = Annotated[int, Field(ge=1, le=200), _WRITTEN]
Dong = Annotated[int, Field(ge=0, lt=2**63), _WRITTEN]
Count = Annotated[int, Field(ge=0, le=10_000), _WRITTEN]
Days = Annotated[int, Field(ge=0, le=36_500), _WRITTEN]
Year = Annotated[int, Field(ge=1900, le=2999), _WRITTEN]
Position = Annotated[int, Field(ge=0, lt=10**18), _WRITTEN]
Share = Annotated[
    Decimal,
    Field(ge=0, le=1, decimal_places=6),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.000001}),
]
Percent = Annotated[
    Decimal,
    Field(ge=0, le=100, decimal_places=2),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100, "multipleOf": 0.01}),
]
EntryName = Annotated[
    str, AfterValidator(_known_entry), WithJsonSchema({"type": "string", "enum": sorted(ENTRIES)})
]
ActionName = Annotated[
    str, AfterValidator(_known_action), WithJsonSchema({"type": "string", "enum": sorted(ACTIONS)})
]
Book = Annotated[
    str, AfterValidator(_known_book), WithJsonSchema({"type": "string", "enum": sorted(rulebooks())})
]
Sort = Literal[
    "seized_on",
    "-seized_on",
    "asset_ref",
    "-asset_ref",
    "price",
    "-price",
    "left_of_first",
    "-left_of_first",
    "reductions",
    "-reductions",
    "last_round_on",
    "-last_round_on",
]


class Nothing(BaseModel):
    """A question without parameters."""

    model_config = ConfigDict(extra="forbid")


class SignIn(Nothing):
    """Where a browser goes when it has signed in: a path here, never another site."""

    return_to: Annotated[str, StringConstraints(max_length=2500, pattern=_LOCAL_PATH)] = "/v1/session"


class SignedIn(BaseModel):
    """What a provider sends a browser back with; it may send more (RFC 6749, section 4.1.2)."""

    model_config = ConfigDict(extra="ignore")
    state: Word
    code: _Opaque | None = None
    iss: _Opaque | None = None


class AsFound(Nothing):
    """Whether a fact is recorded as it was found, lawful or not; it is a decision otherwise."""

    as_found: bool = False


class Timed(Nothing):
    """About which legal day, as known when, and what must have been read by then."""

    as_of: PastDay | None = Field(None, description="the legal day whose end is asked about")
    known_at: KnownAt | None = Field(
        None, description="what was known then: a position of the log, a time with offset, or a day (its end)"
    )
    min_position: Annotated[int, Field(ge=0, lt=2**63), _WRITTEN] | None = Field(
        None, description="wait until this position of the log has been read"
    )


class KnownThen(Nothing):
    """As known when."""

    known_at: KnownAt | None = Field(
        None, description="what was known then: a position of the log, a time with offset, or a day (its end)"
    )


class LateAsked(KnownThen):
    """Whose entries to count, and from how many days between legal day and recording on they are late."""

    days: Days = Field(
        7, description="late is what was recorded more days of the calendar after its legal day"
    )
    office: Word | None = Field(None, description="the office that recorded")


class RulesAsked(Nothing):
    """Which rulebook to list, and whether only what is in force on a day."""

    book: Book = "vn"
    on: IsoDay | None = Field(None, description="only the rules in force on this day")


class RestatementAsked(Nothing):
    """About which legal day, between which two knowledges."""

    as_of: PastDay | None = Field(
        None, description="the legal day whose end is asked about; today by default"
    )
    known_at: list[KnownAt] = Field(
        min_length=2, max_length=2, description="the earlier knowledge, then the later one"
    )


class AssetFilter(Timed):
    """Which assets to tell of, in which order."""

    unsold: bool | None = None
    kind: Word | None = None
    province: Word | None = None
    commune: Word | None = None
    office: Word | None = None
    officer: Word | None = None
    stage: Stage | None = None
    year: Year | None = Field(None, description="of the seizure")
    price_min: Dong | None = Field(None, description="the price in force at least, in dong")
    price_max: Dong | None = Field(None, description="the price in force at most, in dong")
    rounds_min: Count | None = Field(None, description="rounds announced at least")
    failed_rounds_min: Count | None = None
    reductions_min: Count | None = None
    left_min: Share | None = Field(None, description="the share left of the first price at least, 0 to 1")
    left_max: Share | None = Field(None, description="the share left of the first price at most, 0 to 1")
    of_loan_max: Share | None = Field(
        None, description="the price in force as a share of the loan value at most, 0 to 1"
    )
    days_since_seizure_min: Days | None = None
    days_since_round_min: Days | None = Field(None, description="days since the last round at least")
    in_lieu_open: bool | None = None
    suspended: bool | None = None
    q: Phrase | None = Field(None, description="words in references, numbers and descriptions, marks or not")
    number: Word | None = Field(None, description="the whole number of a parcel, certificate or vessel")
    sort: Sort = Field("-seized_on", description="`-`: the highest first")


class CommunesAsked(AssetFilter):
    """Which assets of a province to count by commune."""

    province: Word


class AssetList(AssetFilter):
    """Which assets to list, in which order, and which page of them."""

    facets: bool = Field(default=False, description="count all that is listed, by kind, province and bands")
    cursor: Cursor | None = None
    limit: Limit = 50


class OneAsset(Timed):
    """As of the end of which legal day to tell of an asset, as known when."""


class SomeLadders(Timed):
    """As of the end of which legal day to tell of some assets' ladders, as known when."""

    asset_id: list[UUID] = Field(min_length=1, max_length=200, description="may be repeated")


class OneReplay(OneAsset):
    """How a file grew as of a legal day, as known when, and which page of its entries."""

    cursor: Cursor | None = None
    limit: Limit = Field(200, description="the command that reaches the limit is told whole")


class OnePlan(OneAsset):
    """The cut after each failed round in per cent, how many rounds to tell, and from which legal day."""

    cut: Percent = Decimal(10)
    rounds: Annotated[int, Field(ge=1, le=60), _WRITTEN] = 12


class EntryLimits(Nothing):
    """Of which entry, on which legal day, to tell what the law sets; and what of it is known already."""

    entry: EntryName
    on: IsoDay | None = Field(None, description="the entry's legal day; today by default")
    decided_by: Literal["agreement", "officer", "court"] | None = None
    of: Literal["appraisal", "failure", "in_lieu"] | None = None
    accepted: bool | None = None
    starting_price: Dong | None = Field(None, description="in dong; the price in force by default")
    auction_on: IsoDay | None = Field(None, description="the legal day of the auction that is announced")
    posted_on: IsoDay | None = None
    until: IsoDay | None = None
    registrants: Count | None = None
    bidders: Count | None = None


class FindingFilter(Timed):
    """Which findings to tell of."""

    office: Word | None = None
    rule: Word | None = Field(None, description="a rule's id, without its part")
    asset_id: UUID | None = None
    year: Year | None = Field(None, description="of the steps")


class FindingList(FindingFilter):
    """Which findings to list, and which page of them."""

    cursor: Cursor | None = None
    limit: Limit = 50


class ActionFilter(Timed):
    """Which actions to tell of."""

    office: Word | None = None
    officer: Word | None = None
    action: ActionName | None = Field(None, description="only this action, such as hold")
    due_from: IsoDay | None = Field(None, description="only what is due on this day or later")
    due_before: IsoDay | None = Field(None, description="only what is due before this day")
    overdue: bool = Field(default=False, description="only what should have been done by now")
    asset_id: UUID | None = None


class ActionCounts(Nothing):
    """Whose actions to count, and what must have been read by then."""

    office: Word
    min_position: Annotated[int, Field(ge=0, lt=2**63), _WRITTEN] | None = Field(
        None, description="wait until this position of the log has been read"
    )


class ActionList(ActionFilter):
    """Which actions to list, and which page of them."""

    cursor: Cursor | None = None
    limit: Limit = 50


class Changes(Nothing):
    """After which position of the log to tell of changes, and of which."""

    after: Position = Field(0, description="the position up to which the client has the changes")
    limit: Annotated[int, Field(ge=1, le=1000), _WRITTEN] = Field(
        200, description="the command that reaches the limit is told whole"
    )
    office: Word | None = Field(None, description="what the office has, and what leaves it")
    kind: Word | None = None
    entry: list[EntryName] = Field([], max_length=50, description="may be repeated; all by default")


class Decline(Timed):
    """Of which assets to tell how value declined, and by what to break it down."""

    kind: Word | None = None
    province: Word | None = None
    office: Word | None = None
    year: Year | None = Field(None, description="of the seizure")
    regime: Regime | None = Field(None, description="the law until June 2026, or from July 2026 on")
    by: By | None = None


class FinancedVessels(Timed):
    """Of which vessels to tell what became of the loan."""

    province: Word | None = None
    office: Word | None = None
    year: Year | None = Field(None, description="of the seizure")


TIMES = set(Timed.model_fields)
"""What a question says of the times, beside what it asks for."""
PAGE = {"cursor", "limit", "facets"}
"""What a question says of the page, beside what it asks for."""
