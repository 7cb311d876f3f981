"""Findings: which recorded steps broke which rule."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter

from api import cursor
from api.lists import listed, page
from api.models_of_steps import FindingPage
from api.questions import FindingList
from auctions.domain.event import Reference
from projections.findings import PROJECTION, Filter, page_query
from projections.projection import Row

router = APIRouter(prefix="/v1/findings", tags=["law"])

_KEYS = TypeAdapter(tuple[Reference, UUID, cursor.Number])


@router.get("", response_model=FindingPage)
async def list_findings(request: Request, asked: Annotated[FindingList, Query()]) -> Response:
    """List what recorded steps broke, in the order of the assets' references and of legal days."""
    fields = asked.model_dump(exclude={"cursor", "limit"})
    after = cursor.decoded(asked.cursor, _KEYS)
    query = page_query(Filter(**fields, after=after, limit=asked.limit + 1))

    async def told(position: int, rows: Sequence[Row]) -> bytes:
        return page({"position": position}, rows, asked.limit)

    return await listed(request, PROJECTION, query, told)
