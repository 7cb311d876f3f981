"""What can happen to an office's rules: one class an entry."""

from typing import Annotated, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import Field

from auctions.domain.event import Day, Entry, Reference, Text

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


OfficeEntry = RulebookChosen | LimitOverridden

ENTRIES: dict[str, type[OfficeEntry]] = {cls.entry_name(): cls for cls in OfficeEntry.__args__}
"""The class of every entry, by its name."""
