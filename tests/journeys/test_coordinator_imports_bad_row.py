"""One bad row in a good register: told with its place, nothing recorded, or all but that row."""

from pathlib import Path
from typing import NamedTuple

import pytest

from auctions.journal.importing import Mode
from auctions.store.postgres import PostgresStore
from tests.journeys.imports import entries_in, imported, places, waiting_in
from tests.journeys.registers import FORMATS, Cells, good, row, vessel, written

ROUND, DELIVERED, SEIZED = 5, 11, 12
"""Entries of the good register after which their assets' files hold no other."""


class Bad(NamedTuple):
    """A register with one bad row: its place among the rows from 0, and what is said of it."""

    rows: list[Cells]
    place: int
    column: str | None
    code: str
    words: str


def changed(place: int, **cells: object) -> list[Cells]:
    rows = good()
    rows[place] |= cells
    return rows


def with_row(place: int, added: Cells) -> list[Cells]:
    rows = good()
    rows.insert(place, added)
    return rows


CASES = {
    "a wrong type": Bad(
        changed(ROUND, starting_price="900.000.000"), ROUND, "starting_price", "wrong-number",
        'expected digits only, without separators, such as 1250000000, found "900.000.000"',
    ),
    "part of a dong": Bad(
        changed(ROUND, deposit="1250.5"), ROUND, "deposit", "not-a-whole-number", "expected a whole number"
    ),
    "a long number that a spreadsheet rounded": Bad(
        changed(ROUND, deposit="1,23457E+17"), ROUND, "deposit", "rounded-number", "1,23457E+17"
    ),
    "an unknown entry": Bad(
        changed(DELIVERED, entry="deliverd", to_ref=""), DELIVERED, "entry", "unknown-entry",
        "did you mean delivered?",
    ),
    "a day that is none": Bad(
        changed(SEIZED, on="2024-06-31"), SEIZED, "on", "wrong-day", "expected a day of the calendar"
    ),
    "a day in another form": Bad(
        changed(SEIZED, on="01/06/2024"), SEIZED, "on", "wrong-day", "YYYY-MM-DD"
    ),
    "a value that is missing": Bad(
        changed(ROUND, round_no=""), ROUND, "round_no", "missing-value", "a value is expected here"
    ),
    "a value of another entry": Bad(
        changed(DELIVERED, price=1), DELIVERED, "price", "value-not-expected", "does not belong to delivered"
    ),
    "a formula": Bad(
        changed(DELIVERED, note='=HYPERLINK("x")'), DELIVERED, "note", "formula-cell", "formula"
    ),
    "a row that stands twice": Bad(
        with_row(13, vessel("TS-3")[0]), 13, None, "duplicate-row", "the same as entry 1"
    ),
    "an entry before the seizure": Bad(
        with_row(SEIZED, row("TS-3", "surveyed", "2024-06-02", office="KV-3", condition="vỏ gỗ mục")),
        SEIZED, "entry", "not-seized", "surveyed before the asset was seized",
    ),
    "an entry of an asset that nobody seized": Bad(
        with_row(13, row("TS-4", "delivered", "2024-06-02")), 13, "asset_ref", "not-seized",
        "neither a row of the file nor anything recorded seizes this asset",
    ),
    "a price that is not in force": Bad(
        changed(ROUND, starting_price=1), ROUND, "starting_price", "price-not-in-force", "900,000,000 dong"
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_a_bad_row_is_told_with_its_place_and_only_a_quarantine_lets_the_others_in(
    database: str, store: PostgresStore, tmp_path: Path, case: str, form: str
) -> None:
    bad = CASES[case]
    register = written(tmp_path / f"register.{form}", bad.rows)
    line = bad.place + (1 if form == "jsonl" else 2)

    report = imported(store, register, Mode.ALL_OR_NOTHING)
    assert places(report) == [(line, bad.column, bad.code)]
    assert bad.words in report.problems[0].message
    assert (report.rows, report.recorded, report.refused, entries_in(database)) == (len(bad.rows), 0, 1, 0)

    report = imported(store, register, Mode.QUARANTINE)
    assert places(report) == [(line, bad.column, bad.code)]
    assert report.recorded == entries_in(database) == len(bad.rows) - 1
    assert waiting_in(database) == [(line, [bad.code])]
