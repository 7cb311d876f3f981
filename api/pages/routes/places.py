"""Where unsold assets are: by province, by commune, as points where coordinates are known."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import told
from api.pages.charts.drawing import bar
from api.pages.charts.points import points
from api.pages.forms import question
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routes.decline import kinds
from api.pages.routing import router as pages
from api.pages.words import marked, said, tongue
from api.problems import Problem

router = pages()

_ASKED = ("province", "kind")
_MOST = 2000
"""Of so many assets at most the places are read: a map of more would show no point by itself."""
_TITLE = marked("Unsold assets by longitude and latitude")


@router.get("/places")
async def show_places(request: Request) -> Response:
    """Show where unsold assets are, and how many, with the sums of their prices."""
    form = question(request, _ASKED)
    shown: dict[str, Any] = {"form": form, "kinds": kinds(request), "bar": bar, "refused": None}
    try:
        found = await _found(request, form)
    except Problem as problem:
        refused = refusal(request, problem, form)
        shown |= {"refused": refused, "found": None}
        return await page(request, "places.html", status=refused["status"], headers=problem.headers, **shown)
    return await page(request, "places.html", **shown, **found)


async def _found(request: Request, form: dict[str, str]) -> dict[str, Any]:
    asked = {"unsold": True, **form}
    listed = await told(request, "/v1/assets", facets=True, limit=1, **asked)
    provinces = sorted(listed["facets"]["province"], key=lambda each: (-each["n"], each["value"]))
    communes = await told(request, "/v1/communes", **asked) if form["province"] else {"items": []}
    total = listed["facets"]["total"]
    return {
        "found": listed,
        "provinces": provinces,
        "communes": communes["items"],
        "total": total,
        **await _map(request, asked, total["n"]),
    }


async def _map(request: Request, asked: dict[str, Any], count: int) -> dict[str, Any]:
    """Return the map of assets with coordinates, and of how many it is; none of too many assets."""
    if not 0 < count <= _MOST:
        return {"map": None, "placed": None, "most": _MOST}
    file = await told(request, "/v1/assets.geojson", **asked)
    found: Sequence[Any] = [feature["geometry"]["coordinates"] for feature in file["features"]]
    language = tongue(request)
    drawn = points(found, said(_TITLE, language), language) if found else None
    return {"map": drawn, "placed": len(found), "most": _MOST}
