"""Errors as they are answered: one shape for all, application/problem+json (RFC 9457)."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson
from fastapi.exceptions import RequestValidationError
from psycopg.errors import OperationalError, QueryCanceled, UndefinedTable
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from api.languages import language
from api.problem_kinds import KINDS
from auctions.store.connect import NoDatabase
from projections.log import PoisonedEvent

REQUEST_ID = "auctions.request_id"
"""The key of a request's id in its ASGI scope."""


MEDIA_TYPE = "application/problem+json"


_BY_STATUS = {404: "path-not-found", 405: "method-not-allowed"}

RETRY_AFTER = 5
"""Seconds after which a client may try again what was answered by 503."""


class Fault(NamedTuple):
    """One fault of a request: its place, a stable code, and what was expected.

    The place is the name of a parameter, or in a body a JSON pointer (RFC 6901), or neither where the law or
    the file stands against it; `details` hold what was asked and what is allowed.
    """

    parameter: str | None
    code: str
    detail: str
    pointer: str | None = None
    details: dict[str, Any] | None = None

    def told(self) -> dict[str, Any]:
        """Return what there is to tell."""
        return {name: value for name, value in self._asdict().items() if value}


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """An answer other than the one asked for; `code` is one of the stable codes above."""

    def __init__(
        self,
        code: str,
        detail: str,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Take the code, plain words, the single faults and headers of the answer."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}


def answer(request: Request, problem: Problem) -> Response:
    """Return the answer that tells `problem`, its title in the reader's language."""
    kind = KINDS[problem.code]
    tongue = language(request.headers.get("accept-language", ""))
    body = {
        "type": f"/problems/{problem.code}",
        "title": kind.vi if tongue == "vi" else kind.en,
        "status": kind.status,
        "code": problem.code,
        "detail": problem.detail,
        "instance": quote(request.scope["path"]),
        "request_id": request.scope[REQUEST_ID],
        "errors": [fault.told() for fault in problem.errors],
    }
    headers = {"Content-Language": tongue, "Vary": "Accept-Language", **problem.headers}
    pause = RETRY_AFTER if kind.status == 503 else kind.retry_after  # noqa: PLR2004 - Service Unavailable
    if pause:
        headers["Retry-After"] = str(pause)
    return Response(orjson.dumps(body, default=str), kind.status, headers, MEDIA_TYPE)


async def _told(request: Request, problem: Problem) -> Response:
    return answer(request, problem)


async def _refused(request: Request, error: RequestValidationError) -> Response:
    return answer(request, parameters_refused(error))


def parameters_refused(error: RequestValidationError) -> Problem:
    """Return what tells which parameters are not as expected."""
    faults = [_fault(found) for found in error.errors()]
    names = ", ".join(str(fault.parameter) for fault in faults)
    return Problem("parameter-refused", f"not as expected: {names}", faults)


def _fault(found: Mapping[str, Any]) -> Fault:
    parameter = str(found["loc"][1])
    if found["type"] == "extra_forbidden":
        return Fault(parameter, "unknown-parameter", "there is no such parameter")
    return Fault(parameter, found["type"].replace("_", "-"), found["msg"])


async def _unrouted(request: Request, error: HTTPException) -> Response:
    headers = dict(error.headers or {})
    if "Allow" in headers:
        methods = _allowed(request) | set(headers["Allow"].split(", "))
        headers["Allow"] = ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
    code = _BY_STATUS.get(error.status_code, "internal-error")
    return answer(request, Problem(code, f"{request.method} {quote(request.scope['path'])}", headers=headers))


def _allowed(request: Request) -> set[str]:
    """Return the methods of all routes at a path: Starlette's own header has those of one."""
    paths: Mapping[str, Mapping[str, Any]] = request.app.openapi()["paths"]
    at = [methods for path, methods in paths.items() if _pattern(path).match(request.scope["path"])]
    return {method.upper() for methods in at for method in methods}


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return compile_path(path)[0]


async def _away(request: Request, _error: OperationalError | NoDatabase) -> Response:
    return answer(request, Problem("database-away", "the database does not answer: try again soon"))


async def _too_long(request: Request, _error: QueryCanceled) -> Response:
    return answer(request, Problem("query-too-long", "the database was too long at it: ask for less"))


async def _no_table(request: Request, _error: UndefinedTable) -> Response:
    return answer(request, Problem("not-ready", "the read models are not built yet: see /readyz"))


async def _unreadable(request: Request, error: PoisonedEvent) -> Response:
    told = f"the entry at position {error.position} cannot be read by this program: another version wrote it"
    return answer(request, Problem("entry-unreadable", told))


HANDLERS: dict[int | type[Exception], Any] = {
    Problem: _told,
    RequestValidationError: _refused,
    HTTPException: _unrouted,
    OperationalError: _away,
    NoDatabase: _away,
    QueryCanceled: _too_long,
    UndefinedTable: _no_table,
    PoisonedEvent: _unreadable,
}
"""What answers each error; any other one is answered by the frame around all routes."""


async def answered(request: Request, error: Exception) -> Response | None:
    """Return what is answered to an error outside the routes, None to one that nobody expects."""
    for kind in type(error).__mro__:
        if kind in HANDLERS:
            answer: Response = await HANDLERS[kind](request, error)
            return answer
    return None
