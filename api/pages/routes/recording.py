"""The short form of each entry, with the law beside its fields."""

from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.nouns import NOUNS
from api.pages.asking import sent, told, visitor
from api.pages.forms import fresh, posted
from api.pages.recording.actions import is_result
from api.pages.recording.defaults import defaults
from api.pages.recording.fields import body, inputs
from api.pages.recording.kept import UNREADY, kept
from api.pages.recording.limits import asked, beside
from api.pages.recording.recorder import own_asset
from api.pages.recording.titles import TITLES
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import tongue
from api.problems import Problem

router = pages()

_ENTRIES = {noun: entry for entry, noun in NOUNS.items() if entry in TITLES}


@router.get("/assets/{asset_id}/record/{noun}")
async def show_form(request: Request, asset_id: UUID, noun: str) -> Response:
    """Show the form of an entry, filled in as far as it is known."""
    entry, language = _entry(noun), tongue(request)
    asset = await own_asset(request, asset_id)
    names = {each.name for each in inputs(entry, language, asset["kind"])}
    filled = {name: value for name, value in request.query_params.items() if name in names}
    form = fresh(asset["version"]) | defaults(entry, asset, language) | filled
    return await _page(request, entry, asset, form)


@router.post("/assets/{asset_id}/record/{noun}")
async def record_entry(request: Request, asset_id: UUID, noun: str) -> Response:
    """Record an entry and go on to the file; what is refused is shown again with what was typed."""
    entry, form = _entry(noun), fresh() | await posted(request)
    try:
        return await _recorded(request, asset_id, noun, entry, form)
    except UNREADY as error:
        return await kept(request, form, error)


async def _recorded(
    request: Request, asset_id: UUID, noun: str, entry: str, form: dict[str, str]
) -> Response:
    language, asset = tongue(request), await told(request, f"/v1/assets/{asset_id}")
    as_found = form.get("as_found") == "true" or None
    try:
        recorded = await sent(
            request,
            f"/v1/assets/{asset_id}/{noun}",
            body(entry, form, language, asset["kind"]),
            form=form,
            as_found=as_found,
        )
    except Problem as problem:
        names = {each.name for each in inputs(entry, language, asset["kind"])}
        refused = refusal(request, problem, names)
        return await _refused(request, entry, form, refused)
    return RedirectResponse(f"/assets/{asset_id}/file?recorded={recorded.headers['position']}", 303)


def _entry(noun: str) -> str:
    if noun not in _ENTRIES:
        raise Problem("path-not-found", "there is no form of that name")
    return _ENTRIES[noun]


async def _refused(request: Request, entry: str, form: dict[str, str], refused: dict[str, Any]) -> Response:
    return await _page(request, entry, await told(request, _asset(request)), form, refused=refused)


def _asset(request: Request) -> str:
    return f"/v1/assets/{request.path_params['asset_id']}"


async def _limits(request: Request, entry: str, form: dict[str, str]) -> list[dict[str, Any]]:
    """Return the limits of an entry, none where what is typed cannot be asked about: sent, it is refused."""
    try:
        found = await told(request, f"{_asset(request)}/limits", **asked(entry, form))
    except Problem as problem:
        if problem.code != "parameter-refused":
            raise
        return []
    items: list[dict[str, Any]] = found["items"]
    return items


async def _between(request: Request, form: dict[str, str]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return a form that holds the file's version now, and the entries that came since the one it had."""
    entries = (await told(request, f"{_asset(request)}/history"))["entries"]
    known = int(form["version"]) if form["version"].isdigit() else len(entries)
    return form | {"version": str(len(entries))}, [each for each in entries if each["entry_no"] > known]


async def _page(
    request: Request,
    entry: str,
    asset: dict[str, Any],
    form: dict[str, str],
    *,
    refused: dict[str, Any] | None = None,
) -> Response:
    language = tongue(request)
    fields = inputs(entry, language, asset["kind"])
    limits = await _limits(request, entry, form)
    rounds, looking, between = asset["rounds"], await visitor(request), list[dict[str, Any]]()
    if refused and refused["code"] == "stale-file":
        form, between = await _between(request, form)  # last, so that as little as can be comes after it
    return await page(
        request,
        "record.html",
        status=refused["status"] if refused else 200,
        seen_by=looking,
        entry=entry,
        title=TITLES[entry],
        asset=asset,
        form=form,
        refused=refused,
        fields=fields,
        law=beside(entry, fields, limits, form, language),
        between=between,
        lot_ref=rounds[-1]["lot_ref"] if rounds and is_result(entry) else None,
    )
