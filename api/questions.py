"""What may be asked in a query string; anything else is refused by name."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from auctions.application.recording import today
from auctions.domain.asset.possible import Stage
from auctions.domain.event import Day

_PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f]*$"
Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_PRINTABLE)]
Phrase = Annotated[str, StringConstraints(max_length=200, pattern=_PRINTABLE)]
Cursor = Annotated[str, StringConstraints(max_length=2000)]
Limit = Annotated[int, Field(ge=1, le=200)]


class Nothing(BaseModel):
    """A question without parameters."""

    model_config = ConfigDict(extra="forbid")


class AssetList(Nothing):
    """Which assets to list, and which page of them."""

    unsold: bool | None = None
    kind: Word | None = None
    province: Word | None = None
    office: Word | None = None
    stage: Stage | None = None
    q: Phrase | None = Field(None, description="words in references, numbers and descriptions, marks or not")
    cursor: Cursor | None = None
    limit: Limit = 50


def _iso_day(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise PydanticCustomError("not_a_day", "a day that exists is expected, written YYYY-MM-DD")


def _not_in_future(day: date) -> date:
    if day > today():
        raise PydanticCustomError("day_in_future", "a day up to today in Vietnam is expected")
    return day


IsoDay = Annotated[Day, BeforeValidator(_iso_day)]


class OneAsset(Nothing):
    """As of the end of which legal day to tell of an asset."""

    as_of: Annotated[IsoDay, AfterValidator(_not_in_future)] | None = None


class OnePlan(OneAsset):
    """The cut after each failed round in per cent, how many rounds to tell, and from which legal day."""

    cut: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] = Decimal(10)
    rounds: Annotated[int, Field(ge=1, le=60)] = 12


class FindingList(Nothing):
    """Which findings to list, and which page of them."""

    office: Word | None = None
    rule: Word | None = Field(None, description="a rule's id, without its part")
    asset_id: UUID | None = None
    cursor: Cursor | None = None
    limit: Limit = 50


class ActionFilter(Nothing):
    """Which actions to tell of."""

    office: Word | None = None
    officer: Word | None = None
    due_before: IsoDay | None = Field(None, description="only what is due before this day")
    overdue: bool = Field(default=False, description="only what should have been done by now")
    asset_id: UUID | None = None


class ActionList(ActionFilter):
    """Which actions to list, and which page of them."""

    cursor: Cursor | None = None
    limit: Limit = 50
