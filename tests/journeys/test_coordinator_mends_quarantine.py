"""A coordinator brings in what is possible of a dirty register, and mends the rest."""

from pathlib import Path
from typing import Any

from tests.journeys.commandline import CommandLine
from tests.journeys.imports import entries_in, waiting_in
from tests.journeys.registers import Cells, good, row, written

LATE, MISSPELT = 14, 15


def dirty(path: Path) -> Path:
    """The good register with two rows more: one that cannot be yet, one with a wrong amount."""
    wrong: list[Cells] = [
        row("TS-3", "round_announced", "2024-07-20", round_no=1, starting_price=3_000_000_000),
        row("TS-3", "appraised", "2024-07-01", value="3 tỷ", method="appraiser"),
    ]
    return written(path, [*good(), *wrong])


def codes(found: dict[str, Any]) -> list[tuple[int, str | None, str]]:
    return [(each["row"], each["column"], each["code"]) for each in found["problems"]]


PROBLEMS = [(LATE + 1, "entry", "not-in-this-stage"), (MISSPELT + 1, "value", "wrong-number")]


def test_a_dirty_register_records_nothing_and_lists_every_bad_row(
    database: str, auctions: CommandLine, tmp_path: Path
) -> None:
    found = auctions.json("import", dirty(tmp_path / "dirty.csv"), code=1)
    assert (found["rows"], found["recorded"], found["refused"], codes(found)) == (15, 0, 2, PROBLEMS)
    said = auctions("import", tmp_path / "dirty.csv", code=1)
    assert "nothing was recorded" in said
    assert 'found "3 tỷ"' in said
    assert (entries_in(database), waiting_in(database)) == (0, [])


def test_what_is_possible_goes_in_and_the_other_rows_wait_until_they_are_mended(
    database: str, auctions: CommandLine, tmp_path: Path
) -> None:
    register = dirty(tmp_path / "dirty.csv")
    for recorded, already in ((13, 0), (0, 13)):
        found = auctions.json("import", register, "--quarantine", code=1)
        assert (found["recorded"], found["already"], found["refused"]) == (recorded, already, 2)
        assert codes(found) == PROBLEMS
    late, misspelt = auctions.json("quarantine", "list")["items"]
    assert [late["row_no"], misspelt["row_no"]] == [LATE + 1, MISSPELT + 1]
    assert misspelt["problems"][0]["code"] == "wrong-number"

    assert "3 tỷ" in auctions("quarantine", "show", misspelt["quarantine_id"])
    mended = auctions.json("quarantine", "retry", misspelt["quarantine_id"], "--set", "value=3000000000")
    assert (mended["recorded"], mended["refused"]) == (1, 0)
    assert auctions.json("quarantine", "retry")["recorded"] == 1
    assert (entries_in(database), waiting_in(database)) == (15, [])
    gone = auctions.complaint("quarantine", "retry", late["quarantine_id"], code=1)
    assert gone.startswith("unknown-row: ")


def test_a_mending_that_cannot_be_is_wrong_use(auctions: CommandLine) -> None:
    auctions("quarantine", "retry", "--set", "value=1", code=2)
