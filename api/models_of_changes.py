"""What the feed answers."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from api.models import Answer


class Change(Answer):
    """One entry of an asset's file; `office` has the file after it, `data` names no party."""

    position: int
    recorded_at: AwareDatetime
    asset_id: UUID
    asset_ref: str
    office: str
    kind: str
    entry_no: int
    entry: str
    on: date
    data: dict[str, Any]


class ChangePage(Answer):
    """Changes up to a position of the log; `more` follow now or later at the address `next`.

    A page may be empty while there is more: it passed over what was not asked for.
    """

    position: int
    more: bool
    items: list[Change]
    next: str
