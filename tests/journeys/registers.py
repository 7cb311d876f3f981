"""Registers that the tests write, in the three formats of the journal form."""

import csv
import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Cells = dict[str, Any]
FORMATS = ("csv", "xlsx", "jsonl")
BILLION = 1_000_000_000


def row(asset_ref: str, entry: str, on: str, **fields: Any) -> Cells:  # noqa: ANN401 - a cell's value
    return {"asset_ref": asset_ref, "entry": entry, "on": on, **fields}


def land(ref: str) -> list[Cells]:
    """Unsold: one round failed, the price reduced, the second round announced."""
    return [
        row(ref, "seized", "2024-01-05", office="KV-3", kind="land", province="Bình Định"),
        row(ref, "appraised", "2024-02-01", value=BILLION, method="appraiser"),
        row(ref, "round_announced", "2024-03-01", round_no=1, starting_price=BILLION),
        row(ref, "round_failed", "2024-04-01", round_no=1, reason="no_registrant"),
        row(ref, "price_reduced", "2024-04-15", to_price=900_000_000, decided_by="officer"),
        row(ref, "round_announced", "2024-05-02", round_no=2, starting_price=900_000_000),
    ]


def house(ref: str) -> list[Cells]:
    """Sold in the first round, paid and delivered."""
    return [
        row(ref, "seized", "2024-01-10", office="KV-3", kind="house", province="Hà Nội"),
        row(ref, "appraised", "2024-02-05", value=2 * BILLION, method="agreed"),
        row(ref, "round_announced", "2024-03-05", round_no=1, starting_price=2 * BILLION),
        row(ref, "round_won", "2024-04-05", round_no=1, price=2_100_000_000),
        row(ref, "sale_paid", "2024-04-20", amount=2_100_000_000),
        row(ref, "delivered", "2024-05-05", to_ref="BUYER-1"),
    ]


def vessel(ref: str) -> list[Cells]:
    """Seized and not yet appraised."""
    fields = {"office": "KV-3", "kind": "vessel", "loan_value": 5 * BILLION, "vessel_no": "BĐ-91234-TS"}
    return [row(ref, "seized", "2024-06-01", **fields)]


def good() -> list[Cells]:
    """Three assets, thirteen entries."""
    return [*land("TS-1"), *house("TS-2"), *vessel("TS-3")]


def written(path: Path, rows: list[Cells]) -> Path:
    """Write rows as the suffix of `path` says; return the path."""
    columns = list(dict.fromkeys(name for each in rows for name in each))
    {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}[path.suffix[1:]](path, columns, rows)
    return path


def _csv(path: Path, columns: list[str], rows: list[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _xlsx(path: Path, columns: list[str], rows: list[Cells]) -> None:
    book = Workbook()
    sheet = book.create_sheet("journal")
    sheet.append(columns)
    for each in rows:
        sheet.append([each.get(name) for name in columns])
    book.save(path)


def _jsonl(path: Path, _columns: list[str], rows: list[Cells]) -> None:
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
