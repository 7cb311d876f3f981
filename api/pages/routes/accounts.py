"""Local accounts, as administrators see, make, disable and enable them."""

from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.asking import sent, told
from api.pages.forms import fresh, posted
from api.pages.refusals import refusal
from api.pages.rendering import page, with_query
from api.pages.role_words import NAMES, roles
from api.pages.routing import router as pages
from api.pages.words import tongue
from api.problems import Problem

router = pages()

_PATH = "/administration/accounts"
_FIELDS = ("user", "role", "office")
_CHANGES = {"disable": "disabling", "enable": "enabling"}


@router.get(_PATH)
async def show_accounts(request: Request, changed: str = "") -> Response:
    """Show all accounts, and the form that makes one."""
    form = fresh() | {name: request.query_params.get(name, "") for name in _FIELDS}
    return await _page(request, form, changed=changed)


@router.post(_PATH)
async def add_account(request: Request) -> Response:
    """Make an account, and show its password this once."""
    form = await posted(request)
    body = {name: form[name] for name in _FIELDS if form.get(name)}
    try:
        made = (await sent(request, "/v1/accounts", body, form=form)).json()
    except Problem as problem:
        return await _page(request, form, refusal(request, problem))
    return await _page(request, fresh(), made=made)


@router.post(f"{_PATH}/{{change}}")
async def change_account(request: Request, change: Literal["password", "disable", "enable"]) -> Response:
    """Disable or enable an account, or give it another password, which is shown this once."""
    form = await posted(request)
    path = f"/v1/accounts/{form.get('account', '')}/{_CHANGES.get(change, change)}"
    try:
        changed = (await sent(request, path, form=form)).json()
    except Problem as problem:
        return await _page(request, fresh(), refusal(request, problem))
    if change == "password":
        return await _page(request, fresh(), made=changed)
    return RedirectResponse(with_query(_PATH, changed=changed["user"]), 303)


async def _page(
    request: Request,
    form: dict[str, str],
    refused: dict[str, Any] | None = None,
    made: dict[str, Any] | None = None,
    changed: str = "",
) -> Response:
    try:
        accounts = (await told(request, "/v1/accounts"))["items"]
    except Problem:
        if refused is None and made is None:
            raise
        accounts = (
            None  # whose session has ended keeps what was typed; who changed their own password sees it
        )
    return await page(
        request,
        "accounts.html",
        status=refused["status"] if refused else 200,
        headers={"Cache-Control": "no-store"} if made else None,
        accounts=accounts,
        form=form,
        refused=refused,
        made=made,
        changed=changed,
        roles=roles(tongue(request)),
        names=NAMES,
    )
