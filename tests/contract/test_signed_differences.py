"""What an auditor is told of a signed log: what was added since the last visit, late, struck, and by whom."""

from pathlib import Path

import pytest

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.store.postgres import PostgresStore
from tests.contract.signed_logs import SIGNER, SignedLog
from tests.unit.given import entry, struck
from tests.unit.verdicts import Verifier

COORDINATOR, OFFICER = Actor("COORDINATOR-1", "KV-3"), Actor("OFFICER-2", "KV-3")
LAND = asset_id("KV-3", "TS-17")


def test_what_was_recorded_between_two_visits_is_told_with_who_recorded_it(
    database: str, store: PostgresStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def enter(by: Actor, *entries: AssetEntry) -> None:
        record(store, stream_id=LAND, entries=entries, by=by, as_found=True)

    log = SignedLog(database, tmp_path / "evidence")
    enter(COORDINATOR, entry("seized", 1))
    enter(COORDINATOR, entry("appraised", 5))
    log.sign()
    (tmp_path / "kept").write_bytes((log.folder.log / "checkpoint").read_bytes())
    enter(OFFICER, entry("cost_accrued", 3))
    enter(OFFICER, struck(2, 9), entry("appraised", 6))
    log.sign()
    code, told = Verifier(capsys)("diff", tmp_path / "kept", log.folder.log, "--key", SIGNER.key.vkey)
    assert (code, told["old_entries"], told["added"]) == (0, 2, 3)
    assert {(row["office"], row["entry"], row["entries"]) for row in told["by_day"]} == {
        ("KV-3", "cost_accrued", 1),
        ("KV-3", "entry_struck", 1),
        ("KV-3", "appraised", 1),
    }
    (late,), (strike,) = told["late"], told["strikes"]
    assert (late["entry_no"], late["on"], late["newest_then"]) == (3, "2025-01-04", "2025-01-06")
    assert (strike["strikes"], strike["anew"]) == (2, ["number 5 appraised on 2025-01-07"])
    assert (strike["actor"], strike["approved_by"]) == ("OFFICER-2", "head")
