"""The answer to a command that was recorded."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from api.answers import JSON, Kept
from api.database import connected, file
from api.files import numbered
from api.preferences import MINIMAL, patience, preferred
from api.receipts import receipt
from api.recording import etag
from auctions.application.recording import Outcome
from auctions.domain.asset.breaches import message
from auctions.domain.asset.state import fold
from projections.views import View, asset_view


def recorded_answer(
    asset_id: UUID,
    outcome: Outcome,
    more: Mapping[str, Any] = MappingProxyType({}),
    applied: Sequence[str] = (),
) -> Response:
    """Return where a command's entries stand, what the law notes about them, and more that was preferred."""
    body = {
        "asset_id": asset_id,
        "version": outcome.version,
        "positions": outcome.positions,
        "leaves": [leaf.hex() for leaf in outcome.leaves],
        "notes": [message(note) for note in outcome.notes],
    }
    headers = {
        "etag": etag(outcome.version),
        "location": f"/v1/assets/{asset_id}",
        "position": str(outcome.positions[-1]),
        "content-type": JSON,
    }
    if applied:
        headers["preference-applied"] = ", ".join(applied)
    written = b"" if MINIMAL in applied else orjson.dumps({**body, **more})
    return Kept(201, written, headers | {"content-length": str(len(written))})


async def preferred_answer(request: Request, asset_id: UUID, outcome: Outcome) -> Response:
    """Return the answer that the client of a command prefers."""
    applied, more = list[str](), dict[str, Any]()
    preference, seconds = preferred(request), patience(request)
    if preference:
        applied.append(f"return={preference}")
    if preference == "representation":
        more["asset"] = await asset_at(request.app, asset_id, outcome.positions[-1])
    if seconds is not None and (found := await receipt(request.app, asset_id, outcome, seconds)):
        more["receipt"] = found
        applied.append(f"wait={seconds}")
    return recorded_answer(asset_id, outcome, more, applied)


async def asset_at(app: Starlette, asset_id: UUID, position: int) -> View | None:
    """Return an asset's state as it was up to a position of the log, None where no seizure stands."""
    async with connected(app) as connection:
        recorded = [line for line in await file(connection, asset_id) if line.position <= position]
    state = fold(numbered(recorded))
    times = {"as_of": None, "known_at": position, "position": position}
    return times | asset_view(asset_id, recorded[-1].entry_no, state) if state.seized else None
