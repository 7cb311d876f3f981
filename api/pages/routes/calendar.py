"""The calendar: auction rounds to come and deadlines, month by month."""

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import told
from api.pages.forms import question
from api.pages.months import after, before, begin_of, month
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import tongue
from api.problems import Problem
from auctions.application.recording import today

router = pages()

_ASKED = ("office", "officer", "action")
_LIMIT = 200


@router.get("/calendar")
async def show_calendar(request: Request) -> Response:
    """Show what falls on the days of a month, at most 200 at a time."""
    form = question(request, (*_ASKED, "month"))
    begin = begin_of(form["month"], today())
    form["month"] = f"{begin:%Y-%m}"
    chosen = {name: form[name] for name in _ASKED}
    asked = {"due_from": begin, "due_before": after(begin), "limit": _LIMIT, **chosen}
    shown: dict[str, Any] = {"form": form, "chosen": chosen, "refused": None, "status": 200, "headers": {}}
    try:
        found = await told(request, "/v1/next-actions", cursor=request.query_params.get("cursor"), **asked)
    except Problem as problem:
        found = {"items": [], "next": None, "as_of": today().isoformat()}
        shown["refused"] = refusal(request, problem, form)
        shown |= {"status": shown["refused"]["status"], "headers": problem.headers}
    return await page(
        request,
        "calendar.html",
        found=found,
        continued="cursor" in request.query_params and not shown["refused"],
        month=month(begin, found["items"], date.fromisoformat(found["as_of"]), tongue(request)),
        earlier=f"{before(begin):%Y-%m}",
        later=f"{after(begin):%Y-%m}",
        **shown,
    )
