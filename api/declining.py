"""How value declined, as it is answered: reckoned from all lives when it is asked, then kept in memory."""

from collections.abc import Callable
from typing import Any

import psycopg
from starlette.requests import Request
from starlette.responses import Response

from api import answers
from api.database import Place
from api.holding import held
from api.memory import Memory
from api.models_of_decline import DeclineAnswer
from api.models_of_vessels import Vessels
from api.positions import Positions
from api.questions import TIMES, Decline, FinancedVessels
from api.times import Told, read_models_reach, told_of
from api.working import Working
from projections import vessels
from projections.decline import Asked, decline
from projections.lives import lives

READ = ["asset_listings", "asset_periods", "price_ladder", "auction_rounds"]
"""The read models that tell of lives."""
_FORM = answers.form(DeclineAnswer) + answers.form(Vessels)

Answered = dict[str, Any]
Written = Callable[[Answered], bytes]
Declines = Memory[tuple[str, Response]]
"""Answers lately given with their tags, by what was asked."""


async def declined(
    request: Request, asked: Decline | FinancedVessels, written: Written, media_type: str, tongue: str = ""
) -> Response:
    """Return what `written` makes of the answer, or 304. Raises Problem, psycopg.Error."""
    told = await told_of(request.app, asked)
    await read_models_reach(request.app, READ, asked, told.known_at)
    positions: Positions = request.app.state.positions
    kept: Declines = request.app.state.declines
    key = (request.scope["path"], request.scope["query_string"], tongue)
    present = positions.of(READ)
    known = _known(request, told, present, kept.get(key), tongue) if present else None
    if known:
        return known
    working: Working = request.app.state.working
    place, body = await working.done(lambda connection: _reckoned(connection, asked, told, written))
    position, tag = _held(told, place), _tag(told, place, tongue)
    answer = answers.sent(body, tag, position, media_type, _caching(told))
    kept.keep(key, (tag, answer), len(body))
    return answer


def _known(
    request: Request, told: Told, place: Place, kept: tuple[str, Response] | None, tongue: str
) -> Response | None:
    """Return 304 or the answer kept, where nothing has been read since."""
    tag = _tag(told, place, tongue)
    if answers.kept(request.headers.get("if-none-match"), tag):
        return answers.unchanged(tag, _held(told, place), _caching(told))
    return kept[1] if kept and kept[0] == tag else None


def _held(told: Told, place: Place) -> int:
    return place.position if told.known_at is None else told.known_at


def _tag(told: Told, place: Place, tongue: str) -> str:
    return f'"p{_held(told, place)}-{told.day}-{_FORM}{tongue}-{place.version}"'


def _caching(told: Told) -> str:
    return answers.FOR_EVER if told.pinned else answers.REVALIDATED


def _reckoned(
    connection: psycopg.Connection[Any], asked: Decline | FinancedVessels, told: Told, written: Written
) -> tuple[Place, bytes]:
    place = held(connection, READ, told.known_at)
    position = _held(told, place)
    wanted = asked.model_dump(exclude=TIMES)
    if isinstance(asked, FinancedVessels):
        found = vessels.vessels(connection, vessels.Asked(**wanted), told.times)
        answer = {"as_of": told.day, "known_at": position, **found}
    else:
        answer = decline(lives(connection, told.times), told.day, position, Asked(**wanted))
    return place, written({"position": position} | answer)
