"""What the text of a cell holds, before its column's type is looked at: text, JSON or a mishap."""

import json
import re
from typing import Any

from auctions.journal.problems import Unfit, shown
from auctions.journal.rows import Cell

_ERRORS = r"#(?:N/A|NAME\?|NULL!|NUM!|VALUE!|REF!|DIV/0!|SPILL!|CALC!|GETTING_DATA)"
SPECIAL = re.compile(rf"=|json:|{_ERRORS}$|-?\d(?:[.,]\d+)?[eE]\+\d+$")
"""Texts that stand for something else than themselves."""


def opened(text: str) -> Cell:
    """Return what the text of a cell holds: itself, or after `json:` the value written as JSON."""
    if SPECIAL.match(text) is None:
        return text
    if text.startswith("="):
        raise Unfit("formula-cell", "the cell holds a formula: expected its value")
    if text.startswith("#"):
        raise Unfit("cell-error", f"the cell holds a spreadsheet's error {shown(text)}: expected a value")
    if text.startswith("json:"):
        value: Cell = from_json(text[5:])
        return value
    raise rounded(text)


def from_json(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value; a fraction stays text as written, a key named twice is refused."""
    try:
        return json.loads(text, parse_float=str, parse_constant=_no_constant, object_pairs_hook=named_once)
    except (ValueError, RecursionError) as error:
        raise Unfit("wrong-json", f"expected JSON: {error}") from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return `pairs` as a dict; refuse a name that stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Unfit("duplicate-key", f"{shown(twice)} is named more than once")
    return found


def rounded(text: str) -> Unfit:
    """Return the refusal of a number whose last digits a spreadsheet has dropped."""
    hint = "format the column as text and enter all digits"
    return Unfit("rounded-number", f"{shown(text)} is a number that a spreadsheet has rounded: {hint}")
