"""What became known of a legal day between two knowledges."""

from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import told
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.state_words import in_words
from api.pages.words import tongue
from api.problems import Problem

router = pages()

_ASSETS = 12
"""Assets on a page."""


@router.get("/restatement")
async def show_restatement(
    request: Request, as_of: str = "", known_from: str = "", known_to: str = "", part: int = 1
) -> Response:
    """Show of which assets more, or other things, became known of a day: before, after, by which entries."""
    form = {"as_of": as_of, "known_from": known_from, "known_to": known_to}
    refused, found = None, None
    try:
        if known_from:
            knowledges = [known_from, known_to or await _now(request)]
            found = await told(request, "/v1/restatement", as_of=as_of, known_at=knowledges)
    except Problem as problem:
        refused = refusal(request, problem, form)
    assets = found["assets"] if found else []
    parts = max(-(-len(assets) // _ASSETS), 1)
    shown = min(max(part, 1), parts)
    return await page(
        request,
        "restatement.html",
        status=refused["status"] if refused else 200,
        form=form,
        refused=refused,
        found=found,
        assets=assets[(shown - 1) * _ASSETS : shown * _ASSETS],
        part=shown,
        parts=parts,
        **in_words(tongue(request)),
    )


async def _now(request: Request) -> int:
    position: int = (await told(request, "/v1/offices"))["known_at"]
    return position
