"""Price ladders of some assets at once, as they are drawn beside a list."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import answers
from api.lists import listed, whole
from api.models_of_ladders import Ladders
from api.questions import SomeLadders
from api.times import told_of
from projections.price_ladder import PROJECTION, ladders_query
from projections.timeline import Row

router = APIRouter(prefix="/v1", tags=["assets"])

_FORM = answers.form(Ladders)


@router.get("/ladders", response_model=Ladders)
async def list_ladders(request: Request, asked: Annotated[SomeLadders, Query()]) -> Response:
    """Tell the price levels of up to 200 assets, an asset that is not known without any."""
    told = await told_of(request.app, asked)

    async def told_ladders(position: int, rows: Sequence[Row]) -> bytes:
        head = {"as_of": told.asked, "known_at": position, "position": position}
        return whole(head, rows)

    query = ladders_query(asked.asset_id, told.times)
    return await listed(request, PROJECTION.name, (asked, told), query, told_ladders, tag=f"{_FORM}-")
