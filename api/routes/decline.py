"""How value declined over many assets: numbers for programs and spreadsheets, a picture for people."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from api import answers
from api.decline_csv import MEDIA_TYPE as CSV
from api.decline_csv import decline_csv, vessels_csv
from api.decline_svg import decline_svg
from api.declining import declined
from api.languages import language
from api.models_of_decline import DeclineAnswer
from api.models_of_vessels import Vessels
from api.pictures import PICTURE, Picture
from api.questions import Decline, FinancedVessels
from api.svg import MEDIA_TYPE as SVG

router = APIRouter(prefix="/v1", tags=["decline"])


class _Table(Response):
    media_type = CSV


def _described(what: str, media_type: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": what, "content": {media_type: {"schema": {"type": "string"}}}}}


@router.get("/decline", response_model=DeclineAnswer, response_model_exclude_unset=True)
async def show_decline(request: Request, asked: Annotated[Decline, Query()]) -> Response:
    """Tell how value declined: prices left after reductions, the time to a sale, what never sells."""
    return await declined(request, asked, orjson.dumps, answers.JSON)


@router.get("/decline.csv", response_class=_Table, responses=_described("CSV, a row a figure", CSV))
async def show_decline_table(request: Request, asked: Annotated[Decline, Query()]) -> Response:
    """Tell the same figures as a table."""
    return await declined(request, asked, lambda answer: decline_csv(answer).encode(), CSV)


@router.get("/decline.svg", response_class=Picture, responses=PICTURE)
async def show_decline_picture(request: Request, asked: Annotated[Decline, Query()]) -> Response:
    """Draw the same figures on one page, in the reader's language."""
    tongue = language(request.headers.get("accept-language", ""))
    answer = await declined(request, asked, lambda told: decline_svg(told, tongue).encode(), SVG, tongue)
    answer.headers.update({"Content-Language": tongue, "Vary": "Accept-Language"})
    return answer


@router.get("/decline/vessels", response_model=Vessels)
async def show_vessels(request: Request, asked: Annotated[FinancedVessels, Query()]) -> Response:
    """Tell of vessels that loans financed (Decree 67/2014): loan, appraisal, price and hammer, up to 5,000.

    The totals are of all; `price` of those unsold, `sold_for` of those sold.
    """
    return await declined(request, asked, orjson.dumps, answers.JSON)


@router.get("/decline/vessels.csv", response_class=_Table, responses=_described("CSV, a row a vessel", CSV))
async def show_vessels_table(request: Request, asked: Annotated[FinancedVessels, Query()]) -> Response:
    """Tell the same vessels as a table, up to 5,000."""
    return await declined(request, asked, lambda answer: vessels_csv(answer).encode(), CSV)
