"""What was added to a log between two checkpoints, and a log that did not only grow."""

from pathlib import Path
from uuid import UUID

import pytest

from auctions.verifier.commandline import main
from tests.unit import spec_logs
from tests.unit.rfc6962 import Slow
from tests.unit.spec_logs import checkpoint, leaves, vkey
from tests.unit.telling_entries import Log, vessel
from tests.unit.verdicts import Verifier

KEY = ("--key", vkey())
VESSEL, HOUSE = UUID(int=7), UUID(int=8)
CLERK = {"actor": "CLERK-2", "office": "KV-5", "role": "officer", "command_id": "c-1"}


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verifier:
    return Verifier(capsys)


@pytest.fixture
def grown() -> Log:
    """A log of five entries, then of nine: one comes late, one is struck and entered anew."""
    log = Log()
    vessel(log, VESSEL)
    log.add(HOUSE, "seized", "2025-01-06", asset_ref="TS-2", office="KV-3", kind="house")
    log.add(VESSEL, "cost_accrued", "2025-01-02", amount=7)
    words = {"basis": "QĐ 17", "reason": "typing error", "approved_by": "HEAD-1"}
    log.add(VESSEL, "entry_struck", "2025-01-08", by=CLERK, entry_no=5, **words)
    log.add(VESSEL, "price_reduced", "2025-01-05", by=CLERK, to_price=950, decided_by="officer")
    return log


@pytest.fixture
def kept(grown: Log, tmp_path: Path) -> Path:
    """The checkpoint of the first five, as an auditor kept it."""
    (tmp_path / "kept").write_bytes(checkpoint(Slow(grown.entries), 5))
    return tmp_path / "kept"


@pytest.fixture
def now(grown: Log, tmp_path: Path) -> Path:
    """The log of all nine."""
    spec_logs.write(tmp_path / "now", grown.entries)
    return tmp_path / "now"


def test_what_was_added_is_counted_by_day_office_and_entry(verify: Verifier, kept: Path, now: Path) -> None:
    code, told = verify("diff", kept, now, *KEY)
    assert (code, told["old_entries"], told["new_entries"], told["added"]) == (0, 5, 9, 4)
    assert [tuple(row.values()) for row in told["by_day"]] == [
        ("2025-01-06", "KV-3", "seized", 1),
        ("2025-01-07", "KV-3", "cost_accrued", 1),
        ("2025-01-08", "KV-5", "entry_struck", 1),
        ("2025-01-09", "KV-5", "price_reduced", 1),
    ]


def test_late_entries_and_strikes_are_told_with_who_and_when(verify: Verifier, kept: Path, now: Path) -> None:
    _, told = verify("diff", kept, now, *KEY)
    (late,), (strike,) = told["late"], told["strikes"]
    assert (late["index"], late["entry"], late["on"], late["newest_then"]) == (
        6,
        "cost_accrued",
        "2025-01-02",
        "2025-01-05",
    )
    assert (late["actor"], late["office"], late["role"]) == ("COORDINATOR-1", "KV-3", "coordinator")
    assert late["recorded_at"] == "2025-01-07T05:00:00+00:00"
    assert (strike["asset"], strike["strikes"], strike["approved_by"]) == (str(VESSEL), 5, "HEAD-1")
    assert (strike["actor"], strike["office"], strike["role"]) == ("CLERK-2", "KV-5", "officer")
    assert strike["anew"] == ["number 8 price_reduced on 2025-01-05"]


def test_an_entry_before_a_struck_one_alone_is_not_late(verify: Verifier, tmp_path: Path) -> None:
    log = Log()
    vessel(log, VESSEL)
    log.add(VESSEL, "entry_struck", "2025-01-09", entry_no=5, basis="Q", reason="r", approved_by="HEAD-1")
    log.add(VESSEL, "price_reduced", "2025-01-04", to_price=950, decided_by="officer")
    spec_logs.write(tmp_path / "now", log.entries)
    (tmp_path / "kept").write_bytes(checkpoint(Slow(log.entries), 0))
    code, told = verify("diff", tmp_path / "kept", tmp_path / "now", *KEY)
    assert (code, told["added"], told["late"], len(told["strikes"])) == (0, 7, [], 1)


def test_people_read_a_row_a_line(now: Path, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(kept), str(now), *KEY]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "late: 1" in lines
    assert "  recorded on 2025-01-06, office KV-3, entry seized, entries 1" in lines
    assert any("strikes 5, anew number 8 price_reduced on 2025-01-05, basis QĐ 17" in line for line in lines)


def test_two_copies_are_compared_by_the_checkpoints_in_them(
    verify: Verifier, grown: Log, now: Path, tmp_path: Path
) -> None:
    spec_logs.write(tmp_path / "then", grown.entries[:5])
    code, told = verify("diff", tmp_path / "then", now, *KEY)
    assert (code, told["added"]) == (0, 4)


def test_two_kept_checkpoints_are_compared_by_the_log_that_is_named(
    verify: Verifier, kept: Path, grown: Log, now: Path
) -> None:
    later = kept.with_name("later")
    later.write_bytes(checkpoint(Slow(grown.entries), 7))
    code, told = verify("diff", kept, later, "--log", now, *KEY)
    assert (code, told["added"], len(told["late"]), told["strikes"]) == (0, 2, 1, [])
    assert verify("diff", kept, later, *KEY)[1]["code"] == "missing-log"
    assert verify("diff", later, kept, "--log", now, *KEY)[1]["code"] == "wrong-order"


def test_a_log_that_was_rewritten_or_shrank_since_then_is_tampered_with(
    verify: Verifier, kept: Path, grown: Log, tmp_path: Path
) -> None:
    spec_logs.write(tmp_path / "rewritten", [*grown.entries[:4], *grown.entries[5:]])
    spec_logs.write(tmp_path / "shrunk", grown.entries[:4])
    for log, code in (("rewritten", "wrong-root"), ("shrunk", "shrunk")):
        for words in ([], ["--sizes"]):
            found, told = verify("diff", kept, tmp_path / log, *KEY, *words)
            assert (found, told["code"]) == (1, code)


def test_without_the_entries_only_sizes_are_told(
    verify: Verifier, kept: Path, grown: Log, tmp_path: Path
) -> None:
    spec_logs.write(tmp_path / "hashes", grown.entries, bundles=False)
    code, told = verify("diff", kept, tmp_path / "hashes", *KEY)
    assert (code, told["code"]) == (2, "missing-entries")
    assert "only grew, from 5 to 9 entries" in told["message"]
    code, told = verify("diff", kept, tmp_path / "hashes", *KEY, "--sizes")
    assert (code, told["added"]) == (0, 4)


def test_entries_of_another_program_are_not_told(verify: Verifier, tmp_path: Path) -> None:
    slow = spec_logs.write(tmp_path / "now", leaves(300))
    (tmp_path / "kept").write_bytes(checkpoint(slow, 280))
    code, told = verify("diff", tmp_path / "kept", tmp_path / "now", *KEY)
    assert (code, told["code"]) == (2, "unknown-entry")
    assert "only grew, from 280 to 300" in told["message"]
