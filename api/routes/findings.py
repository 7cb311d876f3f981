"""Findings: which recorded steps broke which rule."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter

from api import answers, cursor
from api.lists import listed, page
from api.models_of_steps import FindingPage
from api.questions import PAGE, TIMES, FindingList
from api.times import told_of
from auctions.domain.event import Reference
from projections.findings import PROJECTION, Filter, page_query
from projections.timeline import Row

router = APIRouter(prefix="/v1/findings", tags=["law"])

_FORM = answers.form(FindingPage)
_KEYS = TypeAdapter(tuple[Reference, UUID, cursor.Number])


@router.get("", response_model=FindingPage)
async def list_findings(request: Request, asked: Annotated[FindingList, Query()]) -> Response:
    """List what recorded steps broke, in the order of the assets' references and of legal days."""
    told = await told_of(request.app, asked)
    after = cursor.decoded(asked.cursor, _KEYS)
    fields = asked.model_dump(exclude=TIMES | PAGE)
    query = page_query(Filter(**fields, after=after, limit=asked.limit + 1, times=told.times))

    async def told_page(position: int, rows: Sequence[Row]) -> bytes:
        head = {"as_of": told.asked, "known_at": position, "position": position}
        return page(head, rows, asked.limit)

    return await listed(request, PROJECTION.name, (asked, told), query, told_page, tag=f"{_FORM}-")
