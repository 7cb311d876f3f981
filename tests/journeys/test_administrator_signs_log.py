"""An administrator has the log signed, and is told when nothing may be signed any more."""

import signal
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest

from auctions.verifier.commandline import main as verify
from tests.journeys.commandline import COMMAND, CommandLine
from tests.journeys.registers import good, land, written

ORIGIN = "auctions.example/log"


@pytest.fixture
def signing(database: str, tmp_path: Path) -> CommandLine:
    """The command line on a database whose log is to be signed."""
    return CommandLine(
        AUCTIONS_DATABASE_URL=database,
        AUCTIONS_EVIDENCE_FOLDER=str(tmp_path / "evidence"),
        AUCTIONS_EVIDENCE_ORIGIN=ORIGIN,
        AUCTIONS_EVIDENCE_KEY_FILE=str(tmp_path / "log.key"),
    )


def test_the_log_is_signed_and_an_auditor_verifies_it_by_the_key_that_was_printed(
    signing: CommandLine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vkey = signing("evidence", "key", tmp_path / "log.key").strip()
    assert vkey.startswith(f"{ORIGIN}+")
    assert stat.S_IMODE((tmp_path / "log.key").stat().st_mode) == 0o600
    assert "never written over" in signing.complaint("evidence", "key", tmp_path / "log.key", code=1)
    signing("import", written(tmp_path / "register.csv", good()))
    assert signing("evidence", "sign", "--once") == "13 entries signed\n"
    (tmp_path / "kept").write_bytes((tmp_path / "evidence/log/checkpoint").read_bytes())
    signing("import", written(tmp_path / "more.csv", land("TS-4")))
    assert signing("evidence", "sign", "--once") == "19 entries signed\n"
    words = ["log", str(tmp_path / "evidence/log"), "--key", vkey, "--kept", str(tmp_path / "kept")]
    assert verify(words) == 0
    assert "entries checked: 19" in capsys.readouterr().out


def test_an_older_copy_of_the_database_is_refused_with_an_exit_code_of_its_own(
    signing: CommandLine, tmp_path: Path, database: str
) -> None:
    signing("evidence", "key", tmp_path / "log.key")
    signing("import", written(tmp_path / "register.csv", good()))
    signing("evidence", "sign", "--once")
    with psycopg.connect(database, options="-c session_replication_role=replica") as superuser:
        superuser.execute("DELETE FROM auctions.events WHERE position > 10")
    told = signing.complaint("evidence", "sign", "--once", code=4)
    assert told == (
        "nothing is signed: tampered: database-behind: 13 entries were signed, the database has 10: from"
        " entry 10 (position 11) on they are gone, as after an older copy was restored"
    )


def test_the_signer_runs_until_it_is_told_to_end_and_beside_no_other(
    signing: CommandLine, tmp_path: Path
) -> None:
    signing("evidence", "key", tmp_path / "log.key")
    words = [*COMMAND, "evidence", "sign"]
    with subprocess.Popen(
        words, env=signing.environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "signing the log (Ctrl-C ends it)\n"
            assert "another-signer" in signing.complaint("evidence", "sign", "--once", code=1)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


@pytest.mark.parametrize(
    ("missing", "code"),
    [("ORIGIN", "no-origin"), ("FOLDER", "no-evidence-folder"), ("KEY_FILE", "no-key-file")],
)
def test_a_setting_that_is_missing_is_named(
    signing: CommandLine, tmp_path: Path, missing: str, code: str
) -> None:
    signing("evidence", "key", tmp_path / "log.key")
    del signing.environment[f"AUCTIONS_EVIDENCE_{missing}"]
    told = signing.complaint("evidence", "sign", "--once", code=1)
    assert told.startswith(f"{code}: AUCTIONS_EVIDENCE_{missing} ")


def test_the_administrator_asks_how_far_it_is_and_for_checkpoints(
    signing: CommandLine, tmp_path: Path
) -> None:
    told = signing.complaint("evidence", "status", code=2)
    assert told.startswith("undecided: no-evidence: nothing was signed yet")
    vkey = signing("evidence", "key", tmp_path / "log.key").strip()
    signing("import", written(tmp_path / "register.csv", good()))
    signing("evidence", "sign", "--once")
    found = signing.json("evidence", "status")
    assert found.pop("signed_at").startswith("20")
    key_id = vkey.split("+")[1]
    facts = {"log": ORIGIN, "key": vkey, "key_id": key_id, "signed": 13, "behind": 0, "behind_seconds": 0}
    assert found == facts
    signing("import", written(tmp_path / "more.csv", land("TS-4")))
    asked = (signing.json("evidence", "status") for _ in range(100))
    later = next(each for each in asked if each["behind_seconds"] > 0)
    assert later["behind"] == 6
    assert signing("evidence", "checkpoint") == (tmp_path / "evidence/log/checkpoint").read_text("utf-8")
    day = next((tmp_path / "evidence/checkpoints").iterdir())
    day.rename(day.with_name("2026-01-01"))
    signing("evidence", "sign", "--once")
    assert signing("evidence", "checkpoint", "--size", 13).startswith(f"{ORIGIN}\n13\n")
    told = signing.complaint("evidence", "checkpoint", "--size", 14, code=2)
    assert told == "undecided: unknown-size: no checkpoint of 14 entries is kept, only of: 13, 19"


def test_proofs_of_an_asset_are_verified_by_an_auditor(
    signing: CommandLine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vkey = signing("evidence", "key", tmp_path / "log.key").strip()
    signing("import", written(tmp_path / "register.csv", good()))
    told = signing.complaint("evidence", "prove", "TS-1", code=2)
    assert told.startswith("undecided: no-evidence")
    signing("evidence", "sign", "--once")
    found = signing.json("evidence", "prove", "TS-1", "--into", tmp_path / "proofs")
    assert [item["entry_no"] for item in found["items"]] == list(range(1, len(found["items"]) + 1))
    for item in found["items"]:
        assert verify(["event", item["proof"], item["entry"], "--key", vkey]) == 0
    first, second = found["items"][:2]
    assert verify(["event", first["proof"], second["entry"], "--key", vkey]) == 1
    assert verify(["asset", str(tmp_path / "evidence/log"), found["asset_id"], "--key", vkey]) == 0
    assert f"entries of asset: {len(found['items'])}" in capsys.readouterr().out
    one = signing.json("evidence", "prove", "TS-1", "--entry", 2, "--into", tmp_path / "one")["items"]
    assert [item["entry_no"] for item in one] == [2]
    assert "unknown-entry" in signing.complaint("evidence", "prove", "TS-1", "--entry", 99, code=2)
    signing("import", written(tmp_path / "more.csv", land("TS-4")))
    told = signing.complaint("evidence", "prove", "TS-4", code=2)
    assert told.startswith("undecided: not-yet-signed: entry 13 (position 14) is recorded")


def test_all_of_it_is_checked_and_what_was_changed_is_named(
    signing: CommandLine, tmp_path: Path, database: str
) -> None:
    signing("evidence", "key", tmp_path / "log.key")
    signing("import", written(tmp_path / "register.csv", good()))
    signing("evidence", "sign", "--once")
    signing("import", written(tmp_path / "more.csv", land("TS-4")))
    assert signing("evidence", "fsck") == "holds: 13 entries are as signed; 6 are not signed yet\n"
    assert signing.json("evidence", "fsck") == {"verdict": "holds", "signed": 13, "unsigned": 6}
    with psycopg.connect(database, options="-c session_replication_role=replica") as superuser:
        superuser.execute("UPDATE auctions.events SET payload = '{}', topic = 'x' WHERE position = 5")
    message = "entry 4 (position 5) was signed otherwise than the database has it: topic, payload"
    assert signing.complaint("evidence", "fsck", code=1) == f"tampered: changed-entry: {message}"
    facts = {"verdict": "tampered", "code": "changed-entry", "message": message, "first_bad_index": 4}
    assert signing.json("evidence", "fsck", code=1) == facts
