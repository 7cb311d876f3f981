"""How values are written as the text of a cell, so that reading gives them back."""

import json
import re

from auctions.journal.opened import SPECIAL
from auctions.journal.rows import LONGEST_CELL, Cell

_ODD = re.compile(r"\A[=+\-@]|\r|_x[0-9A-Fa-f]{4}_|[\ufffe\uffff]")


def plain(text: str) -> str:
    """Return `text`, or `json:` and its JSON where reading would change it or a spreadsheet run it."""
    return text if _is_plain(text) else _escaped(text)


def _is_plain(text: str) -> bool:
    return bool(text) and text == text.strip() and not SPECIAL.match(text) and not _ODD.search(text)


def _escaped(value: Cell) -> str:
    return "json:" + json.dumps(value).replace("_", "\\u005f")


def flat(column: str, value: Cell) -> str:
    """Return `value` as the text of one cell of `column`.

    Raise ValueError where it is longer than the 32,767 characters that a cell takes.
    """
    text = _flat(column, value)
    if len(text) > LONGEST_CELL:
        raise ValueError(
            f"{column} takes {len(text)} characters, a cell at most {LONGEST_CELL}: write JSON lines"
        )
    return text


def _flat(column: str, value: Cell) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return _joined(value, value)
        case dict() if column == "alias":
            scheme, number = value["scheme"], value["value"]
            return f"{scheme}:{number}" if _is_plain(number) and scheme != "json" else _escaped(value)
        case dict():
            return _joined(value, [f"{party}={amount}" for party, amount in value.items()])
    return str(value)


def _joined(value: Cell, items: list[str]) -> str:
    text = ";".join(items)
    are_plain = all(_is_plain(item) and ";" not in item for item in items)
    return text if are_plain and _is_plain(text) else _escaped(value)
