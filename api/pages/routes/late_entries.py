"""Who recorded late."""

from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import told
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.problems import Problem

router = pages()

_MOST = 200
"""Rows that a page shows."""


@router.get("/late-entries")
async def show_late_entries(
    request: Request, office: str = "", days: str = "7", known_at: str = ""
) -> Response:
    """Show how many entries were recorded late, by office and person, the most first."""
    form = {"office": office, "days": days, "known_at": known_at}
    refused, found = None, None
    try:
        found = await told(request, "/v1/late-entries", **form)
    except Problem as problem:
        refused = refusal(request, problem, form)
    status = refused["status"] if refused else 200
    return await page(
        request, "late_entries.html", status=status, form=form, refused=refused, found=found, most=_MOST
    )
