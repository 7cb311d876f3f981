"""What a page tells, asked of the routes of /v1 in this process: what a page knows, a program may ask."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import anyio
import orjson
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Message, Receive

from api import sessions
from api.answers import JSON
from api.problems import Problem, parameters_refused
from api.who import PUBLIC, Who

_FORWARDED = frozenset(
    {b"accept-language", b"authorization", b"cookie", b"host", b"origin", b"sec-fetch-site"}
)
"""Headers of the page's request that a route looks at."""


class Answer(NamedTuple):
    """What a route answered with 2xx or 3xx."""

    status: int
    headers: Headers
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Return what it tells."""
        return orjson.loads(self.body)


async def told(request: Request, path: str, **asked: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON that a route answers to a question; what is None or empty is not asked.

    Raises what the route raises: Problem, psycopg.Error.
    """
    return (await answer(request, path, asked=asked)).json()


async def sent(
    request: Request,
    path: str,
    body: object = None,
    *,
    form: Mapping[str, str],
    method: str = "POST",
    **asked: Any,  # noqa: ANN401 - parameters of any route
) -> Answer:
    """Send what a form holds to a route; `form` has its csrf_token, the command's key and the file's version.

    Raises what the route raises: Problem, psycopg.Error.
    """
    headers = {
        "content-type": JSON,
        sessions.CSRF_HEADER: form.get("csrf_token", ""),
        **({"idempotency-key": form["key"]} if form.get("key") else {}),
        **({"if-match": f'"v{form["version"]}"'} if form.get("version") else {}),
    }
    written = b"" if body is None else orjson.dumps(body)
    return await answer(request, path, asked=asked, method=method, headers=headers, body=written)


async def answer(
    request: Request,
    path: str,
    *,
    asked: Mapping[str, Any] | None = None,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    received_by: Receive | None = None,
) -> Answer:
    """Return what a route answers to one who asks in this request's name.

    A body that is too large to be held comes by `received_by`, its length among the headers.
    """
    given = [pair for pair in request.scope["headers"] if pair[0] in _FORWARDED]
    own = {"content-length": str(len(body)), **(headers or {})}
    written = [(name.lower().encode(), value.encode()) for name, value in own.items()]
    scope = {
        **request.scope,
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": _query(asked or {}).encode(),
        "headers": given + written,
    }
    scope.pop("starlette.exception_handlers", None)  # what a route raises is told by the page
    received, answered = [body], list[Message]()

    async def receive() -> Message:
        if not received:  # a streamed answer waits for a reader who is gone
            await anyio.sleep_forever()
        return {"type": "http.request", "body": received.pop(), "more_body": False}

    async def send(message: Message) -> None:
        answered.append(message)

    try:
        await request.app.router(scope, received_by or receive, send)
    except RequestValidationError as error:
        raise parameters_refused(error) from error
    status, told = answered[0]["status"], b"".join(part.get("body", b"") for part in answered[1:])
    return Answer(status, Headers(raw=list(answered[0]["headers"])), told)


def _query(asked: Mapping[str, Any]) -> str:
    named = {name: _written(value) for name, value in asked.items() if value not in (None, "", [])}
    return urlencode(named, doseq=True)


def _written(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


class Visitor(NamedTuple):
    """Who looks at a page, and what their forms are sent with."""

    who: Who
    csrf_token: str


async def visitor(request: Request) -> Visitor:
    """Return who looks at a page; whose credentials do not hold is the public."""
    try:
        session = await told(request, "/v1/session")
    except Problem:
        return Visitor(PUBLIC, "")
    who = Who(*(session[name] or "" for name in ("actor", "office", "role")))
    return Visitor(who, session["csrf_token"] or "")
