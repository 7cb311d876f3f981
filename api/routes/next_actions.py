"""Next actions: what must or may be done, by whom and by which day."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool

from api import cursor
from api.icalendar_file import MEDIA_TYPE, icalendar_file
from api.languages import language
from api.lists import listed, page
from api.models_of_steps import NextActionPage
from api.questions import ActionFilter, ActionList
from auctions.application.recording import today
from auctions.domain.event import Reference
from projections.next_actions import ITEM, NO_DAY, PROJECTION, Filter, page_query
from projections.projection import Row

router = APIRouter(prefix="/v1", tags=["law"])

EVENTS = 5000
"""How many events a calendar has at most."""

_KEYS = TypeAdapter(tuple[date, Reference, UUID, cursor.Number])
_CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {"description": "iCalendar (RFC 5545)", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
}


class _Calendar(Response):
    media_type = MEDIA_TYPE


@router.get("/next-actions", response_model=NextActionPage)
async def list_next_actions(request: Request, asked: Annotated[ActionList, Query()]) -> Response:
    """List what must or may be done, by due day; what has no day stands last."""
    day = today()
    fields = asked.model_dump(exclude={"cursor", "limit"})
    after = cursor.decoded(asked.cursor, _KEYS)
    query = page_query(Filter(day, **fields, after=after, limit=asked.limit + 1))

    async def told(position: int, rows: Sequence[Row]) -> bytes:
        return page({"as_of": day, "position": position}, [_keyed(row) for row in rows], asked.limit)

    return await listed(request, PROJECTION, query, told, tag=f"{day}-")


@router.get("/next-actions.ics", response_class=_Calendar, responses=_CALENDAR)
async def show_calendar(request: Request, asked: Annotated[ActionFilter, Query()]) -> Response:
    """Tell auction rounds and deadlines as a calendar, the earliest 5,000, in the reader's language."""
    day, tongue = today(), language(request.headers.get("accept-language", ""))
    fields = asked.model_dump() | {"due_before": asked.due_before or NO_DAY}
    query = page_query(Filter(day, **fields, limit=EVENTS + 1))

    async def told(_: int, rows: Sequence[Row]) -> bytes:
        items = [_item(row) for row in rows[:EVENTS]]
        return await run_in_threadpool(icalendar_file, items, tongue, cut=len(rows) > EVENTS)

    tag = f"{day}-{tongue}-"
    answer = await listed(request, PROJECTION, query, told, tag=tag, media_type=MEDIA_TYPE)
    answer.headers.update({"Content-Language": tongue, "Vary": "Accept-Language"})
    return answer


def _keyed(row: Row) -> Row:
    return (*row[len(ITEM) :], orjson.dumps(_item(row), option=orjson.OPT_UTC_Z).decode())


def _item(row: Row) -> dict[str, Any]:
    return dict(zip(ITEM, row, strict=False))
