"""The health of the read models, told to administrators, who let one that stands still try again."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request, Response

from api import administering
from api.answers import JSON
from api.models_of_administration import ReadModels
from api.questions import Nothing, Word
from api.who import FRESH, Administrator
from projections.tracking import Tracked

router = APIRouter(prefix="/v1/read-models", tags=["administration"])


@router.get("", response_model=ReadModels)
async def list_read_models(request: Request, _: Annotated[Nothing, Query()], by: Administrator) -> Response:
    """List the read models: how far each is behind, since when, and why one stands still if it does."""
    del by
    return await _health(request)


@router.post("/{name}/retries", response_model=ReadModels)
async def retry_read_model(
    request: Request, name: Annotated[Word, Path()], _: Annotated[Nothing, Query()], by: Administrator
) -> Response:
    """Let a read model that stands still try again, which goes on where the reason is gone."""
    await administering.retry(request, name, by)
    return await _health(request)


async def _health(request: Request) -> Response:
    position, places = await administering.health(request)
    items = [_told(place, position) for place in places]
    stopped = any(place.stopped_at is not None for place in places)
    told = {"status": "standing still" if stopped else "going on", "position": position, "items": items}
    return Response(orjson.dumps(told, option=orjson.OPT_UTC_Z), 200, FRESH, JSON)


def _told(place: Tracked, position: int) -> dict[str, object]:
    told = place._asdict() | {"lag": max(0, position - place.position)}
    del told["version"]
    return told
