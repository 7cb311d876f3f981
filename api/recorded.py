"""The answer to a command that was recorded."""

from uuid import UUID

import orjson
from starlette.applications import Starlette
from starlette.responses import Response

from api.answers import JSON, Kept
from api.database import connected, file
from api.files import numbered
from api.preferences import Preference
from api.recording import etag
from auctions.application.recording import Outcome
from auctions.domain.asset.breaches import message
from auctions.domain.asset.state import fold
from projections.views import View, asset_view


def recorded_answer(
    asset_id: UUID, outcome: Outcome, preference: Preference | None = None, asset: View | None = None
) -> Response:
    """Return where a command's entries stand, and what the law notes about them, or what is preferred."""
    body = {
        "asset_id": asset_id,
        "version": outcome.version,
        "positions": outcome.positions,
        "notes": [message(note) for note in outcome.notes],
    }
    headers = {
        "etag": etag(outcome.version),
        "location": f"/v1/assets/{asset_id}",
        "position": str(outcome.positions[-1]),
        "content-type": JSON,
    }
    written = orjson.dumps(body)
    if preference:
        headers["preference-applied"] = f"return={preference}"
        written = b"" if preference == "minimal" else orjson.dumps(body | {"asset": asset})
    return Kept(201, written, headers | {"content-length": str(len(written))})


async def asset_at(app: Starlette, asset_id: UUID, position: int) -> View | None:
    """Return an asset's state as it was up to a position of the log, None where no seizure stands."""
    async with connected(app) as connection:
        recorded = [line for line in await file(connection, asset_id) if line.position <= position]
    state = fold(numbered(recorded))
    times = {"as_of": None, "known_at": position, "position": position}
    return times | asset_view(asset_id, recorded[-1].entry_no, state) if state.seized else None
