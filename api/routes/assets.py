"""Assets: the list of them, and one asset's state, history and ladder."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter

from api import answers, cursor
from api.database import connected, file
from api.lists import listed, page
from api.models import Asset, History, Ladder, Page
from api.problems import Problem
from api.questions import AssetList, Nothing, OneAsset
from auctions.application.recording import today
from auctions.domain.asset.state import State, fold
from auctions.domain.event import Recorded, Reference
from projections.assets import PROJECTION, Filter, page_query
from projections.projection import Row
from projections.views import View, asset_view, history_view, ladder_view

router = APIRouter(prefix="/v1/assets", tags=["assets"])

_KEYS = TypeAdapter(tuple[Reference, UUID])


@router.get("", response_model=Page)
async def list_assets(request: Request, asked: Annotated[AssetList, Query()]) -> Response:
    """List assets in the order of their references, one page at a time."""
    day = today()
    fields = asked.model_dump(mode="json", exclude={"cursor", "limit"})
    after = cursor.decoded(asked.cursor, _KEYS)
    query = page_query(Filter(**fields, after=after, limit=asked.limit + 1))

    async def told(position: int, rows: Sequence[Row]) -> bytes:
        return page({"as_of": day, "position": position}, rows, asked.limit)

    return await listed(request, PROJECTION, query, told, tag=f"{day}-")


@router.get("/{asset_id}", response_model=Asset)
async def show_asset(request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()]) -> Response:
    """Tell an asset's whole state."""
    recorded = await _file(request, asset_id)
    state = _seized(recorded, asked)
    return _told(request, recorded, asset_view(asset_id, recorded[-1].entry_no, state))


@router.get("/{asset_id}/history", response_model=History)
async def show_history(request: Request, asset_id: UUID, _: Annotated[Nothing, Query()]) -> Response:
    """Tell every entry of an asset's file in the order of recording."""
    recorded = await _file(request, asset_id)
    return _told(request, recorded, history_view(recorded))


@router.get("/{asset_id}/ladder", response_model=Ladder)
async def show_ladder(request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()]) -> Response:
    """Tell how an asset's value declined, one step a price level."""
    recorded = await _file(request, asset_id)
    return _told(request, recorded, ladder_view(asset_id, _seized(recorded, asked)))


async def _file(request: Request, asset_id: UUID) -> list[Recorded]:
    async with connected(request.app) as connection:
        recorded = await file(connection, asset_id)
    if not recorded:
        raise Problem("asset-not-found", f"there is no asset {asset_id}")
    return recorded


def _seized(recorded: Sequence[Recorded], asked: OneAsset) -> State:
    lines = [(line.entry_no, line.entry) for line in recorded]
    state = fold(lines, until=asked.as_of)  # type: ignore[arg-type]  # files of assets hold asset entries
    if state.seized is None:
        raise Problem("asset-not-seized", f"no seizure stands as of {asked.as_of or today()}")
    return state


def _told(request: Request, recorded: Sequence[Recorded], view: View) -> Response:
    last = recorded[-1]
    etag = f'"v{last.entry_no}"'
    if answers.kept(request, etag):
        return answers.unchanged(etag, last.position)
    return answers.sent(orjson.dumps(view), etag, last.position)
