"""Lots: the result of a round for all assets that are sold together, all of them or none."""

import orjson
from fastapi import APIRouter, Request, Response

from api import command_forms
from api.bodies import json_body
from api.examples import LOT
from api.idempotency import KEY
from api.models_of_recording import RecordedLot
from api.problems import REQUEST_ID
from api.questions import Word
from api.recording import Recording
from api.routes.commands import Commanded, described
from api.strike_proposals import refuse_unapproved
from auctions.domain.asset.breaches import message

router = APIRouter(prefix="/v1/lots", tags=["commands"])

_LISTED = command_forms.listed_schema(asset_id={"type": "string", "format": "uuid"})


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
