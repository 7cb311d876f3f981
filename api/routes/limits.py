"""What the law sets for the fields of an entry, asked before it is entered."""

from datetime import date, datetime, time
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response

from api import answers
from api.database import connected, laws
from api.files import known, not_seized, numbered
from api.models_of_steps import EntryLimits
from api.questions import EntryLimits as Asked
from api.questions import OneAsset
from auctions.domain.asset.limits import Limit, limits, probe
from auctions.domain.asset.state import State
from auctions.domain.days import VIETNAM
from projections.projection import folded

router = APIRouter(prefix="/v1/assets", tags=["law"])


@router.get("/{asset_id}/limits", response_model=EntryLimits)
async def list_limits(request: Request, asset_id: UUID, asked: Annotated[Asked, Query()]) -> Response:
    """Tell what the law of a day sets for the fields of an entry: the least price, the first and last day."""
    told, recorded, position = await known(request, asset_id, OneAsset())
    async with connected(request.app) as connection:
        law_of = await laws(connection, position)
    found = folded(asset_id, numbered(recorded), law_of, until=told.day)
    if found.state.seized is None:
        raise not_seized(told)
    on = asked.on or told.day
    entry = probe(asked.entry, on, _given(asked, found.state))
    items = [_view(limit) for limit in limits(found.state, found.law, entry)]
    view = {
        "as_of": told.day,
        "known_at": position,
        "position": position,
        "entry": asked.entry,
        "on": on,
        "items": items,
    }
    return Response(orjson.dumps(view), 200, {"Cache-Control": answers.REVALIDATED}, answers.JSON)


def _given(asked: Asked, state: State) -> dict[str, Any]:
    given = asked.model_dump(exclude={"entry", "on", "auction_on", "starting_price"}, exclude_none=True)
    price = state.price or 0 if asked.starting_price is None else asked.starting_price
    return given | {"starting_price": price, "auction_at": asked.auction_on and _at(asked.auction_on)}


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _view(limit: Limit) -> dict[str, Any]:
    rule = limit.rule
    return {
        "field": limit.field,
        "bound": limit.bound,
        "allowed": limit.allowed,
        "asked": limit.asked,
        "limit": rule.limit,
        "unit": rule.unit,
        "whole": limit.whole,
        "rule": rule.id,
        "part": rule.part,
        "article": rule.article,
        "confidence": rule.confidence,
        "refuses": rule.effect == "refuses",
        "message": rule.en.format(limit=rule.limit),
        "message_vi": rule.vi.format(limit=rule.limit),
    }
