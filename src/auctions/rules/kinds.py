"""Asset kinds and their attributes, read from asset_kinds.toml."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

_DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_VESSEL_NO = re.compile(r"[A-ZĐ][A-Za-zĐ]{0,3}-[0-9]{5}-TS")


AttributeType = Literal["text", "integer", "decimal", "vessel_no"]


class Attribute(NamedTuple):
    """One attribute of a kind: its type and what it is called in Vietnamese and English."""

    type: AttributeType
    vi: str
    en: str

    def fits(self, value: str | int) -> bool:
        """Tell whether `value` has the attribute's type; a decimal is text such as 36.6."""
        match self.type:
            case "integer":
                return isinstance(value, int)
            case "decimal":
                return isinstance(value, str) and _DECIMAL.fullmatch(value) is not None
            case "text" | "vessel_no":
                return isinstance(value, str)


class Kind(NamedTuple):
    """A kind of asset, movable or real estate, with its attributes by name."""

    name: str
    vi: str
    en: str
    movable: bool
    attributes: Mapping[str, Attribute]


@cache
def asset_kinds() -> Mapping[str, Kind]:
    """Return every kind of asset by its name, as asset_kinds.toml lists them."""
    tables = tomllib.loads(files("auctions.rules").joinpath("asset_kinds.toml").read_text(encoding="utf-8"))
    return {name: _kind(name, table) for name, table in tables.items()}


def _kind(name: str, table: dict[str, Any]) -> Kind:
    attributes = {
        key: Attribute(words["type"], words["vi"], words["en"]) for key, words in table["attributes"].items()
    }
    return Kind(name, table["vi"], table["en"], table["movable"], attributes)


def is_regular_vessel_no(value: str) -> bool:
    """Tell whether a registration number has the form of Circular 23/2018 art 20(4), as many have not."""
    return _VESSEL_NO.fullmatch(value) is not None
