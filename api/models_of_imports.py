"""What the API answers about registers that were sent in, and rows that wait to be mended."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.models import Answer


class ImportState(Answer):
    """How far an import is; counts are of rows, `recorded` of what is recorded for good.

    Of a dry run `recorded` is what would be. `already` was recorded before, by others or from another file.
    """

    import_id: UUID
    filename: str
    mode: Literal["all-or-nothing", "quarantine", "dry-run", "retry"]
    state: Literal["waiting", "reading", "deciding", "recording", "done", "cancelled", "failed"]
    progress: Annotated[float, Field(ge=0, le=1, description="the part of the present state that is done")]
    rows: int
    assets: int
    recorded: int
    already: int
    refused: int
    quarantined: int
    reason: str | None
    sent_at: AwareDatetime
    cancelled_at: AwareDatetime | None
    ended_at: AwareDatetime | None


class ImportPage(Answer):
    """One page of the registers that an office has sent in, the last first, and the next page's cursor."""

    items: list[ImportState]
    next: str | None


class RowProblem(Answer):
    """What is wrong with a row; `column` is null where the whole row or file is meant."""

    row: int
    column: str | None
    code: str
    message: str
    asset_ref: str | None
    entry: str | None


class ImportAnswer(ImportState):
    """The same with a page of what was wrong, by row, and the next page's cursor."""

    problems: list[RowProblem]
    next: str | None


class CellProblem(Answer):
    """What was wrong with a row that waits."""

    column: str | None
    code: str
    message: str


class Quarantined(Answer):
    """A row that an import set aside: its cells as they were, and why."""

    quarantine_id: UUID
    office: str
    filename: str
    row: int
    asset_ref: str | None
    cells: dict[str, Any]
    problems: list[CellProblem]
    set_aside_at: AwareDatetime


class QuarantinePage(Answer):
    """One page of rows that wait and the next page's cursor."""

    items: list[Quarantined]
    next: str | None


Cell = Annotated[str, Field(max_length=32_767)]


class Retry(BaseModel):
    """How a row is mended before it is tried again: cells by column, an empty one empties it."""

    model_config = ConfigDict(extra="forbid")
    cells: Annotated[dict[Annotated[str, Field(max_length=200)], Cell], Field(max_length=200)] = {}
