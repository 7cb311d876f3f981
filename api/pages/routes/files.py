"""The pages' own files: styles, scripts, pictures."""

from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import Response

from api.answers import FOR_EVER
from api.problems import Problem

router = APIRouter(include_in_schema=False)

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@router.get("/static/{name}")
async def send_file(name: str) -> Response:
    """Send a file; a page names it by what is in it, so a browser keeps it."""
    file = files("api.pages").joinpath("static", name)
    kind = _TYPES.get("." + name.rpartition(".")[2])
    if kind is None or "/" in name or not file.is_file():
        raise Problem("path-not-found", "there is no such file")
    return Response(file.read_bytes(), media_type=kind, headers={"Cache-Control": FOR_EVER})
