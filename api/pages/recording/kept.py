"""What was typed, kept where even its form cannot be shown: the database is away or too busy."""

from collections.abc import Mapping

from psycopg import OperationalError
from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import Visitor
from api.pages.forms import OWN
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.problems import Problem
from api.who import PUBLIC

UNREADY = (Problem, OperationalError)
"""What a page meets that cannot be told anything."""


async def kept(request: Request, form: Mapping[str, str], error: Exception) -> Response:
    """Return a page that keeps what a form holds and sends it again."""
    away = Problem("database-away", "the database does not answer: try again soon")
    refused = refusal(request, error if isinstance(error, Problem) else away)
    looking = Visitor(PUBLIC, form.get("csrf_token", ""))
    fields = {name: value for name, value in form.items() if name not in OWN}
    return await page(
        request,
        "kept.html",
        status=refused["status"],
        headers={"Retry-After": "1"},
        seen_by=looking,
        form=form,
        fields=fields,
        refused=refused,
    )
