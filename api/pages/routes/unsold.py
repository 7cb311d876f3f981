"""What remains unsold: the first page."""

from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import told
from api.pages.rendering import page
from api.pages.routing import router as pages

router = pages()


@router.get("/")
async def show_unsold(request: Request) -> Response:
    """Show what remains unsold."""
    found = await told(request, "/v1/assets", unsold=True, facets=True, limit=25)
    return await page(request, "unsold.html", found=found)
