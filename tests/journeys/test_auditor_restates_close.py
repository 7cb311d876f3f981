"""An auditor asks what was entered in a closed book after its close: by whom, why, and what it changed."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

import pytest

from auctions.domain.days import VIETNAM
from tests.journeys.databases import created
from tests.journeys.in_process import InProcess
from tests.journeys.registers import BILLION, good, row, written

Q1, Q2 = ("--office", "KV-3", "--quarter", "2024-Q1"), ("--office", "KV-3", "--quarter", "2024-Q2")
CLOSED_AT, HEAD = 13, 20
STRIKE = {"office": "KV-3", "basis": "QĐ 17", "reason": "typing error", "approved_by": "HEAD-3"}
LATER = [
    row(
        "TS-1", "cost_accrued", "2024-03-31", amount=2_500_000, what="guard", office="KV-3", note="late bill"
    ),
    row("TS-1", "cost_accrued", "2024-04-02", amount=2_500_000, what="guard", office="KV-3"),
    row("TS-2", "entry_struck", "2024-07-01", entry_no=2, together="value", **STRIKE),
    row("TS-2", "entry_struck", "2024-07-01", entry_no=3, together="value", **STRIKE),
    row("TS-2", "entry_struck", "2024-07-01", entry_no=4, together="value", **STRIKE),
    row("TS-2", "entry_struck", "2024-07-01", entry_no=5, together="value", **STRIKE),
    row("TS-2", "entry_struck", "2024-07-01", entry_no=6, together="value", **STRIKE),
]
"""A cost of the quarter, one of the next, and a valuation struck with all that was built on it."""


@pytest.fixture(scope="module")
def auditor(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """The command line on a book that was closed for a quarter and went on; nobody changes it."""
    folder = tmp_path_factory.mktemp("restated")
    with created(server, template) as url:
        auctions = InProcess(AUCTIONS_DATABASE_URL=url)
        auctions("import", written(folder / "first.csv", good()))
        auctions("close", *Q1)
        auctions("import", written(folder / "later.csv", LATER), "--actor", "CLERK-7", "--office", "KV-3")
        yield auctions


def told(entries: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [(each["asset_ref"], each["entry_no"], each["entry"]) for each in entries]


def test_entries_after_a_close_of_days_before_its_end_are_told_with_by_whom_and_why(
    auditor: InProcess,
) -> None:
    found = auditor.json("restated", *Q1)
    assert (found["office"], found["quarter"], found["last_day"]) == ("KV-3", "2024-Q1", "2024-03-31")
    assert found["known_at"] == [CLOSED_AT, HEAD + 1]
    struck = [("TS-2", number, "entry_struck") for number in (7, 8)]
    assert told(found["entries"]) == [("TS-1", 7, "cost_accrued"), *struck]
    late, strike, _ = found["entries"]
    assert (late["actor"], late["note"], late["reason"], late["on"]) == (
        "CLERK-7",
        "late bill",
        None,
        "2024-03-31",
    )
    assert (strike["basis"], strike["reason"], strike["struck"]) == ("QĐ 17", "typing error", 2)
    sha256 = auditor.json("closes", "--office", "KV-3")["items"][0]["sha256"]
    assert found["sha256"] == sha256


def test_each_entry_bears_the_remark_with_the_day_of_its_recording(auditor: InProcess) -> None:
    entry = auditor.json("restated", *Q1)["entries"][0]
    day = datetime.fromisoformat(entry["recorded_at"]).astimezone(VIETNAM)
    assert entry["remark_vi"] == f"đã sửa đổi, bổ sung ngày {day:%d} tháng {day:%m} năm {day:%Y}"
    assert entry["remark"] == f"amended or supplemented on {day:%Y-%m-%d}"


def test_the_stock_is_told_as_it_was_closed_and_as_it_is_known_now(auditor: InProcess) -> None:
    closed = {"n": 2, "price": 3 * BILLION, "first_price": 3 * BILLION}
    found = auditor.json("restated", *Q1)["unsold"]
    assert found == {"before": closed, "after": {"n": 2, "price": BILLION, "first_price": BILLION}}
    assert auditor.json("closes", "--office", "KV-3")["items"][0]["unsold"] == closed


def test_a_restatement_known_at_a_position_is_printed_again_byte_for_byte(auditor: InProcess) -> None:
    for form in ("--json", "--csv"):
        asked = ("restated", *Q1, form)
        first = auditor(*asked, "--known-at", CLOSED_AT + 3)
        assert auditor(*asked, "--known-at", CLOSED_AT + 3) == first != auditor(*asked)
    assert told(auditor.json("restated", *Q1, "--known-at", CLOSED_AT + 3)["entries"]) == [
        ("TS-1", 7, "cost_accrued")
    ]
    before = auditor.json("restated", *Q1, "--known-at", CLOSED_AT + 1)
    assert (before["entries"], before["unsold"]["before"]) == ([], before["unsold"]["after"])


def test_a_restatement_is_written_as_csv(auditor: InProcess) -> None:
    rows = list(csv.DictReader(StringIO(auditor("restated", *Q1, "--csv"))))
    entries = auditor.json("restated", *Q1)["entries"]
    assert [(each["asset_ref"], each["actor"], each["remark_vi"], each["position"]) for each in rows] == [
        (each["asset_ref"], each["actor"], each["remark_vi"], str(each["position"])) for each in entries
    ]


def test_a_restatement_is_shown_as_tables_in_the_readers_language(auditor: InProcess) -> None:
    shown = " ".join(auditor("restated", *Q1).split())
    for word in (
        f"2024-Q1 of KV-3, closed at {CLOSED_AT}, as known at {HEAD + 1}",
        "Entered after the close: 3",
        "CLERK-7",
        "typing error",
        "late bill",
        "amended or supplemented on",
        "3,000,000,000",
    ):
        assert word in shown, word
    vietnamese = InProcess(**{**auditor.environment, "LANG": "vi_VN.UTF-8"})
    assert "đã sửa đổi, bổ sung ngày" in vietnamese("restated", *Q1)


def test_a_quarter_that_is_not_closed_or_was_not_closed_then_has_no_restatement(auditor: InProcess) -> None:
    said = auditor.complaint("restated", *Q2, code=1)
    assert said == f"close-not-found: 2024-Q2 is not closed at position {HEAD + 1}"
    said = auditor.complaint("restated", *Q1, "--known-at", CLOSED_AT, code=1)
    assert said == f"close-not-found: 2024-Q1 is not closed at position {CLOSED_AT}"
    assert "--json and --csv exclude each other" in auditor.wrong_use("restated", *Q1, "--json", "--csv")
