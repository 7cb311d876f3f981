"""Texts that the fonts of the printed dossier can show, all that anybody may have recorded."""

import re
import unicodedata
from typing import Any

_SHOWN = (
    r"\n -~\u00a0-\u00ac\u00ae-\u0377\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0400-\u04ff\u1e00-\u1eff"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u22ff"
)
"""What the fonts within typst have: Latin with Vietnamese, Greek, Cyrillic, signs."""
_NOT_SHOWN = re.compile(f"[^{_SHOWN}]")
_LONG = re.compile(r"\S{24}(?=\S)")
_MAY_BREAK = "\u200b"


def printable(part: Any) -> Any:  # noqa: ANN401 - any part of what is JSON-ready
    """Return what is JSON-ready with texts that can be printed.

    A character without a glyph stands as its number, such as [U+1F6A2]; very long words may be broken.
    """
    match part:
        case dict():
            return {name: printable(value) for name, value in part.items()}
        case list() | tuple():
            return [printable(each) for each in part]
        case str():
            return _LONG.sub(rf"\g<0>{_MAY_BREAK}", shown(part))
    return part


def shown(text: str) -> str:
    """Return a text that can be printed and copied as it is, but for characters without a glyph."""
    return _NOT_SHOWN.sub(_number, unicodedata.normalize("NFC", text))


def _number(found: re.Match[str]) -> str:
    return " " if found[0].isspace() else f"[U+{ord(found[0]):04X}]"
