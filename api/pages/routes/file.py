"""An asset's file as a page of the register: what was recorded, and what can be recorded now."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.languages import Language
from api.pages.action_words import action
from api.pages.asking import told, visitor
from api.pages.recording.actions import forms_of, possible_in
from api.pages.recording.titles import TITLES
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import capital, tongue
from api.problems import Problem
from api.seen import sees_parties
from auctions.application.recording import today
from auctions.domain.roles import RECORDING

router = pages()

MOST = 40
"""Entries on one page."""
_FIRST = 2
"""Actions that stand in front."""


@router.get("/assets/{asset_id}/file")
async def show_file(
    request: Request, asset_id: UUID, recorded: int | None = None, up_to: int | None = None
) -> Response:
    """Show a file, the last entries first asked for, and what was just recorded at a position."""
    path = f"/v1/assets/{asset_id}"
    asset = await told(request, path, min_position=recorded)
    history = await told(request, f"{path}/history")
    who = (await visitor(request)).who
    own = who.role in RECORDING and sees_parties(who, asset["office"])
    known = {"asset_id": asset_id, "known_at": history["position"]}
    todo = (await told(request, "/v1/next-actions", **known, limit=200))["items"] if own else []
    broken = await _findings(request, asset_id, recorded)
    entries = [each for each in history["entries"] if up_to is None or each["entry_no"] <= up_to]
    first, later = _actions(todo, asset, today(), tongue(request))
    return await page(
        request,
        "file.html",
        asset=asset,
        entries=entries[-MOST:],
        earlier=entries[-MOST]["entry_no"] - 1 if len(entries) > MOST else None,
        shown_from=up_to,
        broken=_by_entry(broken),
        just=[each for each in history["entries"] if recorded and each["position"] == recorded],
        own=own,
        first=first,
        later=later,
        possible=possible_in(asset["stage"]) if own else [],
        titles=TITLES,
    )


Todo = dict[str, Any]


async def _findings(request: Request, asset_id: UUID, recorded: int | None) -> list[Todo]:
    """Return the file's findings, none while they are behind: the file is shown all the same."""
    try:
        found = await told(request, "/v1/findings", asset_id=asset_id, min_position=recorded, limit=200)
    except Problem:
        return []
    items: list[Todo] = found["items"]
    return items


def _actions(
    todo: Iterable[Todo], asset: Mapping[str, Any], day: date, language: Language
) -> tuple[list[Todo], list[Todo]]:
    """Return the one or two actions that are due now, and the others; each with the forms that lead on."""
    seen: set[str] = set()
    now, later = list[Todo](), list[Todo]()
    for each in todo:
        forms = [form for form in forms_of(each["action"], asset["stage"]) if form.entry not in seen]
        if not forms:
            continue
        seen.update(form.entry for form in forms)
        waits = each["not_before"] is not None and each["not_before"] > day.isoformat()
        named = each | {"forms": forms, "name": capital(action(each["action"], language)), "waits": waits}
        (later if waits or not each["must"] else now).append(named)
    return now[:_FIRST], now[_FIRST:] + later


def _by_entry(broken: Iterable[Todo]) -> dict[int, list[Todo]]:
    found: dict[int, list[Todo]] = {}
    for each in broken:
        found.setdefault(each["entry_no"], []).append(each)
    return found
