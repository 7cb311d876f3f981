"""A first look around: six steps on the sample register, each to a real page."""

from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import told
from api.pages.rendering import page
from api.pages.routing import router as pages

router = pages()

VESSEL = ("BDI-0074", "BDI-KV1", "vessel")
"""Reference, office and kind of the vessel by which the sample register is known."""


@router.get("/tour")
async def show_tour(request: Request) -> Response:
    """Show the steps where the register is the sample, else how to see them."""
    ref, _, _ = VESSEL
    found = await told(request, "/v1/assets", q=ref, kind="vessel", limit=5)
    known = [item for item in found["items"] if (item["asset_ref"], item["office"], item["kind"]) == VESSEL]
    return await page(request, "tour.html", vessel=known[0] if known else None)
