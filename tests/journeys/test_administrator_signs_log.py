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
