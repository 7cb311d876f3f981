"""Logs written by hand, an entry by name, day of January 2025 and fields."""

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from tests.contract.oracle import Line, Row, files

ASSET, OTHER = UUID(int=1), UUID(int=2)
LATER, ALL = date(2025, 12, 31), 99
SEIZED = ("seized", 1, {"asset_ref": "TS-1", "office": "KV-3", "kind": "land"})
APPRAISED = ("appraised", 2, {"value": 1000})
ANNOUNCED = ("round_announced", 3, {"round_no": 1, "starting_price": 1000})
FAILED = ("round_failed", 4, {"round_no": 1})
REDUCED = ("price_reduced", 5, {"to_price": 900})
WON = ("round_won", 4, {"round_no": 1, "price": 1200})
PAID = ("sale_paid", 5, {"amount": 1200})
SOLD = (SEIZED, APPRAISED, ANNOUNCED, WON)
Entry = tuple[str, int, Mapping[str, object]]


def day(number: int) -> date:
    return date(2025, 1, number)


def rows(*entries: Entry, asset_id: UUID = ASSET, after: int = 0) -> list[Row]:
    """Return the rows of a file: entries by name, day of January and fields, recorded one after the other."""
    return [
        (
            after + number,
            asset_id,
            number,
            f"asset.{name}",
            json.dumps({"on": day(on).isoformat(), **data}).encode(),
        )
        for number, (name, on, data) in enumerate(entries, 1)
    ]


def file(*entries: Entry) -> list[Line]:
    return files(rows(*entries))[ASSET]


def bare(name: str, on: int = 9) -> Entry:
    return name, on, {}


def strike(entry_no: int, on: int = 9) -> Entry:
    return "entry_struck", on, {"entry_no": entry_no}
