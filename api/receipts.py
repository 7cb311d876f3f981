"""The receipt of a command: the proofs that its entries stand in the signed log."""

import asyncio
import time
from typing import Any
from uuid import UUID

from anyio import to_thread
from starlette.applications import Starlette

from api.evidence import proofs_of
from api.problems import Problem
from auctions.application.recording import Outcome

_LOOK = 0.05
"""Seconds between looks whether the signer has come so far."""


async def receipt(app: Starlette, asset_id: UUID, outcome: Outcome, seconds: int) -> dict[str, Any] | None:
    """Return the proofs of what was recorded, None where it is not signed in so many seconds."""
    first, until = outcome.version - len(outcome.positions) + 1, time.monotonic() + seconds
    places = list(enumerate(outcome.positions, first))
    while True:
        try:
            return await to_thread.run_sync(proofs_of, app, asset_id, places)
        except Problem as problem:
            if problem.code != "not-yet-signed" or time.monotonic() > until:
                return None
        await asyncio.sleep(_LOOK)
