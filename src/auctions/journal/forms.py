"""How the rows of each entry are read: a reader for every column that belongs to it, built once."""

from collections.abc import Mapping
from datetime import date, datetime
from types import UnionType
from typing import Annotated, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import AwareDatetime

from auctions.domain.asset.events import ENTRIES, Alias, AssetEntry
from auctions.journal.columns import ATTRIBUTES
from auctions.journal.compound import read_alias, read_list, read_shares
from auctions.journal.rows import Cell
from auctions.journal.values import (
    Reader,
    choice,
    read_day,
    read_decimal,
    read_text,
    read_time,
    read_whole,
    read_yes_no,
)
from auctions.rules.kinds import Attribute, asset_kinds

_READERS: dict[object, Reader] = {
    str: read_text,
    int: read_whole,
    bool: read_yes_no,
    date: read_day,
    datetime: read_time,
    AwareDatetime: read_time,
    tuple: read_list,
    dict: read_shares,
    Alias: read_alias,
}
_HEAD: dict[str, Reader] = dict.fromkeys(("asset_ref", "office", "together", "entry"), read_text)


class Form(NamedTuple):
    """The columns of one entry with their readers; where an asset is seized, those of its kind.

    `own` are the names of the fields of `cls`. Where the entry is unknown `cls` is None, and only the
    columns of every row are read.
    """

    title: str
    cls: type[AssetEntry] | None
    own: frozenset[str]
    fields: Mapping[str, Reader]
    attributes: Mapping[str, Reader]


def form_of(entry: Cell | None, kind: Cell | None) -> Form:
    """Return the form of `entry`; the `kind` counts where the entry is seized."""
    if entry == "seized" and isinstance(kind, str) and kind in _SEIZED:
        return _SEIZED[kind]
    return _FORMS.get(entry, _NO_ENTRY) if isinstance(entry, str) else _NO_ENTRY


def _reader(annotation: object) -> Reader:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType, Annotated):
        return _reader(args[0])
    if origin is Literal:
        return choice(*args)
    return _READERS[origin or annotation]


def _fields(cls: type[AssetEntry]) -> dict[str, Reader]:
    readers = {
        name: _reader(field.annotation) for name, field in cls.model_fields.items() if name != "attributes"
    }
    return readers | _HEAD


def _attributes(attributes: Mapping[str, Attribute]) -> dict[str, Reader]:
    readers = {"integer": read_whole, "decimal": read_decimal}
    return {name: readers.get(attribute.type, read_text) for name, attribute in attributes.items()}


def _form(name: str, cls: type[AssetEntry]) -> Form:
    has_attributes = "attributes" in cls.model_fields
    return Form(
        name,
        cls,
        frozenset(cls.model_fields),
        _fields(cls),
        _attributes(ATTRIBUTES) if has_attributes else {},
    )


def _seized(kind: str, attributes: Mapping[str, Attribute]) -> Form:
    return _FORMS["seized"]._replace(title=f"seized of the kind {kind}", attributes=_attributes(attributes))


_NO_ENTRY = Form("", None, frozenset(), {**_HEAD, "on": read_day}, {})
_FORMS = {name: _form(name, cls) for name, cls in ENTRIES.items()}
_FORMS["seized"] = _FORMS["seized"]._replace(
    fields={**_FORMS["seized"].fields, "kind": choice(*asset_kinds())},
)
_SEIZED = {kind.name: _seized(kind.name, kind.attributes) for kind in asset_kinds().values()}
