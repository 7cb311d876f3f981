"""How an asset's file grew, entry by entry."""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response

from api import answers
from api.files import form_for, known, seen, told_to
from api.models_of_replays import Replay
from api.questions import OneAsset
from api.who import PUBLIC_TOO, Asking
from api.working import Working
from auctions.rules.rulebook import rules_version
from projections import log
from projections.views_of_replays import replay_view

router = APIRouter(prefix="/v1/assets", tags=["assets"])


@router.get("/{asset_id}/replay", response_model=Replay, openapi_extra=PUBLIC_TOO)
async def show_replay(
    request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()], who: Asking
) -> Response:
    """Tell how a file grew: what each entry changed, which came late or were struck, what the law finds.

    Entries stand in the order of recording, those that bear on the legal day asked about; all are judged by
    the law as known then. The parties are told as in the asset's state.
    """
    told, recorded, position = await known(request, asset_id, asked)
    etag = f'"p{position}-{told.asked}-{rules_version()}{form_for(who, recorded)}"'
    if answers.kept(request.headers.get("if-none-match"), etag):
        return told_to(who, answers.unchanged(etag, position))
    working: Working = request.app.state.working
    view = await working.done(
        lambda connection: replay_view(recorded, log.laws(connection, position), told.asked)
    )
    times = {"as_of": told.asked, "known_at": position, "position": position}
    return told_to(who, answers.sent(orjson.dumps(times | seen(who, recorded, view)), etag, position))
