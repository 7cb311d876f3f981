"""Keys of programs and people, as administrators see, make and revoke them."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.asking import sent, told
from api.pages.forms import fresh, posted, whole
from api.pages.refusals import refusal
from api.pages.rendering import page, with_query
from api.pages.role_words import NAMES, roles
from api.pages.routing import router as pages
from api.pages.words import tongue
from api.problems import Problem

router = pages()

_PATH = "/administration/keys"
_FIELDS = ("actor", "role", "office", "days")


@router.get(_PATH)
async def show_keys(request: Request, revoked: str = "") -> Response:
    """Show all keys, and the form that makes one."""
    typed = {name: value for name in _FIELDS if (value := request.query_params.get(name))}
    return await _page(request, fresh(role="client", days="365") | typed, revoked=revoked)


@router.post(_PATH)
async def add_key(request: Request) -> Response:
    """Make a key, and show its token this once."""
    form = await posted(request)
    body: dict[str, object] = {name: form[name] for name in _FIELDS if form.get(name)}
    if form.get("days"):
        body["days"] = whole(form["days"])
    try:
        made = (await sent(request, "/v1/keys", body, form=form)).json()
    except Problem as problem:
        return await _page(request, form, refusal(request, problem))
    return await _page(request, fresh(role="client", days="365"), made=made)


@router.post(f"{_PATH}/revoke")
async def revoke_key(request: Request) -> Response:
    """Revoke a key."""
    form = await posted(request)
    try:
        await sent(request, f"/v1/keys/{form.get('key_id', '')}", form=form, method="DELETE")
    except Problem as problem:
        return await _page(request, fresh(role="client", days="365"), refusal(request, problem))
    return RedirectResponse(with_query(_PATH, revoked=form["key_id"]), 303)


async def _page(
    request: Request,
    form: dict[str, str],
    refused: dict[str, Any] | None = None,
    made: dict[str, Any] | None = None,
    revoked: str = "",
) -> Response:
    try:
        keys = (await told(request, "/v1/keys"))["items"]
    except Problem:
        if refused is None:
            raise
        keys = None  # whose session has ended keeps what was typed
    return await page(
        request,
        "keys.html",
        status=refused["status"] if refused else 200,
        headers={"Cache-Control": "no-store"} if made else None,
        keys=keys,
        form=form,
        refused=refused,
        made=made,
        revoked=revoked,
        roles=roles(tongue(request)),
        names=NAMES,
    )
