"""A seizure, which begins an asset's file."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.asking import sent
from api.pages.forms import fresh, posted
from api.pages.recording.fields import body, inputs
from api.pages.recording.kept import UNREADY, kept
from api.pages.recording.recorder import recorder
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import capital, tongue
from api.problems import Problem
from auctions.application.recording import today
from auctions.rules.kinds import asset_kinds

router = pages()

_CHOSEN_APART = {"kind", "office"}
SHOW = "show_fields"
"""The button that shows the fields of the kind that is chosen; nothing is recorded by it."""


@router.get("/seizure")
async def show_seizure(request: Request) -> Response:
    """Show the form of a seizure, with the fields of the kind that is chosen."""
    await recorder(request)
    asked = request.query_params
    names = {each.name for each in inputs("seized", tongue(request), asked.get("kind", ""))}
    filled = {name: value for name, value in asked.items() if name in names}
    return await _page(request, fresh(on=today().isoformat()) | filled)


@router.post("/seizure")
async def record_seizure(request: Request) -> Response:
    """Record a seizure by the own office and go on to the asset's file."""
    form = fresh() | await posted(request)
    if SHOW in form:
        return await _page(request, form)
    language, kind = tongue(request), form.get("kind", "")
    entry = body("seized", form, language, kind) | {"kind": kind, "office": form.get("office", "")}
    try:
        recorded = await sent(request, "/v1/assets", entry, form=form)
    except Problem as problem:
        names = [each.name for each in inputs("seized", language, kind)]
        refused = refusal(request, problem, names)
        try:
            return await _page(request, form, status=refused["status"], refused=refused)
        except UNREADY as error:
            return await kept(request, form, error)
    except UNREADY as error:
        return await kept(request, form, error)
    told = recorded.json()
    return RedirectResponse(f"/assets/{told['asset_id']}/file?recorded={recorded.headers['position']}", 303)


async def _page(
    request: Request, form: dict[str, str], *, status: int = 200, refused: dict[str, Any] | None = None
) -> Response:
    language, kind = tongue(request), form.get("kind", "")
    fields = [each for each in inputs("seized", language, kind) if each.name not in _CHOSEN_APART]
    kinds = [
        (name, capital(each.vi if language == "vi" else each.en)) for name, each in asset_kinds().items()
    ]
    return await page(
        request,
        "seizure.html",
        status=status,
        form=form,
        refused=refused,
        fields=fields,
        kinds=kinds,
        known=kind in asset_kinds(),
    )
