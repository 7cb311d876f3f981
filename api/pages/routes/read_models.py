"""How far the read models are, and letting one that stands still try again."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.asking import sent, told
from api.pages.forms import fresh, posted
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.problems import Problem

router = pages()

_PATH = "/administration/read-models"


@router.get(_PATH)
async def show_read_models(request: Request) -> Response:
    """Show how far each read model is, and why one stands still if it does."""
    return await _page(request)


@router.post(_PATH)
async def retry_read_model(request: Request) -> Response:
    """Let a read model try again."""
    form = await posted(request)
    try:
        await sent(request, f"/v1/read-models/{form.get('name', '')}/retries", form=form)
    except Problem as problem:
        return await _page(request, refusal(request, problem))
    return RedirectResponse(_PATH, 303)


async def _page(request: Request, refused: dict[str, object] | None = None) -> Response:
    health = await told(request, "/v1/read-models")
    status = 200 if refused is None else int(str(refused["status"]))
    return await page(
        request, "read_models.html", status=status, health=health, form=fresh(), refused=refused
    )
