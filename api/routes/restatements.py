"""What became known of one legal day between two knowledges."""

from datetime import date
from typing import Annotated, Any

import orjson
import psycopg
from fastapi import APIRouter, Query, Request, Response

from api import answers
from api.files import told_to
from api.models_of_laws import Restatement
from api.questions import RestatementAsked
from api.seen import as_public, sees_parties
from api.times import position_of, too_far_apart
from api.who import PUBLIC_TOO, Asking, Who
from auctions.application.recording import today
from projections import tracking
from projections.asset_list import READ
from projections.restatement import View, restatement

router = APIRouter(prefix="/v1", tags=["assets"])

_MOST = 10_000
"""Entries between two knowledges that one question may be about."""


@router.get("/restatement", response_model=Restatement, openapi_extra=PUBLIC_TOO)
async def show_restatement(
    request: Request, asked: Annotated[RestatementAsked, Query()], who: Asking
) -> Response:
    """Tell what became known of a legal day between two knowledges: entry by entry, by whom and why.

    Late entries and strikes change what is told of a day that is over.
    """
    earlier, later = [await position_of(request.app, known_at) for known_at in asked.known_at]
    if not 0 <= later - earlier <= _MOST:
        raise too_far_apart(_MOST)
    await request.app.state.positions.reached(list(READ), later)
    day, working = asked.as_of or today(), request.app.state.working
    view: View = await working.done(lambda connection: _restated(connection, day, earlier, later))
    view["assets"] = [_seen(who, asset) for asset in view["assets"]]
    return told_to(who, Response(orjson.dumps(view), 200, {"Position": str(later)}, answers.JSON))


def _restated(connection: psycopg.Connection[Any], day: date, earlier: int, later: int) -> View:
    tracking.hold(connection, READ)
    return restatement(connection, day, earlier, later)


def _seen(who: Who, asset: View) -> View:
    office = (asset["after"] or asset["before"] or {"office": ""})["office"]
    return asset if sees_parties(who, office) else as_public(asset)
