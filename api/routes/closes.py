"""The quarterly close of an office's book, and what was entered after it."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response

from api import answers, closes
from api.bodies import json_body
from api.closes import Closer, OfOffice, OfQuarter, ToldAll
from api.command_forms import parsed, schema
from api.database import connected, office_file
from api.examples import CLOSE
from api.files import told_to
from api.idempotency import KEY, IdempotencyKey
from api.models_of_closes import AfterClose, Close, Closes
from api.problems import REQUEST_ID
from api.questions import AsFound, KnownThen, Nothing
from api.routes.commands import described, given
from api.seen import as_public, sees_parties
from api.times import position_of
from api.who import PUBLIC_TOO, Asking
from projections.views_of_closes import closes_view

router = APIRouter(prefix="/v1/offices/{office}/closes", tags=["closes"])

_POSITION = {"Position": {"description": "The close's place in the log", "schema": {"type": "integer"}}}


@router.get("", response_model=Closes, openapi_extra=PUBLIC_TOO)
async def list_closes(
    request: Request, office: OfOffice, asked: Annotated[KnownThen, Query()], who: Asking
) -> Response:
    """List the quarters for which an office's book is closed, the last first, none where it closed none."""
    position = await position_of(request.app, asked.known_at)
    async with connected(request.app) as connection:
        file = [line for line in await office_file(connection, office) if line.position <= position]
    view = {"known_at": position, "office": office, "items": list(closes_view(file).values())}
    seen = view if sees_parties(who, office) else as_public(view)
    return told_to(who, Response(orjson.dumps(seen), 200, {"Position": str(position)}, answers.JSON))


@router.post(
    "",
    name="close_book",
    **described(schema(closes.Asked), CLOSE, Close, [KEY]) | {"responses": {201: {"headers": _POSITION}}},
)
async def close_book(
    request: Request, _: Annotated[Nothing, Query()], by: Closer, key: IdempotencyKey
) -> Response:
    """Close the book of the own office for a quarter that is over, over all that is known now, once.

    Quarters are closed in their order; what is entered later of days before then is told apart.
    """
    asked = parsed(closes.Asked, await json_body(request))
    command_id = (await given(by, AsFound(), key)).command_id
    told = await closes.close(request.app, asked, by, command_id, request.scope[REQUEST_ID])
    headers = {"Position": str(told["position"])}
    return told_to(by, Response(orjson.dumps(told), 201, headers, answers.JSON))


@router.get("/{quarter}/restatement", response_model=AfterClose)
async def show_close_restatement(
    request: Request, office: OfOffice, quarter: OfQuarter, asked: Annotated[KnownThen, Query()], who: ToldAll
) -> Response:
    """Tell what was entered after a close of days before its end: by whom and why, with the remark it bears.

    The stock that was unsold at the end of the quarter is told as it was closed and as it is known now.
    """
    position = await position_of(request.app, asked.known_at)
    view = await closes.restated(request.app, office, quarter, position)
    return told_to(who, Response(orjson.dumps(view), 200, {"Position": str(position)}, answers.JSON))
