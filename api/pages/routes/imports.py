"""Registers that an office sends in: the form, the list, how far each is and what was wrong with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api import sessions
from api.exports import disposition
from api.list_files import CSV, JSON_LINES
from api.list_xlsx import XLSX
from api.pages.asking import answer, sent, told
from api.pages.forms import fresh, posted
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.row_words import wrong_in
from api.pages.uploading import Uploaded, uploaded
from api.pages.words import marked, tongue
from api.problems import Fault, Problem
from auctions.journal.columns import columns

router = pages()

_MEDIA_TYPES = {
    **dict.fromkeys((".csv", ".txt"), "text/csv"),
    ".tsv": "text/tab-separated-values",
    ".xlsx": XLSX,
    **dict.fromkeys((".jsonl", ".ndjson"), JSON_LINES),
}
_MODES = {
    "all-or-nothing": (
        marked("All or nothing"),
        marked("Nothing is recorded if a single row is refused."),
    ),
    "quarantine": (
        marked("Set aside what is refused"),
        marked("All other rows are recorded; those refused wait in quarantine until they are mended."),
    ),
    "dry-run": (
        marked("Only try"),
        marked("Tells what would be recorded and what refused. Records nothing."),
    ),
}
_STATES = {
    "waiting": marked("Waits for its turn"),
    "reading": marked("Is being read"),
    "deciding": marked("Is being judged"),
    "recording": marked("Is being recorded"),
    "done": marked("Done"),
    "cancelled": marked("Cancelled"),
    "failed": marked("Not recorded"),
}
_USUAL = ("seized", "appraised", "round_announced", "round_failed", "price_reduced", "round_won")
_LISTED, _PROBLEMS = 25, 50


@router.get("/imports")
async def show_imports(request: Request, cursor: str = "", mode: str = "") -> Response:
    """Show the form that sends a register in, and the registers that the office has sent."""
    form = fresh(mode=mode if mode in _MODES else "all-or-nothing")
    return await _imports(request, form, cursor)


@router.post("/imports")
async def send_register(request: Request) -> Response:
    """Send a register in and go on to how far it is."""
    form = fresh(mode="all-or-nothing")
    try:
        await told(request, "/v1/imports", limit=1)  # who may not send one in is told so before it has come
        async with uploaded(request) as given:
            form |= given.fields
            accepted = await _sent_in(request, given)
    except Problem as problem:
        return await _imports(request, form, refused=refusal(request, problem), headers=problem.headers)
    return RedirectResponse(f"/imports/{accepted['import_id']}", 303)


@router.get("/imports/template.csv")
async def write_template(request: Request) -> Response:
    """Write the head of a register: the columns of the entries that most files have."""
    del request
    head = ",".join(columns(_USUAL)) + "\n"
    return Response("\ufeff" + head, media_type=CSV, headers=disposition("register.csv"))


@router.get("/imports/{import_id}")
async def show_import(request: Request, import_id: UUID, cursor: str = "") -> Response:
    """Show how far an import is, and where in it something was wrong."""
    return await _import(request, import_id, fresh(), cursor)


@router.post("/imports/{import_id}")
async def cancel_import(request: Request, import_id: UUID) -> Response:
    """Cancel an import."""
    form = await posted(request)
    try:
        await sent(request, f"/v1/imports/{import_id}", form=form, method="DELETE")
    except Problem as problem:
        return await _import(request, import_id, form, refused=refusal(request, problem))
    return RedirectResponse(f"/imports/{import_id}", 303)


async def _sent_in(request: Request, given: Uploaded) -> Mapping[str, Any]:
    media_type = _MEDIA_TYPES.get("." + given.filename.rpartition(".")[2].lower())
    if not given.filename or media_type is None:
        expected = f"a file is expected whose name ends in {', '.join(_MEDIA_TYPES)}"
        fault = Fault(None, "file-expected", expected, pointer="/file")
        raise Problem("body-refused", expected, [fault])
    mode = given.fields.get("mode", "")
    accepted = await answer(
        request,
        "/v1/imports",
        asked={
            "filename": given.filename,
            "mode": mode.replace("-", "_") if mode != "dry-run" else None,
            "dry_run": mode == "dry-run",
        },
        method="POST",
        headers={
            "content-type": media_type,
            "content-length": str(given.size),
            "idempotency-key": given.fields.get("key", ""),
            sessions.CSRF_HEADER: given.fields.get("csrf_token", ""),
        },
        received_by=given.receive(),
    )
    state: Mapping[str, Any] = accepted.json()
    return state


async def _imports(
    request: Request,
    form: dict[str, str],
    cursor: str = "",
    refused: dict[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    ended = refused is not None and refused["code"] == "sign-in-needed"
    found = None if ended else await told(request, "/v1/imports", limit=_LISTED, cursor=cursor)
    return await page(
        request,
        "imports.html",
        status=refused["status"] if refused else 200,
        headers=headers,
        found=found,
        form=form,
        refused=refused,
        modes=_MODES,
        states=_STATES,
    )


async def _import(
    request: Request,
    import_id: UUID,
    form: dict[str, str],
    cursor: str = "",
    refused: dict[str, Any] | None = None,
) -> Response:
    state = await told(request, f"/v1/imports/{import_id}", limit=_PROBLEMS, cursor=cursor)
    return await page(
        request,
        "import.html",
        status=refused["status"] if refused else 200,
        state=state,
        problems=[wrong_in(each, tongue(request)) for each in state["problems"]],
        form=form,
        refused=refused,
        modes=_MODES,
        states=_STATES,
    )
