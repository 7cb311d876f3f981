"""/problems: every kind of problem at the URL that is its type, in the reader's language."""

from html import escape

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.languages import language
from api.problem_kinds import KINDS
from api.problems import Problem

router = APIRouter(prefix="/problems", include_in_schema=False)

_WORDS = {"en": ("Problems", "Status", "All problems"), "vi": ("Các vấn đề", "Mã trạng thái", "Mọi vấn đề")}
_PAGE = """<!doctype html>
<html lang="{tongue}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>
{content}
</body></html>
"""


@router.get("")
async def list_problems(request: Request) -> HTMLResponse:
    """List every kind of problem."""
    tongue = language(request.headers.get("accept-language", ""))
    lines = [
        f'<li><a href="/problems/{code}">{code}</a>: {escape(kind.vi if tongue == "vi" else kind.en)}</li>'
        for code, kind in sorted(KINDS.items())
    ]
    return _page(tongue, _WORDS[tongue][0], f"<ul>{''.join(lines)}</ul>")


@router.get("/{code}")
async def show_problem(request: Request, code: str) -> HTMLResponse:
    """Tell what a kind of problem means and what to do about it."""
    kind = KINDS.get(code)
    if kind is None:
        raise Problem("path-not-found", "no such kind of problem: /problems lists all")
    tongue = language(request.headers.get("accept-language", ""))
    title, advice = (kind.vi, kind.do_vi) if tongue == "vi" else (kind.en, kind.do_en)
    _, status, others = _WORDS[tongue]
    content = (
        f"<p>{status}: {kind.status}; <code>{code}</code></p>\n<p>{escape(advice)}</p>\n"
        f'<p><a href="/problems">{others}</a></p>'
    )
    return _page(tongue, title, content)


def _page(tongue: str, title: str, content: str) -> HTMLResponse:
    headers = {
        "Content-Language": tongue,
        "Vary": "Accept-Language",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }
    return HTMLResponse(_PAGE.format(tongue=tongue, title=escape(title), content=content), headers=headers)
