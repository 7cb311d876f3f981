"""Who may record by a page, and in which file."""

from typing import Any
from uuid import UUID

from starlette.requests import Request

from api.pages.asking import Visitor, told, visitor
from api.problems import Problem
from api.who import CHALLENGE, PUBLIC
from auctions.domain.roles import RECORDING


async def recorder(request: Request) -> Visitor:
    """Return who records by a page. Raises Problem for one who may not."""
    looking = await visitor(request)
    if looking.who == PUBLIC:
        raise Problem("sign-in-needed", "only coordinators and supervisors record", headers=CHALLENGE)
    if looking.who.role not in RECORDING or not looking.who.office:
        raise Problem("not-allowed", "only coordinators and supervisors record")
    return looking


async def own_asset(request: Request, asset_id: UUID) -> dict[str, Any]:
    """Return an asset in whose file somebody may record. Raises Problem for one of another office."""
    looking = await recorder(request)
    asset: dict[str, Any] = await told(request, f"/v1/assets/{asset_id}")
    if asset["office"] != looking.who.office:
        raise Problem(
            "not-allowed", f"{asset['office']} has the file: {looking.who.office} records in its own"
        )
    return asset
