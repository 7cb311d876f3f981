"""The answer to a command that was recorded."""

from uuid import UUID

import orjson
from starlette.responses import Response

from api.recording import etag
from auctions.application.recording import Outcome
from auctions.domain.asset.breaches import message


def recorded_answer(asset_id: UUID, outcome: Outcome) -> Response:
    """Return where a command's entries stand, and what the law notes about them."""
    body = {
        "asset_id": asset_id,
        "version": outcome.version,
        "positions": outcome.positions,
        "notes": [message(note) for note in outcome.notes],
    }
    headers = {
        "ETag": etag(outcome.version),
        "Location": f"/v1/assets/{asset_id}",
        "Position": str(outcome.positions[-1]),
    }
    return Response(orjson.dumps(body), 201, headers, "application/json")
