"""The words of the pages: English in the templates, Vietnamese in `texts/*.po`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.pofile import read_po
from starlette.requests import Request

from api.languages import Language, language

COOKIE = "auctions-language"
"""The cookie that keeps the language somebody chose."""


def tongue(request: Request) -> Language:
    """Return the language of a page: the one chosen, else the browser's, else Vietnamese."""
    chosen = request.cookies.get(COOKIE)
    if chosen in {"vi", "en"}:
        return "en" if chosen == "en" else "vi"
    return language(request.headers.get("accept-language") or "vi")


@cache
def vietnamese() -> Mapping[str, str]:
    """Return the Vietnamese of every English text of the pages."""
    found: dict[str, str] = {}
    for file in files("api.pages").joinpath("texts").iterdir():
        if file.name.endswith(".po"):
            for message in read_po(BytesIO(file.read_bytes())):
                if message.id and isinstance(message.string, str):
                    found[str(message.id)] = message.string
    return found


def said(text: str, language: Language) -> str:
    """Return an English text of the pages in a language."""
    return text if language == "en" else vietnamese().get(text, text)


def marked(text: str) -> str:
    """Return an English text as it is: it stands in code, and is said where it is shown."""
    return text


def capital(text: str) -> str:
    """Return a text as it begins a line."""
    return text[:1].upper() + text[1:]
