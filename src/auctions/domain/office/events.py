"""What can happen in an office's file: its rules change, its book is closed; one class an entry."""

from typing import Annotated, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import Field

from auctions.domain.event import Day, Entry, Reference, Text
from auctions.domain.quarters import Quarter

Whole = Annotated[int, Field(ge=0, lt=2**63)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

_OFFICES = uuid5(NAMESPACE_URL, "urn:auctions:office")


def office_id(office: str) -> UUID:
    """Return the id of an office's file, derived from its code."""
    return uuid5(_OFFICES, office)


class RulebookChosen(Entry):
    """The office judges all entries made under it by a rulebook, by its id."""

    TOPIC: ClassVar[str] = "office.rulebook_chosen"
    office: Reference
    rulebook: Reference


class LimitOverridden(Entry):
    """The office set another number for a rule of its rulebook, for steps from `effective_on` on."""

    TOPIC: ClassVar[str] = "office.limit_overridden"
    office: Reference
    rule: Reference
    limit: Annotated[int, Field(ge=0, le=10**15)]
    effective_on: Day
    reason: Text


class BookClosed(Entry):
    """The office closed its book for a quarter, as it was known at a position of the log.

    The book holds the files of all assets that the office has or had by then. `sha256` is that of a line
    `ASSET_ID VERSION LEAF` for each, sorted, ended by a newline: its last entry's number and leaf hash, in
    hexadecimal. What remained unsold at the end of the quarter is counted, with the sums in dong of prices
    and of first prices; `reports` are the SHA-256 of those issued with the close, by name.
    """

    TOPIC: ClassVar[str] = "office.book_closed"
    office: Reference
    first_day: Day
    last_day: Day
    known_at: Whole
    assets: Whole
    entries: Whole
    sha256: Sha256
    unsold: Whole
    unsold_price: Whole
    unsold_first_price: Whole
    reports: dict[Reference, Sha256] = {}

    @property
    def quarter(self) -> Quarter:
        """The quarter that is closed."""
        return Quarter.of(self.first_day)


RuleChange = RulebookChosen | LimitOverridden
"""What changes the law that the office judges by."""
OfficeEntry = RuleChange | BookClosed

ENTRIES: dict[str, type[OfficeEntry]] = {cls.entry_name(): cls for cls in OfficeEntry.__args__}
"""The class of every entry, by its name."""
