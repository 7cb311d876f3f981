"""A search of assets as an Atom feed (RFC 4287)."""

import hashlib
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api import answers
from api.pages.feed import FEED, MOST, feed, feed_search
from api.pages.rendering import environment, with_query
from api.pages.routing import router as pages
from api.pages.searching import NAMES, clean_address, search
from api.pages.words import tongue

router = pages()

_ATOM = "application/atom+xml"
_OF_ONE = {b"authorization", b"cookie"}
_NEVER = datetime.fromtimestamp(0, UTC).isoformat()


@router.get(FEED)
async def show_feed(request: Request) -> Response:
    """Tell the news of a search, in the reader's language."""
    found = search(request)
    asked = feed_search(found.asked)
    found = found._replace(asked=asked, cursor="", counted=False)
    if clean := clean_address(request, found):
        return RedirectResponse(clean, 303)
    told = await feed(_as_public(request), asked)
    language, site = tongue(request), str(request.base_url).rstrip("/")
    address = site + with_query(FEED, asked)
    written = (
        environment(language)
        .get_template("feed.html")
        .render(
            feed=told,
            found=found,
            names=NAMES,
            most=MOST,
            id=uuid5(NAMESPACE_URL, with_query(FEED, dict(sorted(asked.items())))),
            address=address,
            site=site,
            page=site + with_query("/assets", asked),
            updated=told.news[0].last["recorded_at"] if told.news else _NEVER,
        )
    )
    body = written.encode()
    headers = {
        "Content-Language": language,
        "Cache-Control": answers.REVALIDATED,
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        "Vary": "Accept-Language, Cookie",
    }
    if answers.kept(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=_ATOM, headers=headers)


def _as_public(request: Request) -> Request:
    """Return a request of nobody in particular: what a feed tells is carried on by programs."""
    scope = {**request.scope, "headers": [pair for pair in request.headers.raw if pair[0] not in _OF_ONE]}
    return Request(scope, request.receive)
