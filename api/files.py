"""One asset's file as a route tells of it: as known then, waited for, or a problem."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api import answers
from api.database import Connection, connected, file, head
from api.problems import Problem
from api.questions import OneAsset
from api.seen import as_public, sees_parties
from api.times import Told, log_reaches, told_of
from api.who import PUBLIC, Who
from auctions.domain.asset.state import Numbered, State, fold
from auctions.domain.event import Recorded
from projections.views import View, history_view


class Known(NamedTuple):
    """The entries of a file up to a position of the log, and the times asked about."""

    told: Told
    recorded: Sequence[Recorded]
    position: int


async def known(request: Request, asset_id: UUID, asked: OneAsset) -> Known:
    """Return the entries known at the time asked about. Raises Problem where there are none."""
    told = await told_of(request.app, asked)
    await log_reaches(request.app, asked)
    async with connected(request.app) as connection:
        position = await head(connection) if told.known_at is None else told.known_at
        return Known(told, await known_entries(connection, asset_id, position), position)


async def known_entries(connection: Connection, asset_id: UUID, position: int) -> Sequence[Recorded]:
    """Return the entries of a file up to a position of the log. Raises Problem where there are none."""
    recorded = [line for line in await file(connection, asset_id) if line.position <= position]
    if not recorded:
        raise Problem("asset-not-found", f"no asset {asset_id} is known at position {position}")
    return recorded


def numbered(recorded: Iterable[Recorded]) -> list[Numbered]:
    """Return entries with their numbers."""
    return [(line.entry_no, line.entry) for line in recorded]  # type: ignore[misc]  # files of assets hold asset entries


def not_seized(told: Told) -> Problem:
    """Return what tells that no seizure stands on the day asked about."""
    return Problem("asset-not-seized", f"no seizure stands as of {told.day}")


def seized(recorded: Sequence[Recorded], told: Told) -> State:
    """Return the state of a file on the day asked about. Raises Problem where no seizure stands."""
    state = fold(numbered(recorded), until=told.asked)
    if state.seized is None:
        raise not_seized(told)
    return state


def history(recorded: Sequence[Recorded], told: Told) -> View:
    """Return the entries of a file up to the day asked about."""
    view = history_view(recorded)
    if told.asked:
        view["entries"] = [line for line in view["entries"] if line["on"] <= told.asked.isoformat()]
    return view


def times_of(recorded: Sequence[Recorded], told: Told) -> dict[str, Any]:
    """Return what an answer about one file tells of the times."""
    position = recorded[-1].position
    known_at = position if told.known_at is None else told.known_at
    return {"as_of": told.asked, "known_at": known_at, "position": position}


def sent(
    request: Request,
    told: Told,
    recorded: Sequence[Recorded],
    written: Callable[[], bytes],
    media_type: str = answers.JSON,
    *,
    form: str = "",
) -> Response:
    """Return what `written` makes of a file, or 304 where the reader has seen its last entry in this form."""
    last = recorded[-1]
    etag, caching = f'"v{last.entry_no}{form}"', answers.FOR_EVER if told.pinned else answers.REVALIDATED
    if answers.kept(request.headers.get("if-none-match"), etag):
        return answers.unchanged(etag, last.position, caching)
    return answers.sent(written(), etag, last.position, media_type, caching)


def form_for(who: Who, recorded: Sequence[Recorded]) -> str:
    """Return what tells apart the two forms of a file: a browser keeps one, and may sign in or out."""
    return "" if sees_parties(who, fold(numbered(recorded)).office) else "-public"


def seen(who: Who, recorded: Sequence[Recorded], view: View) -> View:
    """Return a view of a file as someone sees it: without the parties, or whole."""
    if not form_for(who, recorded):
        return view
    public: View = as_public(view)
    return public


def told_to(who: Who, answer: Response) -> Response:
    """Return an answer that others may see differently, marked so that no cache gives them this one."""
    answer.headers["Vary"] = "Authorization, Cookie"
    if who != PUBLIC:
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer
