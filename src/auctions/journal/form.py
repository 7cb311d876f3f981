"""From a row to its entry, by shape alone: types, choices, what is missing and what does not belong."""

from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from auctions.domain.asset.events import ENTRIES, AssetEntry
from auctions.domain.event import Day, Reference
from auctions.journal.columns import COLUMNS, nearest
from auctions.journal.forms import Form, form_of
from auctions.journal.opened import opened
from auctions.journal.problems import Problem, Unfit, shown
from auctions.journal.rows import Cell, Row

_M = TypeVar("_M", bound=BaseModel)
_CODES = {
    "missing": ("missing-value", "a value is expected here"),
    "greater_than_equal": ("out-of-range", "expected {ge} or more"),
    "less_than_equal": ("out-of-range", "expected {le} or less"),
    "string_too_short": ("missing-value", "a value is expected here"),
    "too_short": ("too-few-values", "expected {min_length} values or more, separated by semicolons"),
    "string_too_long": ("text-too-long", "expected at most {max_length} characters"),
    "string_pattern_mismatch": ("control-character", "expected text without control characters"),
    "string_unicode": ("control-character", "expected text without control characters"),
}
_PATTERNS = {
    ("alias", "scheme"): ("wrong-alias", "expected a scheme in small letters, such as certificate_no"),
    ("sha256",): ("wrong-digest", "expected 64 hexadecimal digits in small letters"),
    ("media_type",): ("wrong-media-type", "expected a type in small letters, such as application/pdf"),
}


class Parsed(NamedTuple):
    """A row of the right shape: whose asset it is, with what it is recorded together, and the entry."""

    row: int
    asset_ref: str
    office: str | None
    together: str | None
    entry: AssetEntry


class _Head(BaseModel):
    """What every row has beside the fields of its entry."""

    model_config = ConfigDict(strict=True)
    asset_ref: Reference
    office: Reference | None = None
    together: Reference | None = None


_HEAD = ("asset_ref", "office", "together")


class _Day(BaseModel):
    """The legal day of a row whose entry is unknown."""

    model_config = ConfigDict(strict=True)
    on: Day


class _Fault(NamedTuple):
    column: str
    code: str
    message: str


def parse(row: Row) -> Parsed | list[Problem]:
    """Return the entry of `row`, or everything that is wrong with the row.

    Only the shape is looked at, not what else the asset's file holds.
    """
    faults: list[_Fault] = []
    cells = _opened(row.cells, faults)
    form = form_of(cells.get("entry"), cells.get("kind"))
    values = _values(form, cells, faults)
    head = _head(values, faults)
    entry = _entry(form, values, faults)
    if head is None or entry is None or faults:
        return _problems(row, cells, faults)
    return Parsed(row.row, head.asset_ref, head.office, head.together, entry)


def _opened(cells: dict[str, Cell], faults: list[_Fault]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for column, cell in cells.items():
        value: Cell | None = cell
        if isinstance(cell, str):
            try:
                value = opened(cell.strip())
            except Unfit as fault:
                faults.append(_Fault(column, fault.code, fault.message))
                continue
        if value is not None and value != "":
            found[column] = value
    return found


def _values(form: Form, cells: dict[str, Cell], faults: list[_Fault]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    for column, cell in cells.items():
        try:
            if column in form.fields:
                values[column] = form.fields[column](cell)
            elif column in form.attributes:
                attributes[column] = form.attributes[column](cell)
            else:
                _refuse(form, column)
        except Unfit as fault:
            faults.append(_Fault(column, fault.code, fault.message))
    if attributes:
        values["attributes"] = attributes
    return values


def _refuse(form: Form, column: str) -> None:
    if column not in COLUMNS:
        hint = nearest(column, COLUMNS)
        raise Unfit("unknown-column", f"{shown(column)} is no column of the journal form{hint}")
    if form.cls is not None:
        own = ", ".join(name for name in COLUMNS if name in form.fields or name in form.attributes)
        raise Unfit("value-not-expected", f"{column} does not belong to {form.title}, which has {own}")


def _head(values: dict[str, Any], faults: list[_Fault]) -> _Head | None:
    return _validated(_Head, {name: values[name] for name in _HEAD if name in values}, faults)


def _entry(form: Form, values: dict[str, Any], faults: list[_Fault]) -> AssetEntry | None:
    if form.cls is None:
        _validated(_Day, {name: values[name] for name in ("on",) if name in values}, faults)
        _add(faults, [_no_entry(values.get("entry"))])
        return None
    return _validated(form.cls, {name: value for name, value in values.items() if name in form.own}, faults)


def _no_entry(name: str | None) -> _Fault:
    if name is None:
        return _Fault("entry", "missing-value", f"an entry is expected here: {', '.join(ENTRIES)}")
    hint = nearest(name, ENTRIES)
    return _Fault("entry", "unknown-entry", f"{shown(name)} is no entry of the journal form{hint}")


def _validated(model: type[_M], values: dict[str, Any], faults: list[_Fault]) -> _M | None:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        _add(faults, [_fault(detail) for detail in error.errors() if detail["type"] in _CODES])
        return None


def _add(faults: list[_Fault], found: list[_Fault]) -> None:
    told = {fault.column for fault in faults}
    faults += [fault for fault in found if fault.column not in told]


def _fault(detail: ErrorDetails) -> _Fault:
    column, *inner = place = tuple(map(str, detail["loc"]))
    code, expected = _CODES[detail["type"]]
    if detail["type"] == "string_pattern_mismatch":
        code, expected = _PATTERNS.get(place, (code, expected))
    message = expected.format_map(detail.get("ctx", {}))
    return _Fault(inner[0] if column == "attributes" else column, code, message)


def _problems(row: Row, cells: dict[str, Cell], faults: list[_Fault]) -> list[Problem]:
    asset_ref, entry = (_known(cells.get(name)) for name in ("asset_ref", "entry"))
    return [Problem(row.row, *fault, asset_ref, entry) for fault in faults]


def _known(value: Cell | None) -> str | None:
    return None if value is None else str(value)[:200]
