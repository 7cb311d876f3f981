"""What remains unsold, and all assets: a search as a form that is an address, with counts and ladders."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.asking import told
from api.pages.charts.sparkline import sparkline
from api.pages.facets import facets
from api.pages.feed import FEED, feed_search
from api.pages.refusals import refusal
from api.pages.rendering import page, with_query
from api.pages.routing import router as pages
from api.pages.searching import ASKABLE, NAMES, TIMES, Search, clean_address, search, shown
from api.pages.words import tongue
from api.problems import Problem
from auctions.domain.asset.possible import Stage
from auctions.rules.kinds import asset_kinds

router = pages()

_ROWS = 25
_COUNTED_AT_ONCE = 50_000
"""Unsold assets up to which any search is counted as it is shown."""
_KEPT_COUNTS = {"kind", "province", "as_of", "sort"}
"""What the unsold are counted by beforehand, and what does not change their number."""
_DOWNLOADS = ("csv", "xlsx", "geojson")


@router.get("/")
async def show_unsold(request: Request) -> Response:
    """Show what remains unsold."""
    return await _shown(request, search(request, unsold="true"))


@router.get("/assets")
async def show_assets(request: Request) -> Response:
    """Show all assets, those that were sold or left otherwise too."""
    return await _shown(request, search(request))


async def _shown(request: Request, found: Search) -> Response:
    if clean := clean_address(request, found):
        return RedirectResponse(clean, 303)
    unsold = (await told(request, "/v1/assets", unsold=True, facets=True, limit=1))["facets"]
    choices = _choices(unsold)
    try:
        listed = await _listed(request, found, counted=_counted(found, unsold["total"]["n"]))
    except Problem as problem:
        refused = refusal(request, problem, ASKABLE)
        about = {"status": refused["status"], "headers": problem.headers, "refused": refused}
        return await _page(request, found, choices, **about)
    return await _page(request, found, choices, **listed)


def _counted(found: Search, unsold: int) -> bool:
    """Tell whether all that is found is counted: for the first page alone, and where it takes no time."""
    kept = bool(found.fixed) and set(found.asked) <= _KEPT_COUNTS
    return not found.cursor and (found.counted or kept or unsold <= _COUNTED_AT_ONCE)


async def _listed(request: Request, found: Search, *, counted: bool) -> dict[str, Any]:
    asked = dict(found.whole, cursor=found.cursor, facets=counted, limit=_ROWS)
    listed = await told(request, "/v1/assets", **asked)
    return {
        "listed": listed,
        "ladders": await _ladders(request, found, listed),
        "facets": facets(found, listed["facets"]) if counted else {},
    }


async def _ladders(request: Request, found: Search, listed: Mapping[str, Any]) -> dict[str, str]:
    ids = [item["asset_id"] for item in listed["items"]]
    if not ids:
        return {}
    times = {name: value for name, value in found.asked.items() if name in TIMES}
    ladders = await told(request, "/v1/ladders", asset_id=ids, **times)
    return {each["asset_id"]: sparkline(each["steps"], listed["as_of"]) for each in ladders["items"]}


def _choices(unsold: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the values that a form offers; the provinces are those of unsold assets."""
    return {
        "kind": sorted(asset_kinds()),
        "province": sorted(each["value"] for each in unsold["province"] if each["value"]),
        "stage": [stage.value for stage in Stage if stage is not Stage.UNFILED],
    }


async def _page(
    request: Request,
    found: Search,
    choices: dict[str, list[str]],
    **about: Any,  # noqa: ANN401 - what the page shows
) -> Response:
    subscribed = feed_search(found.whole)
    return await page(
        request,
        "search.html",
        **{"refused": None, "listed": None, "ladders": {}, "facets": {}} | about,
        found=found,
        names=NAMES,
        form=shown(found, tongue(request)),
        choices=choices,
        downloads={kind: with_query(f"/v1/assets.{kind}", found.whole) for kind in _DOWNLOADS},
        feed=with_query(FEED, subscribed),
        site=str(request.base_url).rstrip("/"),
    )
