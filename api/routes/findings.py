"""Findings: which recorded steps broke which rule."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter

from api import answers, cursor
from api.lists import listed, page, whole
from api.models_of_steps import FindingCounts, FindingPage
from api.questions import PAGE, TIMES, FindingFilter, FindingList
from api.times import Told, told_of
from auctions.domain.event import Reference
from projections.findings import PROJECTION, Filter, counts_query, page_query
from projections.timeline import Row

router = APIRouter(prefix="/v1/findings", tags=["law"])

_FORM, _COUNTS = answers.form(FindingPage), answers.form(FindingCounts)
_KEYS = TypeAdapter(tuple[Reference, UUID, cursor.Number])


@router.get("", response_model=FindingPage)
async def list_findings(request: Request, asked: Annotated[FindingList, Query()]) -> Response:
    """List what recorded steps broke, in the order of the assets' references and of legal days."""
    told = await told_of(request.app, asked)
    after = cursor.decoded(asked.cursor, _KEYS)
    fields = asked.model_dump(exclude=TIMES | PAGE)
    query = page_query(Filter(**fields, after=after, limit=asked.limit + 1, times=told.times))

    async def told_page(position: int, rows: Sequence[Row]) -> bytes:
        return page(_head(told, position), rows, asked.limit)

    return await listed(request, PROJECTION.name, (asked, told), query, told_page, tag=f"{_FORM}-")


@router.get("/counts", response_model=FindingCounts)
async def count_findings(request: Request, asked: Annotated[FindingFilter, Query()]) -> Response:
    """Count all findings that a list would show by rule and office, and by the years of the steps."""
    told = await told_of(request.app, asked)
    query = counts_query(Filter(**asked.model_dump(exclude=TIMES), times=told.times))

    async def told_counts(position: int, rows: Sequence[Row]) -> bytes:
        return whole(_head(told, position), rows)

    return await listed(request, PROJECTION.name, (asked, told), query, told_counts, tag=f"{_COUNTS}-")


def _head(told: Told, position: int) -> dict[str, object]:
    return {"as_of": told.asked, "known_at": position, "position": position}
