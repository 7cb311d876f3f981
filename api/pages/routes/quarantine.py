"""Rows that imports set aside: with what was wrong where it is, mended and tried again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.languages import Language
from api.list_files import flat
from api.pages.asking import sent, told
from api.pages.forms import fresh, posted
from api.pages.recording.fields import label
from api.pages.refusals import refusal
from api.pages.rendering import page, with_query
from api.pages.routing import router as pages
from api.pages.row_words import wrong_in
from api.pages.words import tongue
from api.problems import Problem

router = pages()

_LISTED = 25
_CELL = "cell_"
"""Begins the names of inputs that hold cells."""


@router.get("/quarantine")
async def show_quarantine(request: Request, cursor: str = "", recorded: str = "") -> Response:
    """Show the rows that wait, each as a form with inputs where something is wrong."""
    found = await told(request, "/v1/quarantine", limit=_LISTED, cursor=cursor)
    rows = [(_shown(row, {}, tongue(request)), fresh()) for row in found["items"]]
    return await page(request, "quarantine.html", rows=rows, next=found["next"], recorded=recorded)


@router.get("/quarantine/{quarantine_id}")
async def show_row(request: Request, quarantine_id: UUID) -> Response:
    """Show one row that waits, with cells typed before if any were."""
    row = await told(request, f"/v1/quarantine/{quarantine_id}")
    return await _page(request, _shown(row, _cells(request.query_params), tongue(request)), fresh())


@router.post("/quarantine/{quarantine_id}")
async def retry_row(request: Request, quarantine_id: UUID) -> Response:
    """Try a row again with the cells as they were typed; what is refused again stays, as it was typed."""
    form = await posted(request)
    cells, language = _cells(form), tongue(request)
    try:
        tried = await sent(request, f"/v1/quarantine/{quarantine_id}/retries", {"cells": cells}, form=form)
    except Problem as problem:
        row = {"quarantine_id": quarantine_id, "filename": "", "row": 0, "asset_ref": "", "problems": []}
        shown = _shown(row | {"cells": cells}, cells, language)
        return await _page(request, shown, form, refusal(request, problem))
    problems = tried.json()["problems"]
    if not problems:
        return RedirectResponse(with_query("/quarantine", recorded=tried.json()["recorded"]), 303)
    row = await told(request, f"/v1/quarantine/{quarantine_id}")
    shown = _shown(row | {"problems": problems}, cells, language)
    return await _page(request, shown, fresh(), status=422)


def _cells(form: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(_CELL): text for name, text in form.items() if name.startswith(_CELL)}


def _shown(row: Mapping[str, Any], typed: Mapping[str, str], language: Language) -> dict[str, Any]:
    """Return a row as it is shown: inputs of wrong cells and of others, what is wrong with it whole."""
    problems = [wrong_in(problem, language) for problem in row["problems"]]
    cells = {column: str(flat(value)) for column, value in row["cells"].items() if value is not None}
    cells |= typed
    wrong = dict.fromkeys(problem["column"] for problem in problems if problem["column"])
    named = {column: label(cells.get("entry", ""), column, language) for column in [*wrong, *cells]}
    inputs = [_input(column, named, cells.get(column, ""), problems) for column in wrong]
    others = [
        _input(column, named, text, []) for column, text in cells.items() if column not in wrong and text
    ]
    whole = [problem for problem in problems if not problem["column"]]
    return {**row, "wrong": inputs, "others": others, "whole": whole}


def _input(
    column: str, named: Mapping[str, str], text: str, problems: list[dict[str, Any]]
) -> dict[str, Any]:
    own = [problem for problem in problems if problem["column"] == column]
    return {"name": _CELL + column, "column": column, "label": named[column], "text": text, "problems": own}


async def _page(
    request: Request,
    row: dict[str, Any],
    form: dict[str, str],
    refused: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    status = refused["status"] if refused else status
    return await page(request, "quarantine_row.html", status=status, row=row, form=form, refused=refused)
