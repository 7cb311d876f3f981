"""Where in a province assets lie: counted by commune."""

from collections.abc import Sequence
from typing import Annotated, Any

import psycopg
from fastapi import APIRouter, Query, Request, Response

from api import answers
from api.database import Place
from api.holding import held
from api.lists import whole
from api.models import Communes
from api.questions import TIMES, CommunesAsked
from api.times import Told, read_models_reach, told_of
from api.working import Working
from projections.asset_list import Filter, communes_query
from projections.timeline import Row
from projections.times import NOW

router = APIRouter(prefix="/v1", tags=["assets"])

_FORM = answers.form(Communes)


@router.get("/communes", response_model=Communes)
async def count_communes(request: Request, asked: Annotated[CommunesAsked, Query()]) -> Response:
    """Count all assets of a province that a list would show by commune, with the sums of their prices."""
    told = await told_of(request.app, asked)
    read = ["assets"] if told.times == NOW else ["asset_listings", "asset_periods"]
    await read_models_reach(request.app, read, asked, told.known_at)
    working: Working = request.app.state.working
    place, rows = await working.done(lambda connection: _counted(connection, read, asked, told))
    position = place.position if told.known_at is None else told.known_at
    tag = f'"p{position}-{told.day}-{_FORM}-{place.version}"'
    if answers.kept(request.headers.get("if-none-match"), tag):
        return answers.unchanged(tag, position)
    head = {"as_of": told.day, "known_at": position, "position": position}
    return answers.sent(whole(head, rows), tag, position)


def _counted(
    connection: psycopg.Connection[Any], read: Sequence[str], asked: CommunesAsked, told: Told
) -> tuple[Place, list[Row]]:
    place = held(connection, read, told.known_at)
    wanted = Filter(told.day, **asked.model_dump(exclude=TIMES), times=told.times)
    query, params = communes_query(wanted)
    return place, connection.execute(query.encode(), params).fetchall()
