"""Routes of pages: in the reader's language, and with every problem told as a page."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import Visitor
from api.pages.rendering import page
from api.pages.words import tongue
from api.problems import REQUEST_ID, Problem, answered
from api.problems import answer as problem_answer
from api.who import PUBLIC

_LOG = logging.getLogger("auctions.api")
_NOBODY = Visitor(PUBLIC, "")

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose answers are pages."""

    def get_route_handler(self) -> Handler:
        """Return what answers a request."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            asked = in_tongue(request)
            try:
                return await inner(asked)
            except Exception as error:  # noqa: BLE001 - told as a page whatever it is
                return await problem_page(asked, error)

        return handler


def router() -> APIRouter:
    """Return a router of pages."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def in_tongue(request: Request) -> Request:
    """Return a request that asks for the page's language, so that all that is told is in it."""
    scope = {**request.scope, "headers": list(request.scope["headers"])}
    MutableHeaders(scope=scope)["accept-language"] = tongue(request)
    return Request(scope, request.receive)


async def problem_page(request: Request, error: Exception) -> Response:
    """Return the page that tells an error, with the status and headers that the API answers it with."""
    answer = await answered(request, error)
    if answer is None:
        _LOG.error("request %s failed", request.scope[REQUEST_ID], exc_info=error)
        told = Problem("internal-error", "the error is in the service's log under the request id")
        answer = problem_answer(request, told)
    kept = ("retry-after", "www-authenticate", "allow")
    headers = {name: answer.headers[name] for name in kept if name in answer.headers}
    looking = {"seen_by": _NOBODY} if answer.status_code >= 500 else {}  # noqa: PLR2004 - the server's own fault
    problem = orjson.loads(answer.body)
    return await page(
        request, "problem.html", status=answer.status_code, headers=headers, problem=problem, **looking
    )


def wants_page(request: Request) -> bool:
    """Tell whether a page is expected: a browser asks, and not for a path of programs."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1")
