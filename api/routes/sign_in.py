"""Signing in by a browser, and the session that comes of it."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import RedirectResponse

from api import passwords, sessions, signing_in
from api.answers import JSON
from api.bodies import json_body
from api.command_forms import parsed
from api.models import Session
from api.problems import Problem
from api.questions import Nothing, SignedIn, SignIn
from api.who import PUBLIC, PUBLIC_TOO, Asking, Who, who

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
    person = await signing_in.person(provider, begun, asked.code)
    answer = RedirectResponse(begun.return_to, 303, _FRESH)
    await _give(request, answer, await sessions.begin(request.app, *person))
    sessions.take(answer, signing_in.COOKIE)
    return answer


@router.post(
    "/sign-in",
    response_model=Session,
    dependencies=[Depends(who)],
    openapi_extra=passwords.DESCRIBED | PUBLIC_TOO,
)
async def sign_in_with_password(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Sign in with the password of a local account, which begins a session as a provider's sign-in does."""
    passwords.refuse_other_sites(request)
    given = parsed(passwords.Credentials, await json_body(request))
    session_id, user = await passwords.signed_in(request, given)
    answer = _told(user, session_id)
    await _give(request, answer, session_id)
    return answer


async def _give(request: Request, answer: Response, session_id: str) -> None:
    """Give a browser the session that has begun, in the place of the one before."""
    if (before := request.cookies.get(sessions.COOKIE)) is not None:
        await sessions.end(request.app, before)
    sessions.give(answer, sessions.COOKIE, session_id)


@router.get("/session", response_model=Session, openapi_extra=PUBLIC_TOO)
async def show_session(request: Request, _: Annotated[Nothing, Query()], asking: Asking) -> Response:
    """Tell who one is, and what to send as X-CSRF-Token with a command in a session."""
    return _told(asking, None if asking == PUBLIC else sessions.id_of(request))


def _told(asking: Who, session_id: str | None) -> Response:
    told = {name: value or None for name, value in asking._asdict().items()}
    told["csrf_token"] = session_id and sessions.csrf_token(session_id)
    return Response(orjson.dumps(told), 200, _FRESH, JSON)


@router.delete("/session", status_code=204)
async def end_session(request: Request, _: Annotated[Nothing, Query()], asking: Asking) -> Response:
    """Sign out: end the session."""
    session_id = sessions.id_of(request)
    if session_id is None or asking == PUBLIC:
        raise Problem("sign-in-needed", "there is no session to end")
    await sessions.end(request.app, session_id)
    answer = Response(status_code=204)
    sessions.take(answer, sessions.COOKIE)
    return answer
