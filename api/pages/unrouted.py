"""What a browser is shown where there is no page."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.pages.routing import in_tongue, problem_page, wants_page
from api.problems import HANDLERS


async def unrouted(request: Request, error: HTTPException) -> Response:
    """Answer a path or a method that there is not: by a page to a browser, else by a problem."""
    if wants_page(request):
        return await problem_page(in_tongue(request), error)
    answer: Response = await HANDLERS[HTTPException](request, error)
    return answer
