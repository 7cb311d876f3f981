"""The columns of the journal form, in the order in which a file has them."""

from collections.abc import Collection
from difflib import get_close_matches

from auctions.domain.asset.events import ENTRIES
from auctions.rules.kinds import Attribute, asset_kinds

HEAD = ("asset_ref", "office", "entry", "on")
TAIL = ("basis", "note", "together")
REQUIRED = ("asset_ref", "entry", "on")

ATTRIBUTES: dict[str, Attribute] = {
    name: attribute for kind in asset_kinds().values() for name, attribute in kind.attributes.items()
}
"""The attributes of all kinds; one name has one type in every kind that has it."""


def fields(name: str) -> list[str]:
    """Return the columns that belong to the entry `name` and not to every entry."""
    columns: list[str] = []
    for field in ENTRIES[name].model_fields:
        columns += ATTRIBUTES if field == "attributes" else [field]
    return [column for column in columns if column not in {"asset_ref", "on", "basis", "note"}]


def columns(names: Collection[str]) -> list[str]:
    """Return the columns of a file that holds the entries `names`, in the canonical order."""
    between = dict.fromkeys(column for name in ENTRIES if name in names for column in fields(name))
    return [*HEAD, *(column for column in between if column not in HEAD), *TAIL]


COLUMNS = tuple(columns(ENTRIES))
"""Every column of the journal form."""


def nearest(word: str, words: Collection[str]) -> str:
    """Return a hint at the one of `words` that is most like `word`, or nothing."""
    near = get_close_matches(word.lower(), words, n=1)
    return f"; did you mean {near[0]}?" if near else ""
