"""Next actions: what must or may be done, by whom and by which day."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool

from api import answers, cursor
from api.icalendar_file import MEDIA_TYPE, icalendar_file
from api.languages import language
from api.lists import listed, page
from api.models_of_steps import ActionCounts, NextActionPage
from api.past import past_actions
from api.questions import PAGE, TIMES, ActionFilter, ActionList, Timed
from api.questions import ActionCounts as Counted
from api.times import Told, told_of
from auctions.domain.event import Reference
from projections.next_actions import COUNTED, ITEM, NO_DAY, PROJECTION, Filter, counts_query, page_query
from projections.timeline import Row
from projections.times import NOW

router = APIRouter(prefix="/v1", tags=["law"])

EVENTS = 5000
"""How many events a calendar has at most."""

_FORM = answers.form(NextActionPage)
_KEYS = TypeAdapter(tuple[date, Reference, UUID, cursor.Number])
_CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {"description": "iCalendar (RFC 5545)", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
}


class _Calendar(Response):
    media_type = MEDIA_TYPE


@router.get("/next-actions", response_model=NextActionPage)
async def list_next_actions(request: Request, asked: Annotated[ActionList, Query()]) -> Response:
    """List what must or may be done, by due day; what has no day stands last."""
    told = await told_of(request.app, asked)
    fields = asked.model_dump(exclude=TIMES | PAGE)
    after = cursor.decoded(asked.cursor, _KEYS)
    wanted = Filter(told.day, **fields, after=after, limit=asked.limit + 1, times=told.times)

    async def told_page(position: int, rows: Sequence[Row]) -> bytes:
        head = {"as_of": told.day, "known_at": position, "position": position}
        return page(head, [_keyed(row) for row in rows], asked.limit)

    return await _listed(request, (asked, told), wanted, told_page, tag=f"{told.day}-{_FORM}-")


@router.get("/next-actions/counts", response_model=ActionCounts)
async def count_next_actions(request: Request, asked: Annotated[Counted, Query()]) -> Response:
    """Count what must or may be done at an office by officer: overdue, due soon, rounds without result."""
    times = Timed(min_position=asked.min_position)
    told = await told_of(request.app, times)

    async def counted(_: int, rows: Sequence[Row]) -> bytes:
        items = [dict(zip(COUNTED, row, strict=True)) for row in rows]
        return orjson.dumps({"as_of": told.day, "office": asked.office, "items": items})

    query = counts_query(asked.office, told.day)
    return await listed(request, PROJECTION.name, (times, told), query, counted, tag=f"{told.day}-")


@router.get("/next-actions.ics", response_class=_Calendar, responses=_CALENDAR)
async def show_calendar(request: Request, asked: Annotated[ActionFilter, Query()]) -> Response:
    """Tell auction rounds and deadlines as a calendar, the earliest 5,000, in the reader's language."""
    tongue = language(request.headers.get("accept-language", ""))
    told = await told_of(request.app, asked)
    fields = asked.model_dump(exclude=TIMES) | {"due_before": asked.due_before or NO_DAY}
    wanted = Filter(told.day, **fields, limit=EVENTS + 1, times=told.times)

    async def told_file(_: int, rows: Sequence[Row]) -> bytes:
        items = [_item(row) for row in rows[:EVENTS]]
        return await run_in_threadpool(icalendar_file, items, tongue, cut=len(rows) > EVENTS)

    tag = f"{told.day}-{tongue}-"
    answer = await _listed(request, (asked, told), wanted, told_file, tag=tag, media_type=MEDIA_TYPE)
    answer.headers.update({"Content-Language": tongue, "Vary": "Accept-Language"})
    return answer


async def _listed(
    request: Request,
    times: tuple[ActionFilter, Told],
    wanted: Filter,
    told: Callable[[int, Sequence[Row]], Awaitable[bytes]],
    **how: str,
) -> Response:
    if wanted.times == NOW:
        return await listed(request, PROJECTION.name, times, page_query(wanted), told, **how)
    return await past_actions(request, times, wanted, told, **how)


def _keyed(row: Row) -> Row:
    return (*row[len(ITEM) :], orjson.dumps(_item(row), option=orjson.OPT_UTC_Z).decode())


def _item(row: Row) -> dict[str, Any]:
    item = dict(zip(ITEM, row, strict=False))
    return item | {"at": item["at"] and item["at"].astimezone(UTC)}
