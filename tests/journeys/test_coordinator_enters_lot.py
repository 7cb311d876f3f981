"""A coordinator enters the result of a lot: for all its assets, or for none."""

from pathlib import Path

import pytest

from auctions.journal.importing import Mode
from auctions.store.postgres import PostgresStore
from tests.journeys.commandline import CommandLine
from tests.journeys.imports import entries_in, imported
from tests.journeys.registers import BILLION, Cells, row, written

ANNOUNCED = 6
"""Entries of the register."""


def announced(ref: str) -> list[Cells]:
    round_one = {"round_no": 1, "starting_price": BILLION, "lot_ref": "L-1"}
    return [
        row(ref, "seized", "2024-01-05", office="KV-3", kind="land"),
        row(ref, "appraised", "2024-02-01", value=BILLION, method="appraiser"),
        row(ref, "round_announced", "2024-03-01", **round_one),
    ]


@pytest.fixture
def lot(store: PostgresStore, auctions: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line on two assets that are announced as one lot."""
    register = written(tmp_path / "register.csv", [*announced("TS-1"), *announced("TS-2")])
    assert imported(store, register, Mode.ALL_OR_NOTHING).problems == []
    return auctions


def stages(auctions: CommandLine) -> dict[str, str]:
    return {item["asset_ref"]: item["stage"] for item in auctions.json("assets")["items"]}


FAILED = ["round_failed", "reason=no_registrant", "on=2024-04-01"]


def test_a_lots_failure_is_recorded_for_each_of_its_assets(lot: CommandLine) -> None:
    assert lot("enter", "L-1", *FAILED, "--lot", "--office", "KV-3") == "recorded at 7, 8\n"
    assert set(stages(lot).values()) == {"awaiting_reduction"}
    again = lot.complaint("enter", "L-1", *FAILED, "--lot", "--office", "KV-3", code=1)
    assert again.startswith("unknown-lot: no round of lot L-1 is under way at KV-3")


def test_each_asset_of_a_lot_may_have_its_own_price(lot: CommandLine) -> None:
    prices = ["TS-1:price=1100000000", "TS-2:price=1200000000", "on=2024-04-01"]
    lot("enter", "L-1", "round_won", *prices, "--lot", "--office", "KV-3")
    assert [lot.json("show", ref)["sold_for"] for ref in ("TS-1", "TS-2")] == [1_100_000_000, 1_200_000_000]


def test_a_result_that_one_asset_cannot_have_is_recorded_for_none(database: str, lot: CommandLine) -> None:
    reasons = ["round_failed", "reason=no_registrant", "TS-2:reason=single_registrant", "on=2025-04-01"]
    line = lot.complaint("enter", "L-1", *reasons, "--lot", "--office", "KV-3", code=1)
    assert line.startswith("unlawful: ")
    assert entries_in(database) == ANNOUNCED
    assert set(stages(lot).values()) == {"announced"}


def test_one_asset_of_a_lot_has_no_result_alone(database: str, lot: CommandLine) -> None:
    line = lot.complaint("enter", "TS-1", *FAILED, "round_no=1", code=1)
    assert line == "whole-lot: the round is of lot L-1: enter its result for the whole lot"
    assert entries_in(database) == ANNOUNCED
    lot("enter", "L-1", *FAILED, "--lot", code=2)
