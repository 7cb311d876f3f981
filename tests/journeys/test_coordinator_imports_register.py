"""A coordinator brings a register in."""

from pathlib import Path

import pytest

from auctions.journal.importing import Mode
from auctions.store.postgres import PostgresStore
from tests.journeys.commandline import CommandLine
from tests.journeys.imports import entries_in, imported
from tests.journeys.registers import FORMATS, good, written

COUNTS = {"rows": 13, "assets": 3, "refused": 0, "problems": []}


@pytest.mark.parametrize("form", FORMATS)
def test_a_register_goes_in_once_whatever_its_format(
    store: PostgresStore, auctions: CommandLine, tmp_path: Path, form: str
) -> None:
    register = written(tmp_path / f"register.{form}", good())
    assert auctions.json("import", register) == {**COUNTS, "recorded": 13, "already": 0}
    assert imported(store, register, Mode.ALL_OR_NOTHING)._asdict() == {
        **COUNTS,
        "recorded": 0,
        "already": 13,
        "kept": True,
    }


def test_a_dry_run_says_what_would_be_recorded_and_records_nothing(
    database: str, auctions: CommandLine, tmp_path: Path
) -> None:
    register = written(tmp_path / "register.csv", good())
    assert auctions.json("import", register, "--dry-run") == {**COUNTS, "recorded": 13, "already": 0}
    assert "13 would be recorded, 0 recorded already, 0 refused" in auctions("import", register, "--dry-run")
    assert entries_in(database) == 0


def test_a_register_that_grew_brings_only_its_new_entries(auctions: CommandLine, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    auctions("import", written(register, good()[:9]))
    found = auctions.json("import", written(register, good()), "--actor", "KTV-7", "--office", "KV-3")
    assert found == {**COUNTS, "recorded": 4, "already": 9}
    entries = auctions.json("history", "TS-2")["entries"]
    assert [each["actor"] for each in entries] == ["importer"] * 3 + ["KTV-7"] * 3


def test_two_answers_to_bad_rows_at_once_are_wrong_use(auctions: CommandLine, tmp_path: Path) -> None:
    register = written(tmp_path / "register.csv", good())
    auctions("import", register, "--dry-run", "--quarantine", code=2)
    auctions("import", tmp_path / "nowhere.csv", code=2)
