"""The bodies of commands: an entry's fields as JSON, checked in one go, each fault with its JSON pointer."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

import orjson
from pydantic import BaseModel, ValidationError

from api.body_faults import body_fault
from api.models_of_strikes import Strike
from api.problems import Fault, Problem
from auctions.domain.asset.events import ENTRIES, AssetEntry

Schema = dict[str, Any]
_Form = TypeVar("_Form", bound=BaseModel)
_PROPOSED: Mapping[str, type[AssetEntry | Strike]] = {**ENTRIES, Strike.entry_name(): Strike}


def parsed(cls: type[_Form], body: bytes, within: str = "") -> _Form:
    """Return what a body tells of. Raises Problem `body-refused`; `within` is where it stands."""
    try:
        return cls.model_validate_json(body)
    except ValidationError as error:
        given = _loaded(body)
        faults = [body_fault(found, given, within) for found in error.errors(include_url=False)]
        raise _refused(faults) from error


def together(body: bytes) -> list[AssetEntry]:
    """Return the entries of `{"entries": [{"entry": NAME, ...}]}`, recorded together. Raises Problem."""
    return [_named(ENTRIES, each, f"/entries/{place}") for place, each in enumerate(_listed(body))]


def proposed(body: bytes) -> list[AssetEntry | Strike]:
    """Return the same with strikes that nobody has approved yet. Raises Problem where there is none."""
    entries = [_named(_PROPOSED, each, f"/entries/{place}") for place, each in enumerate(_listed(body))]
    if not any(isinstance(entry, Strike) for entry in entries):
        raise _refused([_expected("/entries", "a strike is expected among them")])
    return entries


def of_lot(body: bytes) -> dict[UUID, AssetEntry]:
    """Return the entry for each asset of `{"entries": [{"asset_id": ID, "entry": NAME, ...}]}`."""
    found: dict[UUID, AssetEntry] = {}
    for place, given in enumerate(_listed(body)):
        within = f"/entries/{place}"
        asset_id = _id(given, f"{within}/asset_id")
        if asset_id in found:
            raise _refused([_expected(f"{within}/asset_id", "each asset is expected once")])
        entry = {name: value for name, value in given.items() if name != "asset_id"}
        found[asset_id] = _named(ENTRIES, entry, within)
    return found


def _id(given: Any, pointer: str) -> UUID:  # noqa: ANN401 - any JSON
    try:
        return UUID(given["asset_id"])
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise _refused([_expected(pointer, "the asset's id is expected")]) from error


def _listed(body: bytes) -> list[Any]:
    given = _loaded(body)
    listed = given.get("entries") if isinstance(given, dict) else None
    if not isinstance(listed, list) or not listed or not isinstance(given, dict) or len(given) > 1:
        raise _refused(
            [_expected("/entries", 'a list of {"entry": NAME, ...} is expected, and nothing else')]
        )
    return listed


def _loaded(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _refused([Fault(None, "json-invalid", str(error), pointer="/")]) from error


def _named(classes: Mapping[str, type[_Form]], given: object, within: str) -> _Form:
    name = given.get("entry") if isinstance(given, dict) else None
    if not isinstance(given, dict) or not isinstance(name, str) or name not in ENTRIES:
        raise _refused([_expected(f"{within}/entry", f"one of {', '.join(ENTRIES)} is expected")])
    fields = {field: value for field, value in given.items() if field != "entry"}
    return parsed(classes[name], orjson.dumps(fields), within)


def _expected(pointer: str, detail: str) -> Fault:
    return Fault(None, "value-error", detail, pointer=pointer)


def _refused(faults: list[Fault]) -> Problem:
    return Problem("body-refused", "; ".join(f"{each.pointer}: {each.detail}" for each in faults), faults)


def schema(cls: type[BaseModel]) -> Schema:
    """Return the JSON schema of the fields of an entry or of a person."""
    whole = cls.model_json_schema()
    known = whole.pop("$defs", {})
    inlined: Schema = _inlined(whole, known)
    return inlined


def listed_schema(**more: Schema) -> Schema:
    """Return the JSON schema of `{"entries": [...]}`; `more` stands in each beside its entry's fields."""
    fields: Schema = {"entry": {"enum": list(ENTRIES)}, "on": {"type": "string", "format": "date"}}
    item = {"type": "object", "required": [*more, "entry", "on"], "properties": {**more, **fields}}
    entries = {"type": "array", "minItems": 1, "items": item}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["entries"],
        "properties": {"entries": entries},
    }


def proposed_schema() -> Schema:
    """Return the JSON schema of `{"entries": [...]}` with a strike among them."""
    whole = listed_schema()
    strike = {"required": ["entry"], "properties": {"entry": {"const": Strike.entry_name()}}}
    whole["properties"]["entries"]["contains"] = strike
    return whole


def _inlined(part: Any, known: dict[str, Schema]) -> Any:  # noqa: ANN401 - any part of a schema
    match part:
        case {"$ref": str(name)}:
            return _inlined(known[name.rpartition("/")[2]], known)
        case {"patternProperties": dict()} if "additionalProperties" not in part:
            return _inlined({**part, "additionalProperties": False}, known)
        case dict():
            return {key: _inlined(value, known) for key, value in part.items()}
        case list():
            return [_inlined(each, known) for each in part]
    return part
