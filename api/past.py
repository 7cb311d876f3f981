"""Next actions of a past day or knowledge: folded from the files when they are asked for."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import psycopg
from starlette.requests import Request
from starlette.responses import Response

from api import answers
from api.database import connected, head
from api.problems import Fault, Problem
from api.questions import Timed
from api.times import Told, log_reaches
from api.working import Working
from auctions.rules.rulebook import rules_version
from projections import log
from projections.next_actions import Filter
from projections.past_actions import MOST_FILES, TooManyFiles, past_query, past_rows
from projections.timeline import Row
from projections.times import Times


async def past_actions(
    request: Request,
    times: tuple[Timed, Told],
    wanted: Filter,
    told: Callable[[int, Sequence[Row]], Awaitable[bytes]],
    *,
    tag: str,
    media_type: str = answers.JSON,
) -> Response:
    """Return what `told` makes of the position and the rows asked for, or 304, as `api.lists.listed` does.

    Raises Problem for more files than are folded for one question.
    """
    await log_reaches(request.app, times[0])
    position = wanted.times.known_at
    if position is None:
        async with connected(request.app) as connection:
            position = await head(connection)
    etag = f'"p{position}-{tag}{rules_version()}"'
    if answers.kept(request.headers.get("if-none-match"), etag):
        return answers.unchanged(etag, position)
    working: Working = request.app.state.working
    known = replace(wanted, times=Times(wanted.times.as_of, position))
    rows = await working.done(lambda connection: _folded(connection, known, position))
    return answers.sent(await told(position, rows), etag, position, media_type)


def _folded(connection: psycopg.Connection[Any], wanted: Filter, position: int) -> list[Row]:
    query, params = past_query(wanted)
    law_of = log.laws(connection, position)
    with connection.cursor("past_actions", binary=True) as cursor:
        cursor.itersize = log.PAGE
        try:
            return past_rows(cursor.execute(query.encode(), params), law_of, wanted)
        except TooManyFiles as error:
            detail = f"name an office or an asset: this asks for more than {MOST_FILES:,} files"
            fault = Fault("office", "too-many-files", detail)
            raise Problem("parameter-refused", detail, [fault]) from error
