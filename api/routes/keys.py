"""Keys by which programs and people ask: administrators make and revoke them."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request, Response

from api import administering
from api.answers import JSON
from api.bodies import json_body
from api.command_forms import parsed, schema
from api.idempotency import KEY, IdempotencyKey
from api.models_of_administration import Key, Keys, KeyWithToken, NewKey
from api.questions import Nothing
from api.who import FRESH, Administrator

router = APIRouter(prefix="/v1/keys", tags=["administration"])

_EXAMPLE = {"actor": "CLIENT-1", "role": "client", "days": 365}
_MADE: dict[str, Any] = {
    "parameters": [KEY],
    "requestBody": {"required": True, "content": {JSON: {"schema": schema(NewKey), "example": _EXAMPLE}}},
}
OfKey = Annotated[str, Path(pattern="^[0-9a-f]{12}$", description="As the list of keys tells it")]


@router.get("", response_model=Keys)
async def list_keys(request: Request, _: Annotated[Nothing, Query()], by: Administrator) -> Response:
    """List all keys, the newest first, without their tokens."""
    del by
    found = await administering.all_keys(request)
    return _answer({"items": [key._asdict() for key in found]})


@router.post("", status_code=201, response_model=KeyWithToken, openapi_extra=_MADE)
async def add_key(
    request: Request, _: Annotated[Nothing, Query()], by: Administrator, key: IdempotencyKey
) -> Response:
    """Make a key and tell its token, this once: only a digest is kept. Sent again it is refused."""
    asked = parsed(NewKey, await json_body(request))
    made, token = await administering.add_key(request, asked, by, key)
    return _answer(made._asdict() | {"token": token}, 201)


@router.delete("/{key_id}", response_model=Key)
async def revoke_key(
    request: Request, key_id: OfKey, _: Annotated[Nothing, Query()], by: Administrator
) -> Response:
    """Let a key hold no longer, from now on. The last way in of who asks stays."""
    return _answer((await administering.revoke(request, key_id, by))._asdict())


def _answer(told: object, status: int = 200) -> Response:
    return Response(orjson.dumps(told, option=orjson.OPT_UTC_Z), status, FRESH, JSON)
