"""Whether the process is alive, and whether it can answer."""

from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.database import Connection, connected, head, pending, places
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
    found = await places(connection, read_models())
    _none(sorted(read_models().keys() - found.keys()), "the runner has not built")
    position = await head(connection)
    models = [ReadModel(lag=max(0, position - place.position), **place._asdict()) for place in found.values()]
    return Ready(status="ready", position=position, read_models=models)


def _none(missing: Collection[str], why: str) -> None:
    if missing:
        raise Problem("not-ready", f"{why}: {', '.join(missing)}")
