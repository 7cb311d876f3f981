"""Signing in and out by a page; what was typed into a form goes on afterwards."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.asking import answer, sent
from api.pages.forms import posted, typed
from api.pages.local import local
from api.pages.refusals import refusal
from api.pages.rendering import page, with_query
from api.pages.routing import router as pages
from api.problems import Problem

router = pages()


@router.get("/sign-in")
async def show_sign_in(request: Request, return_to: str = "/") -> Response:
    """Show where one signs in; who has signed in goes on to `return_to`."""
    return await _page(request, {"return_to": local(return_to)})


@router.post("/sign-in/again")
async def sign_in_again(request: Request) -> Response:
    """Show where one signs in whose session ended over a form: it is shown again, as it was filled in."""
    form = await posted(request)
    shown_at = local(form.pop("form", ""))
    return await _page(request, {"return_to": with_query(shown_at, typed(form))})


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Sign in with the password of a local account."""
    form = await posted(request)
    form["return_to"] = local(form.get("return_to", ""))
    credentials = {"user": form.get("user", ""), "password": form.get("password", "")}
    try:
        signed_in = await sent(request, "/v1/sign-in", credentials, form=form)
    except Problem as problem:
        told = refusal(request, problem)
        return await _page(request, form, status=told["status"], headers=problem.headers, refused=told)
    gone = RedirectResponse(form["return_to"], 303, {"Cache-Control": "no-store"})
    gone.raw_headers += [pair for pair in signed_in.headers.raw if pair[0] == b"set-cookie"]
    return gone


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session; where it has ended by itself that is as well."""
    form = await posted(request)
    gone = RedirectResponse("/", 303)
    try:
        ended = await answer(
            request, "/v1/session", method="DELETE", headers={"x-csrf-token": form.get("csrf_token", "")}
        )
    except Problem:
        return gone
    gone.raw_headers += [pair for pair in ended.headers.raw if pair[0] == b"set-cookie"]
    return gone


async def _page(
    request: Request,
    form: dict[str, str],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    refused: dict[str, object] | None = None,
) -> Response:
    provider = request.app.state.provider
    return await page(
        request,
        "sign_in.html",
        status=status,
        headers=headers,
        form=form,
        refused=refused,
        with_provider=bool(provider and provider.trusted.client_id),
    )
