"""Signing in by a browser, and the session that comes of it."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from api import sessions, signing_in
from api.answers import JSON
from api.models import Session
from api.problems import Problem
from api.questions import Nothing, SignedIn, SignIn
from api.who import PUBLIC, Asking

router = APIRouter(prefix="/v1", tags=["session"])

_FRESH = {"Cache-Control": "no-store"}
_LOCATION = {"Location": {"description": "Where to go on", "schema": {"type": "string"}}}
_AWAY: dict[str, Any] = {
    "status_code": 303,
    "response_class": Response,
    "responses": {303: {"description": "Go on elsewhere", "headers": _LOCATION}},
}


@router.get("/sign-in", **_AWAY)
async def sign_in(request: Request, asked: Annotated[SignIn, Query()]) -> Response:
    """Send a browser to the provider to sign in; it comes back to a path here."""
    provider = signing_in.configured(request)
    begun = signing_in.begin(asked.return_to)
    answer = RedirectResponse(await signing_in.address(provider, begun), 303, _FRESH)
    sessions.give(answer, signing_in.COOKIE, signing_in.kept(begun), signing_in.SECONDS)
    return answer


@router.get("/sign-in/callback", **_AWAY)
async def end_sign_in(request: Request, asked: Annotated[SignedIn, Query()]) -> Response:
    """Take a browser back from the provider and begin its session."""
    provider = signing_in.configured(request)
    begun = signing_in.continued(request, asked.state)
    if asked.code is None or asked.iss not in {None, provider.trusted.issuer}:
        raise signing_in.refused("the provider signed nobody in: begin again at /v1/sign-in")
    who = await signing_in.person(provider, begun, asked.code)
    if (before := request.cookies.get(sessions.COOKIE)) is not None:
        await sessions.end(request.app, before)
    answer = RedirectResponse(begun.return_to, 303, _FRESH)
    sessions.give(answer, sessions.COOKIE, await sessions.begin(request.app, *who))
    sessions.take(answer, signing_in.COOKIE)
    return answer


@router.get("/session", response_model=Session)
async def show_session(request: Request, _: Annotated[Nothing, Query()], who: Asking) -> Response:
    """Tell who one is, and what to send as X-CSRF-Token with a command in a session."""
    session_id = None if who == PUBLIC else sessions.id_of(request)
    told = {name: value or None for name, value in who._asdict().items()}
    told["csrf_token"] = session_id and sessions.csrf_token(session_id)
    return Response(orjson.dumps(told), 200, _FRESH, JSON)


@router.delete("/session", status_code=204)
async def end_session(request: Request, _: Annotated[Nothing, Query()], who: Asking) -> Response:
    """Sign out: end the session."""
    session_id = sessions.id_of(request)
    if session_id is None or who == PUBLIC:
        raise Problem("sign-in-needed", "there is no session to end")
    await sessions.end(request.app, session_id)
    answer = Response(status_code=204)
    sessions.take(answer, sessions.COOKIE)
    return answer
