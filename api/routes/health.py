"""Whether the process is alive, and whether it can answer."""

from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.database import Connection, Place, connected, head, pending, tracked
from api.models import Alive, ReadModel, Ready
from api.problems import Problem
from api.questions import Nothing
from projections.registry import read_models

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def is_alive(_: Annotated[Nothing, Query()]) -> Alive:
    """Tell that the process answers; asks no database."""
    return Alive(status="alive")


@router.get("/readyz")
async def is_ready(request: Request, _: Annotated[Nothing, Query()]) -> Ready:
    """Tell whether the database answers and is migrated, and how far each read model is behind."""
    async with connected(request.app) as connection:
        _none(await pending(connection), "run `auctions migrate`; missing")
        return await _ready(connection)


async def _ready(connection: Connection) -> Ready:
    found = await tracked(connection)
    _none(sorted(read_models().keys() - found.keys()), "the runner has not built")
    position = await head(connection)
    models = [_model(found[name], position) for name in sorted(read_models())]
    return Ready(status="ready", position=position, read_models=models)


def _model(place: Place, head: int) -> ReadModel:
    lag = max(0, head - place.position)
    return ReadModel(name=place.name, position=place.position, lag=lag, stopped_at=place.stopped_at)


def _none(missing: Collection[str], why: str) -> None:
    if missing:
        raise Problem("not-ready", f"{why}: {', '.join(missing)}")
