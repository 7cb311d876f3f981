"""Lots: the result of a round for all assets that are sold together, all of them or none."""

from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Request, Response

from api import answers, command_forms
from api.bodies import json_body
from api.database import connected, file, of_lot
from api.examples import LOT
from api.files import numbered, told_to
from api.idempotency import KEY
from api.models_of_recording import Lot, RecordedLot
from api.problems import REQUEST_ID, Problem
from api.questions import Word
from api.recording import Recording
from api.routes.commands import Commanded, described
from api.strike_proposals import refuse_unapproved
from api.who import Recorder
from auctions.domain.asset.breaches import message
from auctions.domain.asset.state import State, fold

router = APIRouter(prefix="/v1/lots", tags=["commands"])

_LISTED = command_forms.listed_schema(asset_id={"type": "string", "format": "uuid"})


@router.get("/{lot_ref}", response_model=Lot)
async def show_lot(request: Request, lot_ref: Word, who: Recorder) -> Response:
    """Tell which assets of the own office a lot has whose round under way is of it."""
    async with connected(request.app) as connection:
        files = [(each, await file(connection, each)) for each in await of_lot(connection, lot_ref)]
    folded = [(asset_id, fold(numbered(recorded))) for asset_id, recorded in files]
    items = [
        _item(asset_id, state)
        for asset_id, state in folded
        if state.office == who.office and state.round and state.round.outcome is None
        if state.round.lot_ref == lot_ref
    ]
    if not items:
        raise Problem("lot-not-found", f"no round of lot {lot_ref} is under way at {who.office}")
    items.sort(key=itemgetter("asset_ref"))
    return told_to(who, Response(orjson.dumps({"lot_ref": lot_ref, "items": items}), 200, None, answers.JSON))


@router.post(
    "/{lot_ref}/entries",
    name="record_lot",
    **described(_LISTED, LOT, RecordedLot, [KEY]),
)
async def record_lot(request: Request, lot_ref: Word, commanded: Commanded) -> Response:
    """Record an entry for each asset of a lot whose round is under way at the own office: all or none."""
    entries = command_forms.of_lot(await json_body(request))
    refuse_unapproved(commanded, entries.values())
    recording: Recording = request.app.state.recording
    outcome = await recording.recorded_lot(commanded, lot_ref, entries, request.scope[REQUEST_ID])
    body = {
        "positions": outcome.positions,
        "leaves": [leaf.hex() for leaf in outcome.leaves],
        "notes": [message(note) for note in outcome.notes],
    }
    return Response(orjson.dumps(body), 201, {"Position": str(max(outcome.positions))}, "application/json")


def _item(asset_id: UUID, state: State) -> dict[str, Any]:
    seized, under_way = state.seized, state.rounds[-1]
    return {
        "asset_id": asset_id,
        "asset_ref": seized.asset_ref if seized else "",
        "kind": seized.kind if seized else "",
        "description": seized.description if seized else None,
        "round_no": under_way.round_no,
        "starting_price": under_way.starting_price,
        "auction_at": under_way.auction_at,
    }
