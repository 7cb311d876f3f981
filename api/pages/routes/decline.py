"""How value declined, over all assets or those asked for."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.pages import declined
from api.pages.asking import told
from api.pages.charts.drawing import bar
from api.pages.figures import Figures
from api.pages.forms import question
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import marked, said, tongue
from api.problems import Problem
from auctions.rules.kinds import asset_kinds

router = pages()

_GROUPS = 12
"""How many groups are drawn; all stand in the downloads."""

_ASKED = ("kind", "province", "office", "year", "regime", "by", "as_of", "known_at")
LEFT, ROUNDS = marked("Price left after each reduction"), marked("Not yet sold, by auction rounds")
DAYS, LOAN = marked("Not yet sold, by days"), marked("Vessels: price against the loan value")
FALLS = marked("When the price falls to costs and debts")


@router.get("/decline")
async def show_decline(request: Request) -> Response:
    """Show how value declined: what is left, how long a sale takes, what never sells, what it costs."""
    form = question(request, _ASKED)
    choices = {"kinds": kinds(request), "provinces": await provinces(request, form["province"])}
    try:
        answer = await told(request, "/v1/decline", **form)
    except Problem as problem:
        refused = refusal(request, problem, form)
        shown: dict[str, Any] = {"form": form, "refused": refused, "answer": None, **choices}
        return await page(request, "decline.html", status=refused["status"], headers=problem.headers, **shown)
    shown = {"form": form, "refused": None, "answer": answer, **choices, **_pictures(request, answer)}
    return await page(request, "decline.html", **shown)


def _pictures(request: Request, answer: dict[str, Any]) -> dict[str, Any]:
    language = tongue(request)
    groups = answer.get("groups") or []
    return {
        "reached": declined.told_point(answer["by_reductions"]),
        "left": declined.left_picture(answer, said(LEFT, language), language),
        "rounds": declined.curve(answer, "round", said(ROUNDS, language), language),
        "days": declined.curve(answer, "day", said(DAYS, language), language),
        "loan": declined.loan_picture(answer, said(LOAN, language), language),
        "falls": declined.falls_picture(answer, said(FALLS, language), language),
        "groups": declined.group_pictures(groups[:_GROUPS], language),
        "more_groups": len(groups[_GROUPS:]),
        "ends": declined.ends(answer["never_sold"]),
        "bar": bar,
    }


def kinds(request: Request) -> list[tuple[str, str]]:
    """Return every kind of asset with what it is called, to choose from."""
    figures = Figures(tongue(request))
    return [(name, figures.kind(name)) for name in asset_kinds()]


async def provinces(request: Request, chosen: str) -> list[tuple[str, str]]:
    """Return the provinces in which something is unsold, and the one chosen, to choose from."""
    found = await told(request, "/v1/assets", unsold=True, facets=True, limit=1)
    names = {counted["value"] for counted in found["facets"]["province"]} | {chosen}
    return [(name, name) for name in sorted(names) if name]
