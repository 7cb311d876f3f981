"""A strike as it is proposed, and what the API answers about strikes that wait for a second person."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime

from api.models import Answer
from auctions.domain.asset.events import EntryStruck, Number
from auctions.domain.event import Entry, Text
from auctions.domain.roles import Role

State = Literal["open", "approved", "refused", "withdrawn", "stale"]


class Strike(Entry):
    """An entry is to be struck through, with basis and reason, once a second person has approved it."""

    TOPIC: ClassVar[str] = EntryStruck.TOPIC
    basis: Text
    entry_no: Number
    reason: Text


class StrikeProposal(Answer):
    """A strike and what is entered anew, decided on a version of the file; who proposed it, how it ended.

    It is stale once others have recorded in the file. `positions` are where it stands in the log once it is
    approved; `dropped_by` is who withdrew or refused it.
    """

    proposal_id: UUID
    asset_id: UUID
    office: str
    version: int
    as_found: bool
    entries: list[dict[str, Any]]
    proposed_by: str
    role: Role
    asset_ref: str
    proposed_at: AwareDatetime
    state: State
    approved_by: str | None
    approved_at: AwareDatetime | None
    positions: list[int]
    dropped_by: str | None
    dropped_at: AwareDatetime | None
    reason: str | None


class StrikeProposalPage(Answer):
    """One page of proposals, the newest first, and the next page's cursor."""

    items: list[StrikeProposal]
    next: str | None
