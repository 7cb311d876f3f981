"""Pages as they are written: a template, the words of a language, the menu of who looks at it."""

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.languages import Language
from api.pages.asking import Visitor, visitor
from api.pages.figures import Figures
from api.pages.menu import menu
from api.pages.words import said, tongue

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing comes from elsewhere, no script or style stands in a page."""
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
    "Vary": "Accept-Language, Authorization, Cookie",
}


async def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    seen_by: Visitor | None = None,
    **told: Any,  # noqa: ANN401 - what any template shows
) -> HTMLResponse:
    """Return a page written by a template with what it tells, in the language of who looks at it."""
    language = tongue(request)
    looking = seen_by or await visitor(request)
    written = (
        environment(language)
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            address=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            menu=menu(looking.who),
            who=looking.who,
            csrf_token=looking.csrf_token,
            **told,
        )
    )
    return HTMLResponse(written, status, {"Content-Language": language, **_HEADERS, **(headers or {})})


@cache
def environment(language: Language) -> Environment:
    """Return what templates of a language are written with."""
    made = Environment(
        loader=PackageLoader("api.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    in_language = partial(said, language=language)
    made.install_gettext_callables(in_language, partial(_one_or_many, language), newstyle=True)  # type: ignore[attr-defined]  # the extension's
    figures = Figures(language)
    made.filters.update(figures.filters())
    made.globals.update(language=language, static=static, with_query=with_query)
    return made


def _one_or_many(language: Language, one: str, many: str, count: int) -> str:
    return said(one if count == 1 else many, language)


@cache
def static(name: str) -> str:
    """Return the address of a file of ours, another one when the file has changed."""
    body = files("api.pages").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(body).hexdigest()[:12]}"


def with_query(path: str, *askings: Mapping[str, Any], **asked: Any) -> str:  # noqa: ANN401 - parameters of any page
    """Return an address with a query; later parameters replace earlier ones, what is empty is left out."""
    merged: dict[str, Any] = {}
    for asking in (*askings, asked):
        merged |= asking
    named = {name: value for name, value in merged.items() if value not in (None, "", [])}
    return f"{path}?{urlencode(named, doseq=True)}" if named else path
