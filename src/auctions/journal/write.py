"""Writes a register in the journal form: identical rows make identical bytes."""

import csv
import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from auctions.domain.asset.events import Alias, AssetEntry
from auctions.journal.rows import Cell
from auctions.journal.texts import flat, plain

Cells = dict[str, Cell]


def cells(asset_ref: str, office: str | None, entry: AssetEntry, together: str | None = None) -> Cells:
    """Return the row of `entry` by column; what is absent is left out.

    Values are text, whole numbers, true or false, lists and objects, as JSON lines hold them. A text that a
    sheet would change or run is written `json:"…"`.
    """
    row: dict[str, Any] = {"asset_ref": asset_ref, "office": office, "entry": entry.entry_name()}
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        row.update(value if name == "attributes" else {name: value})
    row["together"] = together
    return {name: _cell(value) for name, value in row.items() if value not in (None, (), {})}


def _cell(value: Any) -> Cell:  # noqa: ANN401 - the value of any field
    match value:
        case str():
            return plain(value)
        case int():
            return value
        case tuple():
            return list(value)
        case dict():
            return dict(sorted(value.items()))
        case Alias():
            return value.model_dump()
    return str(value.isoformat())


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    """Write `rows` as CSV with commas and LF; open `out` as UTF-8 with newline="".

    Raise ValueError where a row has another column than `columns`, or a value is too long for a cell.
    """
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: flat(name, value) for name, value in row.items()} for row in rows)


def write_jsonl(out: TextIO, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    """Write `rows` as JSON lines, keys in the order of `columns`; open `out` as UTF-8 with newline="".

    Raise ValueError where a row has another column than `columns`.
    """
    for row in rows:
        refuse_others(columns, row)
        ordered = {name: row[name] for name in columns if name in row}
        out.write(json.dumps(ordered, ensure_ascii=False, separators=(",", ":")) + "\n")


def refuse_others(columns: Sequence[str], row: Cells) -> None:
    """Raise ValueError where `row` has a column that is none of `columns`."""
    others = row.keys() - set(columns)
    if others:
        raise ValueError(f"no column for {', '.join(sorted(others))}")
