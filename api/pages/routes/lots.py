"""The result of a round for all assets of a lot, in one form."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.languages import Language
from api.pages.asking import sent, told
from api.pages.forms import fresh, posted, typed
from api.pages.recording.fields import body, inputs
from api.pages.recording.kept import UNREADY, kept
from api.pages.recording.recorder import recorder
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import tongue
from api.problems import Problem
from auctions.application.recording import today

router = pages()

_RESULTS = ("round_failed", "round_won")
_OF_ALL = ("on", "basis", "note")


@router.get("/lots/{lot_ref}/result")
async def show_result(request: Request, lot_ref: str) -> Response:
    """Show the form of a lot's result."""
    await recorder(request)
    return await _page(request, lot_ref, fresh(on=today().isoformat()) | typed(request.query_params))


@router.post("/lots/{lot_ref}/result")
async def record_result(request: Request, lot_ref: str) -> Response:
    """Record the result of the round for each asset of the lot, all or none."""
    form = fresh() | await posted(request)
    try:
        return await _recorded(request, lot_ref, form)
    except UNREADY as error:
        return await kept(request, form, error)


async def _recorded(request: Request, lot_ref: str, form: dict[str, str]) -> Response:
    lot: dict[str, Any] | None = None
    try:
        lot = await told(request, _path(lot_ref))
        entries = [_entry(item, form, tongue(request)) for item in lot["items"]]
        as_found = form.get("as_found") == "true" or None
        recorded = await sent(
            request, f"{_path(lot_ref)}/entries", {"entries": entries}, form=form, as_found=as_found
        )
    except Problem as problem:
        refused = refusal(request, problem, _OF_ALL)
        ids = [item["asset_id"] for item in lot["items"]] if lot else []
        refused["errors"] = [error | {"field": _field(error, ids)} for error in refused["errors"]]
        return await _page(request, lot_ref, form, refused=refused)
    position = min(recorded.json()["positions"])
    return RedirectResponse(f"/assets/{entries[0]['asset_id']}/file?recorded={position}", 303)


def _field(error: Mapping[str, Any], ids: Sequence[str]) -> str:
    """Return the name of the input that a fault is about: the day of all, or a field of one asset."""
    place = str(error.get("pointer", "")).split("/")
    if error["field"] or place[:2] != ["", "entries"] or not place[2].isdigit():
        return str(error["field"])
    return f"{ids[int(place[2])]}.{place[-1]}"


def _path(lot_ref: str) -> str:
    return f"/v1/lots/{lot_ref}"


def _entry(item: Mapping[str, Any], form: Mapping[str, str], language: Language) -> dict[str, Any]:
    """Return what is typed for one asset: its fields bear its id before their names."""
    own = f"{item['asset_id']}."
    typed = {name.removeprefix(own): value for name, value in form.items() if name.startswith(own)}
    typed |= {name: form.get(name, "") for name in _OF_ALL} | {"round_no": str(item["round_no"])}
    entry = typed.get("result", "")
    known = entry if entry in _RESULTS else "round_failed"
    return {"asset_id": item["asset_id"], "entry": known, **body(known, typed, language)}


async def _page(
    request: Request, lot_ref: str, form: dict[str, str], *, refused: dict[str, Any] | None = None
) -> Response:
    language = tongue(request)
    try:
        lot = (await told(request, _path(lot_ref)))["items"]
    except Problem:
        if refused is None:
            raise
        lot = []  # the session has ended: what was typed is kept in the form
    of_failed, of_won = ({each.name: each for each in inputs(name, language)} for name in _RESULTS)
    return await page(
        request,
        "lot.html",
        status=refused["status"] if refused else 200,
        lot_ref=lot_ref,
        path_of_form=f"/lots/{quote(lot_ref)}/result",
        lot=lot,
        form=form,
        refused=refused,
        of_failed=of_failed,
        of_won=of_won,
    )
