"""The language of the pages, as somebody chooses it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.forms import posted
from api.pages.local import local
from api.pages.routing import router as pages
from api.pages.words import COOKIE

router = pages()

_YEAR = 365 * 24 * 3600


@router.post("/language")
async def choose_language(request: Request) -> Response:
    """Keep the language that is chosen and go back to the page."""
    form = await posted(request)
    answer = RedirectResponse(local(form.get("return_to", "")), 303)
    chosen = "en" if form.get("language") == "en" else "vi"
    answer.set_cookie(COOKIE, chosen, _YEAR, httponly=True, samesite="lax", path="/")
    return answer
