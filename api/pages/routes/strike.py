"""Striking an entry of a file and entering it again corrected: proposed here, approved by a second person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.asking import sent, told
from api.pages.forms import fresh, posted
from api.pages.recording.fields import body, inputs
from api.pages.recording.recorder import own_asset
from api.pages.recording.striking import STRUCK, typed_of
from api.pages.recording.titles import TITLES
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import tongue
from api.problems import Problem
from auctions.application.recording import today

router = pages()

_PATH = "/assets/{asset_id}/strike/{entry_no}"
_STRIKE = ("on", "basis", "reason")
_MINE = "strike_"
"""Before the names of a strike's own fields: the entry's are beside them."""
_AGAIN = "again"


@router.get(_PATH)
async def show_strike(request: Request, asset_id: UUID, entry_no: int) -> Response:
    """Show the form that strikes an entry and enters it again, filled in as the entry stands."""
    await own_asset(request, asset_id)
    asset, entry = await _found(request, asset_id, entry_no)
    stands = typed_of(entry["entry"], entry["data"] | {"on": entry["on"]}, tongue(request), asset["kind"])
    known = {*stands, *_names(entry["entry"], request, asset)}
    typed = {name: value for name, value in request.query_params.items() if name in known}
    filled = typed or {f"{_MINE}on": today().isoformat(), _AGAIN: "true", **stands}
    return await _page(request, asset, entry, fresh(asset["version"]) | filled)


@router.post(_PATH)
async def propose_strike(request: Request, asset_id: UUID, entry_no: int) -> Response:
    """Propose it, and go on to the proposal."""
    form = await posted(request)
    asset, entry = await _found(request, asset_id, entry_no)
    strike = {name: form[_MINE + name] for name in _STRIKE if form.get(_MINE + name)}
    entries: list[dict[str, Any]] = [{"entry": STRUCK, "entry_no": entry_no, **strike}]
    if form.get(_AGAIN):
        name = entry["entry"]
        entries.append({"entry": name, **body(name, form, tongue(request), asset["kind"])})
    try:
        path = f"/v1/assets/{asset_id}/strike-proposals"
        proposed = (await sent(request, path, {"entries": entries}, form=form)).json()
    except Problem as problem:
        refused = refusal(request, _placed(problem), _names(entry["entry"], request, asset))
        return await _page(request, asset, entry, form, refused)
    return RedirectResponse(f"/strike-proposals/{proposed['proposal_id']}", 303)


async def _found(request: Request, asset_id: UUID, entry_no: int) -> tuple[dict[str, Any], dict[str, Any]]:
    asset = await told(request, f"/v1/assets/{asset_id}")
    history = await told(request, f"/v1/assets/{asset_id}/history")
    entry = next((each for each in history["entries"] if each["entry_no"] == entry_no), None)
    if entry is None or entry["entry"] == STRUCK:
        raise Problem("path-not-found", f"the file has no entry {entry_no} that can be struck")
    return asset, entry


def _names(entry: str, request: Request, asset: Mapping[str, Any]) -> set[str]:
    fields = {each.name for each in inputs(entry, tongue(request), asset["kind"])}
    return {*fields, *(_MINE + name for name in _STRIKE), _AGAIN}


def _placed(problem: Problem) -> Problem:
    """Return a problem whose faults of the strike name the strike's own fields."""
    strike = "/entries/0/"
    faults = [
        fault._replace(pointer="/" + _MINE + fault.pointer.removeprefix(strike))
        if fault.pointer and fault.pointer.startswith(strike)
        else fault
        for fault in problem.errors
    ]
    return Problem(problem.code, problem.detail, faults, problem.headers)


async def _page(
    request: Request,
    asset: Mapping[str, Any],
    entry: Mapping[str, Any],
    form: dict[str, str],
    refused: dict[str, Any] | None = None,
) -> Response:
    return await page(
        request,
        "strike.html",
        status=refused["status"] if refused else 200,
        asset=asset,
        entry=entry,
        title=TITLES[entry["entry"]],
        fields=inputs(entry["entry"], tongue(request), asset["kind"]),
        form=form,
        refused=refused,
    )
