"""Assets: the list of them, and one asset's state, history and ladder."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response

from api.asset_pages import AssetPages, parted
from api.asset_questions import question, read_models
from api.database import connected
from api.files import form_for, history, known, seen, seized, sent, times_of, told_to
from api.ladder_svg import ladder_svg
from api.languages import language
from api.models import Asset, History, Ladder, Page
from api.pictures import PICTURE, Picture
from api.questions import AssetList, OneAsset
from api.times import Told, read_models_reach, told_of
from api.who import PUBLIC_TOO, Asking
from auctions.application.recording import today
from auctions.domain.event import Recorded
from projections.views import View, asset_view, ladder_view

router = APIRouter(prefix="/v1/assets", tags=["assets"])


@router.get("", response_model=Page)
async def list_assets(request: Request, asked: Annotated[AssetList, Query()]) -> Response:
    """List assets, those seized last first unless sorted otherwise, one page at a time."""
    told = await told_of(request.app, asked)
    await read_models_reach(request.app, read_models(asked, told), asked, told.known_at)
    async with connected(request.app) as connection:
        found = question(connection, asked, told)
    pages: AssetPages = request.app.state.asset_pages
    words, needed = parted(request.scope["query_string"])
    if told.settled and needed == (asked.min_position or 0):
        pages.remember(words, found)
    return await pages.answer(words, found, request.headers.get("if-none-match"))


@router.get("/{asset_id}", response_model=Asset, openapi_extra=PUBLIC_TOO)
async def show_asset(
    request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()], who: Asking
) -> Response:
    """Tell an asset's whole state; the parties to auditors and to the office that has the file alone."""
    told, recorded, _ = await known(request, asset_id, asked)
    view = seen(who, recorded, asset_view(asset_id, recorded[-1].entry_no, seized(recorded, told)))
    return told_to(who, _sent(request, told, recorded, view, form_for(who, recorded)))


@router.get("/{asset_id}/history", response_model=History, openapi_extra=PUBLIC_TOO)
async def show_history(
    request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()], who: Asking
) -> Response:
    """Tell every entry of a file in the order of recording; the parties as in the asset's state."""
    told, recorded, _ = await known(request, asset_id, asked)
    view = seen(who, recorded, history(recorded, told))
    return told_to(who, _sent(request, told, recorded, view, form_for(who, recorded)))


@router.get("/{asset_id}/ladder", response_model=Ladder)
async def show_ladder(request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()]) -> Response:
    """Tell how an asset's value declined, one step a price level."""
    told, recorded, _ = await known(request, asset_id, asked)
    return _sent(request, told, recorded, ladder_view(asset_id, seized(recorded, told)))


@router.get("/{asset_id}/ladder.svg", response_class=Picture, responses=PICTURE)
async def show_ladder_picture(
    request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()]
) -> Response:
    """Draw how an asset's value declined on one page, in the reader's language."""
    told, recorded, _ = await known(request, asset_id, asked)
    tongue = language(request.headers.get("accept-language", ""))
    view = times_of(recorded, told) | ladder_view(asset_id, seized(recorded, told))
    view["as_of"] = (told.asked or today()).isoformat()
    headers = {"Content-Language": tongue, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return Picture(ladder_svg(view, tongue), headers=headers | {"Position": str(recorded[-1].position)})


def _sent(request: Request, told: Told, recorded: Sequence[Recorded], view: View, form: str = "") -> Response:
    return sent(request, told, recorded, lambda: orjson.dumps(times_of(recorded, told) | view), form=form)
