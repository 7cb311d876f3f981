"""Who recorded late."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response

from api import answers
from api.files import told_to
from api.models_of_late_entries import LateEntries
from api.questions import LateAsked
from api.seen import sees_parties
from api.times import position_of
from api.who import PUBLIC_TOO, Asking, Who
from api.working import Working
from auctions.domain.roles import Role
from projections.late_entries import late_entries

router = APIRouter(prefix="/v1", tags=["law"])


@router.get("/late-entries", response_model=LateEntries, openapi_extra=PUBLIC_TOO)
async def list_late_entries(request: Request, asked: Annotated[LateAsked, Query()], who: Asking) -> Response:
    """Tell who recorded how many entries late, by office and person, the most first.

    Persons are named to auditors, and those of the own office to those who record; of others the public
    sees the sums of an office. The last 500,000 entries that were known are counted, those after `after`.
    """
    position = await position_of(request.app, asked.known_at)
    working: Working = request.app.state.working
    view = await working.done(
        lambda connection: late_entries(connection, position, asked.days, asked.office, _named(who))
    )
    return told_to(who, Response(orjson.dumps(view), 200, {"Position": str(position)}, answers.JSON))


def _named(who: Who) -> str | None:
    """Return the office whose persons someone sees, None for all."""
    if who.role == Role.AUDITOR:
        return None
    return who.office if sees_parties(who, who.office) else ""
