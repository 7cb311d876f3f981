"""Decree 67 vessels: what of a loan value was appraised, is asked now, and was brought by the hammer."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import told
from api.pages.charts.vessels import vessels
from api.pages.forms import question
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routes.decline import provinces
from api.pages.routing import router as pages
from api.pages.words import marked, said, tongue
from api.problems import Problem

router = pages()

_ASKED = ("province", "office", "year", "as_of", "known_at")
_SHARES = ("first_of_loan", "of_loan", "sold_of_loan")
_ROWS = 25
_TITLE = marked("Each vessel as a share of its loan value")


@router.get("/decline/vessels")
async def show_vessels(request: Request) -> Response:
    """Show vessels with a loan value, those with the least of it first, some at a time."""
    form = question(request, _ASKED)
    choices = {"form": form, "provinces": await provinces(request, form["province"])}
    try:
        answer = await told(request, "/v1/decline/vessels", **form)
    except Problem as problem:
        refused = refusal(request, problem, form)
        shown: dict[str, Any] = {"refused": refused, "answer": None, **choices}
        return await page(
            request, "decline_vessels.html", status=refused["status"], headers=problem.headers, **shown
        )
    shown = {"refused": None, "answer": answer, **choices, **_listed(request, answer["items"])}
    return await page(request, "decline_vessels.html", **shown)


def _listed(request: Request, found: list[Mapping[str, Any]]) -> dict[str, Any]:
    ordered = sorted(found, key=_left)
    begin = _begin(request.query_params.get("after", ""))
    shown, most = ordered[begin : begin + _ROWS], max(map(_most, ordered), default=0)
    language = tongue(request)
    picture = vessels(shown, most, said(_TITLE, language), language) if shown else ""
    following = begin + _ROWS if begin + _ROWS < len(ordered) else None
    return {"shown": shown, "begin": begin, "of": len(ordered), "following": following, "picture": picture}


def _begin(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 6 else 0  # noqa: PLR2004 - digits enough


def _left(vessel: Mapping[str, Any]) -> tuple[bool, float, str]:
    """Return the place of a vessel: by what is left of the loan value, those without any price last."""
    left = vessel["of_loan"] if vessel["sold_of_loan"] is None else vessel["sold_of_loan"]
    return left is None, left or 0, vessel["asset_ref"]


def _most(vessel: Mapping[str, Any]) -> float:
    return max(vessel[name] or 0 for name in _SHARES)
