"""Lives of assets: one made of a few facts, or those that a register's rows tell."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any
from uuid import UUID

from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.state import fold
from auctions.journal.form import Parsed, parse
from auctions.journal.read import read_rows
from auctions.journal.rows import Row
from projections.life import Life, life_of
from projections.projection import Folded

AS_OF = date(2026, 10, 31)
BEGINNING = date(2025, 1, 1)

_USUAL: dict[str, Any] = {
    "asset_ref": "TS-17",
    "office": "KV-3",
    "kind": "land",
    "province": "Phú Yên",
    "seized_on": BEGINNING,
    "loan_value": None,
    "secured_debt": None,
    "costs": 0,
    "levels": (),
    "rounds": (),
    "sold_on": None,
    "sold_for": None,
    "ended_on": None,
    "exit": None,
}


def day(number: int) -> date:
    return BEGINNING + timedelta(days=number)


def life(*prices: int, rounds: str = "", **fields: object) -> Life:
    """A life with an appraisal and reductions to these prices, and rounds 50 days apart.

    A round is f (failed), w (won), c (cancelled), d (defaulted), a (annulled) or . (announced). Level and
    round n are of the days 50 n and 50 n + 10.
    """
    outcomes = {"f": "failed", "w": "won", "c": "cancelled", "d": "defaulted", "a": "annulled", ".": None}
    made = {
        "levels": tuple(
            ("reduced" if number else "appraised", day(50 * number), price)
            for number, price in enumerate(prices)
        ),
        "rounds": tuple((day(50 * number + 10), outcomes[each]) for number, each in enumerate(rounds)),
    }
    return Life(**_USUAL | made | fields)


def register(path: Path) -> Iterator[Life]:
    """The lives that the rows of a register tell, a file by its asset_ref."""
    entries: dict[str, list[AssetEntry]] = {}
    for row in read_rows(path):
        parsed = parse(row) if isinstance(row, Row) else None
        assert isinstance(parsed, Parsed)
        entries.setdefault(parsed.asset_ref, []).append(parsed.entry)
    for file in entries.values():
        told = life_of(Folded(UUID(int=17), len(file), fold(enumerate(file, 1))))
        assert told is not None
        yield told


@cache
def sample() -> list[Life]:
    """The lives of the sample register."""
    with as_file(files("auctions.journal").joinpath("sample_register.csv")) as path:
        return list(register(path))
