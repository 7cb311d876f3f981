"""Local accounts: who signs in here with a password; administrators make, disable and enable them."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request, Response

from api import administering
from api.answers import JSON
from api.bodies import json_body
from api.command_forms import parsed, schema
from api.models_of_administration import Account, Accounts, AccountWithPassword, NewAccount
from api.questions import Nothing
from api.who import FRESH, Administrator
from auctions.domain.event import Reference

router = APIRouter(prefix="/v1/accounts", tags=["administration"])

_EXAMPLE = {"user": "COORDINATOR-7", "role": "coordinator", "office": "BDI-KV1"}
_MADE: dict[str, Any] = {
    "requestBody": {"required": True, "content": {JSON: {"schema": schema(NewAccount), "example": _EXAMPLE}}}
}
OfUser = Annotated[Reference, Path(description="Who signs in; it may hold slashes.")]


@router.get("", response_model=Accounts)
async def list_accounts(request: Request, _: Annotated[Nothing, Query()], by: Administrator) -> Response:
    """List all local accounts: role, office, when made, when last signed in, since when one is disabled."""
    del by
    found = await administering.accounts(request)
    return _answer({"items": [account._asdict() for account in found]})


@router.post("", status_code=201, response_model=AccountWithPassword, openapi_extra=_MADE)
async def add_account(request: Request, _: Annotated[Nothing, Query()], by: Administrator) -> Response:
    """Make a local account and tell its password, this once: only a hash of it is kept."""
    asked = parsed(NewAccount, await json_body(request))
    return _answer(await administering.add_account(request, asked, by), 201)


@router.post("/{user:path}/password", response_model=AccountWithPassword)
async def give_password(
    request: Request, user: OfUser, _: Annotated[Nothing, Query()], by: Administrator
) -> Response:
    """Give an account another password and tell it, this once; the account's sessions end."""
    return _answer(await administering.give_password(request, user, by))


@router.post("/{user:path}/disabling", response_model=Account)
async def disable_account(
    request: Request, user: OfUser, _: Annotated[Nothing, Query()], by: Administrator
) -> Response:
    """Let an account sign in no longer, from now on; its sessions end. The last way in of who asks stays."""
    return _answer((await administering.disable(request, user, by))._asdict())


@router.post("/{user:path}/enabling", response_model=Account)
async def enable_account(
    request: Request, user: OfUser, _: Annotated[Nothing, Query()], by: Administrator
) -> Response:
    """Let an account that was disabled sign in again, with the same password as before."""
    return _answer((await administering.enable(request, user, by))._asdict())


def _answer(told: object, status: int = 200) -> Response:
    return Response(orjson.dumps(told, option=orjson.OPT_UTC_Z), status, FRESH, JSON)
