"""The feed: entries of assets in the order of the log, as pages or as server-sent events."""

from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import WithJsonSchema

from api import answers
from api.changes import Page, as_json, page
from api.database import connected
from api.memory import Memory
from api.models_of_changes import ChangePage
from api.questions import Changes, Position
from api.streams import EVENT, MEDIA_TYPE, ChangeStream
from projections.changes import Filter

router = APIRouter(prefix="/v1", tags=["feed"])

_FORM = answers.form(ChangePage)
_LAST = {"type": "integer", "minimum": 0, "exclusiveMaximum": 10**18}
_LastEvent = Annotated[Position | None, WithJsonSchema(_LAST)]
_STREAM = (
    "`Accept: text/event-stream`: each `data` is one item as JSON, its `id` the position from which "
    "`Last-Event-ID` resumes; a comment at least every 15 seconds"
)
_FEED: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {**EVENT, "description": _STREAM}}}}
}


@router.get("/changes", response_model=ChangePage, responses=_FEED)
async def list_changes(
    request: Request,
    asked: Annotated[Changes, Query()],
    last_event_id: Annotated[_LastEvent, Header()] = None,
) -> Response:
    """Tell entries of assets recorded after a position, in the order of the log, whole commands."""
    wanted = Filter(asked.office, asked.kind, tuple(asked.entry))
    if MEDIA_TYPE in request.headers.get("accept", ""):
        client = request.client.host if request.client else ""
        after = asked.after if last_event_id is None else last_event_id
        return ChangeStream(request.app, client, wanted, after)
    answer = await _page(request, asked, wanted)
    etag = answer.headers["etag"]
    if answers.kept(request.headers.get("if-none-match"), etag):
        position, caching = int(answer.headers["position"]), answer.headers["cache-control"]
        answer = answers.unchanged(etag, position, caching)
    answer.headers["Vary"] = "Accept"
    return answer


async def _page(request: Request, asked: Changes, wanted: Filter) -> Response:
    """Return a page; one that more entries follow is the same for ever, and kept in memory."""
    pages: Memory[Response] = request.app.state.change_pages
    key = wanted, asked.after, asked.limit
    if kept := pages.get(key):
        return kept
    async with connected(request.app) as connection:
        told = await page(connection, wanted, asked.after, asked.limit)
    etag = f'"p{told.position}-{"more" if told.more else "head"}-{_FORM}"'
    caching = answers.FOR_EVER if told.more else answers.REVALIDATED
    answer = answers.sent(_body(asked, told), etag, told.position, caching=caching)
    if told.more:
        pages.keep(key, answer, len(answer.body))
    return answer


def _body(asked: Changes, told: Page) -> bytes:
    wanted = asked.model_dump(exclude={"after", "limit"}, exclude_none=True)
    following = {"after": told.position, "limit": asked.limit, **wanted}
    link = orjson.dumps(f"/v1/changes?{urlencode(following, doseq=True)}")
    head = orjson.dumps({"position": told.position, "more": told.more})[:-1]
    return b'%b,"items":[%b],"next":%b}' % (head, b",".join(map(as_json, told.items)), link)
