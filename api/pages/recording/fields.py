"""The fields of an entry as a form has them, and what is typed into them as the entry's JSON."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from api.dossiers.fields import field as field_name
from api.dossiers.words import word
from api.languages import Language
from api.pages.forms import whole
from api.pages.money import dong
from api.pages.recording.titles import LABELS
from api.pages.words import capital, said
from auctions.domain.asset.events import ENTRIES, Alias, Attributes
from auctions.domain.asset.words import choice_of
from auctions.domain.event import Day, Moment, Text
from auctions.domain.money import Dong, Price
from auctions.rules.kinds import asset_kinds

ATTRIBUTE = "attribute-"
"""Before the name of an attribute of the kind, as a form's field."""
_TYPES: list[tuple[object, str]] = [
    (Day, "day"),
    (Moment, "moment"),
    (Dong, "dong"),
    (Price, "dong"),
    (Text, "text"),
    (bool, "choice"),
    (Alias, "alias"),
    (Attributes, "attributes"),
]
_OF = ((Literal, "choice"), (tuple, "lines"), (dict, "shares"))
_APART = {"form": "auction_form"}
"""Fields under another name in a form: by that one, signing in again knows the page of the form."""
_OWN = {name: field for field, name in _APART.items()}
_LAST = ("basis", "note")
"""Fields of all entries, which stand last."""


class Input(NamedTuple):
    """One field of a form; `kind` is what is typed, such as day, dong or lines."""

    name: str
    kind: str
    label: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()


def inputs(entry: str, language: Language, kind: str = "") -> list[Input]:
    """Return the fields of the form of an entry; `kind` is the asset's, by which it has attributes."""
    cls = ENTRIES[entry]
    hints = get_type_hints(cls, include_extras=True)
    names = [name for name in cls.model_fields if name not in _LAST]
    found: list[Input] = []
    for name in [*names, *_LAST]:
        found += _inputs(entry, name, hints[name], language, kind)
    return found


def _inputs(entry: str, name: str, hint: object, language: Language, kind: str) -> Iterator[Input]:
    asked = _asked(hint)
    required = ENTRIES[entry].model_fields[name].is_required()
    match typed := _kind(asked):
        case "alias":
            for part in ("scheme", "value"):
                yield Input(part, "line", label(entry, part, language), required=True)
        case "attributes":
            yield from _attributes(kind, language)
        case "choice":
            options = tuple(_options(entry, name, asked, language))
            yield Input(_APART.get(name, name), typed, label(entry, name, language), required, options)
        case _:
            yield Input(name, typed, label(entry, name, language), required)


def _asked(hint: object) -> object:
    """Return what a field takes where it is filled in."""
    return (
        next((part for part in get_args(hint) if part is not type(None)), hint)
        if _may_be_none(hint)
        else hint
    )


def _may_be_none(hint: object) -> bool:
    return type(None) in get_args(hint)


def _kind(hint: object) -> str:
    known = next((kind for asked, kind in _TYPES if asked == hint), None)
    if known:
        return known
    origin = get_origin(hint)
    if origin is Annotated:
        return _kind(get_args(hint)[0])
    if hint is int:
        return "number"
    return next((kind for of, kind in _OF if origin is of), "line")


def _options(entry: str, name: str, hint: object, language: Language) -> Iterator[tuple[str, str]]:
    """Yield each choice with what it is called."""
    for value in get_args(hint) or (True, False):
        if name == "co_owned":
            told = word("yes" if value else "no_", language)
        else:
            told = word(value, language) if name == "form" else choice_of(entry, name, value, language)
        yield str(value).lower() if isinstance(value, bool) else value, capital(told)


def _attributes(kind: str, language: Language) -> Iterator[Input]:
    found = asset_kinds().get(kind)
    for name, attribute in found.attributes.items() if found else ():
        called = attribute.vi if language == "vi" else attribute.en
        typed = "number" if attribute.type == "integer" else "line"
        yield Input(ATTRIBUTE + name, typed, capital(called), required=False)


def input_of(field: str) -> str:
    """Return the name that a form has a field under."""
    return _APART.get(field, field)


def label(entry: str, name: str, language: Language) -> str:
    """Return what a field of an entry is called."""
    own = LABELS.get(f"{entry}.{name}") or LABELS.get(name)
    return said(own, language) if own else field_name(name, language)


def body(entry: str, form: Mapping[str, str], language: Language, kind: str = "") -> dict[str, Any]:
    """Return what is typed as the JSON of an entry; what cannot be read so is left as it is typed."""
    told: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    for each in inputs(entry, language, kind):
        typed = form.get(each.name, "").strip()
        if not typed:
            continue
        value = _value(each, typed)
        if each.name.startswith(ATTRIBUTE):
            attributes[each.name.removeprefix(ATTRIBUTE)] = value
        else:
            told[_OWN.get(each.name, each.name)] = value
    if attributes:
        told["attributes"] = attributes
    if entry == "identified":
        alias = {part: told.pop(part) for part in ("scheme", "value") if part in told}
        told["alias"] = alias
    return told


def _value(asked: Input, typed: str) -> Any:  # noqa: ANN401 - any JSON
    return _READ[asked.kind](typed) if asked.kind in _READ else typed


def _moment(typed: str) -> str:
    """Return a moment in Vietnam; a browser leaves the seconds out."""
    return f"{typed}:00+07:00" if typed.count(":") == 1 else f"{typed}+07:00"


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _amount(typed: str) -> int | str:
    found = dong(typed)
    return typed if found is None else found


def _shares(typed: str) -> dict[str, int | str]:
    parts = [line.rpartition("=") for line in _lines(typed)]
    return {party.strip(): _amount(amount.strip()) for party, _, amount in parts}


_READ: dict[str, Callable[[str], Any]] = {
    "dong": _amount,
    "number": whole,
    "moment": _moment,
    "lines": _lines,
    "shares": _shares,
    "choice": lambda typed: {"true": True, "false": False}.get(typed, typed),
}
