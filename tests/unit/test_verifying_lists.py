"""A list of assets that is, or is not, what the log's entries tell."""

import csv
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.unit import spec_logs
from tests.unit.spec_logs import vkey
from tests.unit.telling_entries import Log, vessel
from tests.unit.verdicts import Told, Verifier

KEY = ("--key", vkey())
VESSEL, HOUSE, BARE = UUID(int=7), UUID(int=8), UUID(int=9)
Item = dict[str, Any]
COUNTS = {"rounds": 0, "failed_rounds": 0, "reductions": 0}
ONE_ROUND = {"rounds": 1, "failed_rounds": 1, "reductions": 1}
UNSOLD: list[Item] = [
    {"asset_id": str(BARE), "stage": "awaiting_appraisal", "price": None, **COUNTS},
    {"asset_id": str(VESSEL), "stage": "awaiting_round", "price": 900, **ONE_ROUND},
]


class Reports:
    """Asks whether a list is what the log tells."""

    def __init__(self, folder: Path, verify: Verifier) -> None:
        self.folder = folder
        self._verify = verify

    def page(self, name: str, items: list[Item], **head: object) -> Path:
        page = {
            "as_of": "2025-02-01",
            "known_at": 11,
            "position": 11,
            "facets": None,
            "items": items,
            "next": None,
        }
        (self.folder / name).write_text(json.dumps(page | head), "utf-8")
        return self.folder / name

    def __call__(self, *words: object) -> Told:
        return self._verify("report", self.folder / "log", *words, *KEY)


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Reports:
    log = Log()
    vessel(log, VESSEL)
    log.add(HOUSE, "seized", "2025-01-06", asset_ref="TS-2", office="KV-3", kind="house")
    log.add(HOUSE, "appraised", "2025-01-07", value=70, method="appraiser")
    log.add(HOUSE, "round_announced", "2025-01-08", round_no=1, starting_price=70)
    log.add(HOUSE, "round_won", "2025-01-09", round_no=1, price=80)
    log.add(BARE, "seized", "2025-01-10", asset_ref="TS-3", office="KV-3", kind="land")
    log.add(VESSEL, "cost_accrued", "2025-01-10", amount=7)
    log.add(VESSEL, "redeemed", "2025-01-12", paid=7)
    spec_logs.write(tmp_path / "log", log.entries)
    return Reports(tmp_path, Verifier(capsys))


def test_a_list_of_what_is_unsold_holds_page_by_page(report: Reports) -> None:
    pages = [
        report.page("1.json", UNSOLD[:1], next="more"),
        report.page("2.json", UNSOLD[1:]),
    ]
    code, told = report(*pages)
    assert (code, told["assets_compared"], told["as_of"], told["known_at"]) == (0, 2, "2025-02-01", 11)
    assert told["compared"] == ["stage", "price", "rounds", "failed_rounds", "reductions"]
    for some in (pages[:1], pages[::-1]):
        assert (report(*some)[0], report(*some)[1]["code"]) == (2, "not-whole")


def test_a_list_of_another_day_or_knowledge_is_another_one(report: Reports) -> None:
    assert report(report.page("1.json", UNSOLD[1:], known_at=12))[1]["code"] == "other-list"
    bare = {"asset_id": str(VESSEL), "stage": "awaiting_round", "price": 1_000, **COUNTS}
    assert report(report.page("1.json", [bare], as_of="2025-01-02", known_at=5))[0] == 0
    assert report(report.page("1.json", [], as_of="2024-12-31"))[0] == 0
    assert report(report.page("1.json", UNSOLD[:1], known_at=12))[0] == 0


def test_a_list_of_all_assets_has_those_that_are_sold_too(report: Reports) -> None:
    sold = {"asset_id": str(HOUSE), "stage": "won", "price": 70, **COUNTS, "rounds": 1}
    assert report(report.page("1.json", [*UNSOLD, sold]), "--all")[0] == 0
    code, told = report(report.page("1.json", [*UNSOLD, sold]))
    assert (code, told["code"]) == (1, "other-list")
    assert f"asset 3, {HOUSE}: the entries tell won, which is not listed" in told["message"]
    code, told = report(report.page("1.json", UNSOLD), "--all")
    assert (code, told["message"]) == (1, f"{HOUSE} is not listed; the entries tell won")


@pytest.mark.parametrize(
    "changed", [{"stage": "suspended"}, {"price": 901}, {"price": None}, {"rounds": 2}, {"reductions": 0}]
)
def test_the_first_asset_that_is_told_otherwise_is_named(report: Reports, changed: Item) -> None:
    code, told = report(report.page("1.json", [UNSOLD[0], UNSOLD[1] | changed]))
    assert (code, told["code"]) == (1, "other-state")
    assert f"1.json: asset 2, {VESSEL}: listed are {next(iter(changed))}" in told["message"]


def test_assets_that_are_left_out_listed_twice_or_unknown_are_named(report: Reports) -> None:
    for items in (UNSOLD[:1], [*UNSOLD, UNSOLD[0]], [*UNSOLD, UNSOLD[0] | {"asset_id": str(UUID(int=1))}]):
        code, told = report(report.page("1.json", items))
        assert (code, told["code"]) == (1, "other-list")


def test_exports_are_compared_at_the_times_that_are_said(report: Reports) -> None:
    lines, table = report.folder / "assets.jsonl", report.folder / "assets.csv"
    lines.write_text("".join(f"{json.dumps(item)}\n" for item in UNSOLD), "utf-8")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(UNSOLD[0]))
        writer.writeheader()
        writer.writerows(UNSOLD)
    for each in (lines, table):
        assert report(each, "--as-of", "2025-02-01", "--known-at", 11)[0] == 0
        assert report(each, "--as-of", "2025-01-04", "--known-at", 11)[0] == 1
        assert report(each)[1]["code"] == "missing-times"


def test_what_the_log_at_hand_does_not_reach_is_undecided(report: Reports) -> None:
    code, told = report(report.page("1.json", UNSOLD, known_at=14))
    assert (code, told["code"]) == (2, "log-too-short")


def test_times_that_are_not_those_of_the_list_are_undecided(report: Reports) -> None:
    code, told = report(report.page("1.json", UNSOLD), "--known-at", 12)
    assert (code, told["code"]) == (2, "other-times")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"next": null, "as_of": "x"}', "[" * 100_000])
def test_what_is_no_list_is_undecided(report: Reports, content: str) -> None:
    for name in ("list.json", "list.jsonl"):
        (report.folder / name).write_text(content or "x", "utf-8")
        code, told = report(report.folder / name, "--as-of", "2025-02-01", "--known-at", 11)
        assert (code, told["code"]) == (2, "malformed-list")
    assert report(report.folder / "none.json")[1]["code"] == "missing-file"


def test_a_file_of_which_an_entry_is_left_out_is_named(report: Reports) -> None:
    log = Log()
    vessel(log, VESSEL)
    spec_logs.write(report.folder / "log", [*log.entries[:2], *log.entries[3:]])
    code, told = report(report.page("1.json", [], known_at=4))
    assert (code, told["code"], told["first_bad_index"]) == (1, "not-contiguous", 2)
