"""How an asset's file grew, entry by entry, and between two knowledges."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter

from api import answers, cursor
from api.database import connected
from api.files import form_for, known, known_entries, seen, told_to
from api.models_of_replays import Difference, Replay
from api.questions import OneReplay, RestatementAsked
from api.times import position_of, too_far_apart
from api.who import PUBLIC_TOO, Asking
from api.working import Working
from auctions.application.recording import today
from auctions.domain.event import Recorded
from auctions.rules.rulebook import rules_version
from projections import log
from projections.lines import bearing_on
from projections.views import View
from projections.views_of_replays import difference_view, replay_view

router = APIRouter(prefix="/v1/assets", tags=["assets"])

_KEYS = TypeAdapter(tuple[cursor.Number])
_MOST = 1000
"""Entries of a file between two knowledges that one question may be about."""


@router.get("/{asset_id}/replay", response_model=Replay, openapi_extra=PUBLIC_TOO)
async def show_replay(
    request: Request, asset_id: UUID, asked: Annotated[OneReplay, Query()], who: Asking
) -> Response:
    """Tell how a file grew: what each entry changed, which came late or were struck, what the law finds.

    Entries stand in the order of recording, those that bear on the legal day asked about; all are judged by
    the law as known then. The parties are told as in the asset's state.
    With `known_at` all pages are of one moment.
    """
    told, recorded, position = await known(request, asset_id, asked)
    after = _after(asked.cursor, recorded)
    page = f"{after}-{asked.limit}-{rules_version()}"
    etag = f'"p{position}-{told.asked}-{page}{form_for(who, recorded)}"'
    if answers.kept(request.headers.get("if-none-match"), etag):
        return told_to(who, answers.unchanged(etag, position))
    working: Working = request.app.state.working
    view = await working.done(
        lambda connection: replay_view(
            recorded, log.laws(connection, position), told.asked, after=after, most=asked.limit
        )
    )
    times = {"as_of": told.asked, "known_at": position, "position": position}
    following = {"next": _next(view["entries"], bearing_on(recorded, told.asked))}
    whole = times | seen(who, recorded, view) | following
    return told_to(who, answers.sent(orjson.dumps(whole), etag, position))


def _after(given: str | None, recorded: Sequence[Recorded]) -> int:
    """Return the number of the entry that the page before ended with. Raises Problem."""
    (last,) = cursor.decoded(given, _KEYS) or (0,)
    around = recorded[last - 1 : last + 1] if last else []
    if len(around) > 1 and around[0].envelope.command_id == around[1].envelope.command_id:
        raise cursor.unknown()
    return last


def _next(told: Sequence[View], bearing: Sequence[Recorded]) -> str | None:
    if not told:
        return None
    last = max([told[-1]["entry_no"], *told[-1]["together"]])
    return cursor.encoded([last]) if bearing[-1].entry_no > last else None


@router.get("/{asset_id}/diff", response_model=Difference, openapi_extra=PUBLIC_TOO)
async def show_difference(
    request: Request, asset_id: UUID, asked: Annotated[RestatementAsked, Query()], who: Asking
) -> Response:
    """Tell what became known of an asset and a legal day between two knowledges: entries, state, findings.

    As the restatement tells of all assets, with more: what each entry in between changed, which are late,
    who approved a strike, and which findings came or went. The parties are told as in the asset's state.
    """
    earlier, later = [await position_of(request.app, knowledge) for knowledge in asked.known_at]
    async with connected(request.app) as connection:
        recorded = await known_entries(connection, asset_id, later)
    if earlier > later or sum(line.position > earlier for line in recorded) > _MOST:
        raise too_far_apart(_MOST)
    day = asked.as_of or today()
    etag = f'"p{earlier}-{later}-{day}-{rules_version()}{form_for(who, recorded)}"'
    if answers.kept(request.headers.get("if-none-match"), etag):
        return told_to(who, answers.unchanged(etag, later))
    working: Working = request.app.state.working
    view = await working.done(
        lambda connection: difference_view(
            recorded, log.laws_over_time(connection, later), day, (earlier, later)
        )
    )
    return told_to(who, answers.sent(orjson.dumps(seen(who, recorded, view)), etag, later))
