"""The morning board of an office: what is overdue, due this week, waiting for a result, and coming."""

import asyncio
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.languages import Language
from api.pages.action_words import action
from api.pages.asking import told
from api.pages.recording.actions import forms_of
from api.pages.recording.recorder import recorder
from api.pages.recording.titles import TITLES
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import capital, marked, tongue
from auctions.application.recording import today
from projections.next_actions import WEEK

router = pages()

_MOST = 25
"""Rows of a part of the board on one page."""
_PASSED_OVER = 10
"""Pages of 200 rounds without a result that are passed over at most, to what else is overdue."""
_PARTS = {
    "overdue": marked("Overdue"),
    "waiting": marked("Waiting for results"),
    "due_soon": marked("Due this week"),
    "coming": marked("Coming rounds"),
}


@router.get("/board")
async def show_board(
    request: Request, officer: str = "", part: str = "", cursor: str = "", office: str = ""
) -> Response:
    """Show the board of an office, the own one by default, or a page of one part of it."""
    looking = await recorder(request)
    office = office or looking.who.office
    day = today()
    counts = await told(request, "/v1/next-actions/counts", office=office)
    names = [part] if part in _PARTS else list(_PARTS)
    asked = {"office": office, "officer": officer, "cursor": cursor, "limit": _MOST}
    found = await asyncio.gather(*(_found(request, name, asked | _asked(name, day)) for name in names))
    shown = [item for item in counts["items"] if officer in {"", item["officer"]}]
    return await page(
        request,
        "board.html",
        office=office,
        officer=officer,
        officers=[(item["officer"], item["officer"]) for item in counts["items"] if item["officer"]],
        counts=counts["items"],
        total={name: sum(item[name] for item in shown) for name in _PARTS},
        parts={name: _part(name, listed, tongue(request)) for name, listed in zip(names, found, strict=True)},
        names=_PARTS,
        part=part if part in _PARTS else "",
        titles=TITLES,
        day=day.isoformat(),
    )


async def _found(request: Request, part: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Return a page of a part; pages of nothing but rounds, which another part tells of, are passed over."""
    found: dict[str, Any] = await told(request, "/v1/next-actions", **asked)
    for _ in range(_PASSED_OVER):
        if _of_part(part, found) or not found["next"]:
            break
        found = await told(request, "/v1/next-actions", **asked | {"cursor": found["next"], "limit": 200})
    return found


def _of_part(part: str, listed: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for item in listed["items"] if part != "overdue" or item["action"] != "hold"]


def _asked(part: str, day: date) -> dict[str, Any]:
    match part:
        case "overdue":
            return {"overdue": True}
        case "waiting":
            return {"overdue": True, "action": "hold"}
        case "due_soon":
            return {"due_from": day, "due_before": day + timedelta(WEEK + 1)}
    return {"due_from": day, "action": "hold"}


def _part(name: str, listed: dict[str, Any], language: Language) -> dict[str, Any]:
    rows = [item | _named(item["action"], language) for item in _of_part(name, listed)]
    return {"rows": rows, "next": listed["next"]}


def _named(name: str, language: Language) -> dict[str, Any]:
    return {"name": capital(action(name, language)), "forms": forms_of(name)}
