"""A coordinator enters what is decided: the law of the day refuses it, notes it, or lets it pass."""

from pathlib import Path

import pytest

from auctions.application.recording import today
from auctions.journal.importing import Mode
from auctions.store.postgres import PostgresStore
from tests.journeys.commandline import CommandLine
from tests.journeys.imports import entries_in, imported
from tests.journeys.registers import BILLION, Cells, land, row, written

FIELDS = ["asset_ref", "entry_no", "on", "rule", "article", "message", "asked", "allowed"]
FAILED = 4
"""Entries of the land's file up to its first failed round."""


@pytest.fixture
def failed(store: PostgresStore, auctions: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line on a file whose first round failed on 1 April 2024 at a billion dong."""
    imported(store, written(tmp_path / "register.csv", land("TS-1")[:FAILED]), Mode.ALL_OR_NOTHING)
    return auctions


def reduction(to_price: int, on: str = "2024-04-15") -> list[str]:
    return ["enter", "TS-1", "price_reduced", f"to_price={to_price}", "decided_by=officer", f"on={on}"]


def test_a_cut_beyond_the_cap_is_refused_with_the_lowest_lawful_price_its_rule_and_article(
    database: str, failed: CommandLine
) -> None:
    line = failed.complaint(*reduction(899_999_998), code=1)
    assert line.startswith("unlawful: ")
    for told in ("FAIL-03", "L26/2008 art 104(5)", "899,999,998", "at least 900,000,000"):
        assert told in line
    assert entries_in(database) == FAILED


def test_a_cut_a_dong_beyond_the_cap_passes_with_a_note(failed: CommandLine) -> None:
    found = failed.json(*reduction(899_999_999))
    assert found["positions"] == [FAILED + 1]
    (note,) = found["notes"]
    assert "asked 899,999,999, allowed at least 900,000,000" in note
    (decided,) = failed.json("history", "TS-1")["entries"][FAILED:]
    assert (decided["actor"], decided["on"]) == ("coordinator", "2024-04-15")


def test_a_cut_before_its_day_is_refused_with_the_first_lawful_day(failed: CommandLine) -> None:
    line = failed.complaint(*reduction(900_000_000, on="2024-04-11"), code=1)
    assert "asked 2024-04-11, allowed from 2024-04-12" in line
    assert failed(*reduction(900_000_000, on="2024-04-12")) == f"recorded at {FAILED + 1}\n"


def test_what_happened_against_the_law_is_recorded_as_found_and_listed_with_its_rule(
    failed: CommandLine,
) -> None:
    found = failed.json(*reduction(800_000_000), "--as-found", "--actor", "KTV-7")
    assert found == {"positions": [FAILED + 1], "notes": []}
    items = failed.json("findings")["items"]
    assert list(items[0]) == FIELDS
    message = items[0].pop("message")
    assert items == [
        {
            "asset_ref": "TS-1",
            "entry_no": FAILED + 1,
            "on": "2024-04-15",
            "rule": "FAIL-03",
            "article": "L26/2008 art 104(5)",
            "asked": 800_000_000,
            "allowed": 900_000_000,
        }
    ]
    assert message.endswith("asked 800,000,000, allowed at least 900,000,000")
    assert failed.json("findings", "--as-of", "2024-04-14")["items"] == []
    vietnamese = CommandLine(**{**failed.environment, "LANG": "vi_VN.UTF-8"})
    assert (
        "đã ghi 800.000.000, được phép ít nhất 900.000.000"
        in vietnamese.json("findings")["items"][0]["message"]
    )


@pytest.mark.parametrize(
    "after",
    [
        [row("TS-1", "round_cancelled", "2024-03-20", round_no=1)],
        [
            row("TS-1", "round_won", "2024-03-20", round_no=1, price=BILLION),
            row("TS-1", "winner_defaulted", "2024-04-20", round_no=1),
        ],
    ],
    ids=["cancelled", "defaulted"],
)
def test_a_cut_without_a_failed_round_before_it_is_refused(
    store: PostgresStore, auctions: CommandLine, tmp_path: Path, after: list[Cells]
) -> None:
    register = written(tmp_path / "register.csv", [*land("TS-1")[:3], *after])
    assert imported(store, register, Mode.ALL_OR_NOTHING).problems == []
    line = auctions.complaint(*reduction(900_000_000, on="2024-05-15"), code=1)
    assert line == "no-failed-round: no round has failed since the last price was set"


def test_what_cannot_be_read_is_told_by_field_and_nothing_is_recorded(
    database: str, failed: CommandLine
) -> None:
    said = failed("enter", "TS-1", "price_reduced", "to_price=800 triệu", "decided_by=officer", code=1)
    assert "wrong-number" in said
    assert "to_price" in said
    failed("enter", "TS-1", "price_reduced", "800", code=2)
    assert failed.complaint("enter", "TS-9", "surveyed", code=1).startswith("unknown-asset: ")
    assert entries_in(database) == FAILED


def test_a_seizure_begins_a_file_today(auctions: CommandLine) -> None:
    seizure = ["enter", "TS-9", "seized", "kind=land", "office=KV-3"]
    assert auctions(*seizure) == "recorded at 1\n"
    assert auctions.json("show", "TS-9")["seized_on"] == today().isoformat()
    assert auctions.complaint(*seizure, code=1).startswith("already-seized: ")
