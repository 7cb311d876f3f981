"""Logs of which something is missing, unreadable or by another key: nothing follows from them."""

from pathlib import Path

import pytest

from tests.unit import spec_logs
from tests.unit.spec_logs import ORIGIN, leaves, note, vkey
from tests.unit.verdicts import Verifier

KEY = ("--key", vkey())


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verifier:
    return Verifier(capsys)


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("checkpoint", None, "missing-checkpoint"),
        ("checkpoint", b"\xff", "malformed-note"),
        ("checkpoint", note("a\n"), "malformed-checkpoint"),
        ("tile/0/001.p/44", None, "missing-tile"),
        ("tile/1/000.p/1", None, "missing-tile"),
        ("tile/0/000", bytes(8191), "malformed-tile"),
        ("tile/0/000", bytes(8193), "unreadable"),
        ("tile/1/000.p/1", b"", "malformed-tile"),
    ],
)
def test_what_is_missing_or_unreadable_leaves_it_undecided(
    verify: Verifier, tmp_path: Path, path: str, content: bytes | None, code: str
) -> None:
    spec_logs.write(tmp_path / "log", leaves(300))
    (tmp_path / "log" / path).unlink()
    if content is not None:
        (tmp_path / "log" / path).write_bytes(content)
    exit_code, told = verify("log", tmp_path / "log", *KEY)
    assert (exit_code, told["verdict"], told["code"]) == (2, "undecided", code)
    assert str(tmp_path) in told["message"]


def test_a_folder_in_the_place_of_a_tile_is_unreadable(verify: Verifier, tmp_path: Path) -> None:
    spec_logs.write(tmp_path, leaves(300))
    (tmp_path / "tile/0/000").unlink()
    (tmp_path / "tile/0/000").mkdir()
    code, told = verify("log", tmp_path, *KEY)
    assert (code, told["code"]) == (2, "unreadable")


def test_a_kept_checkpoint_that_is_missing_or_spoilt_says_nothing_of_the_log(
    verify: Verifier, tmp_path: Path
) -> None:
    spec_logs.write(tmp_path / "log", leaves(3))
    code, told = verify("log", tmp_path / "log", *KEY, "--kept", tmp_path / "none")
    assert (code, told["code"]) == (2, "missing-file")
    kept = (tmp_path / "log/checkpoint").read_bytes().replace(b"\n3\n", b"\n2\n")
    (tmp_path / "kept").write_bytes(kept)
    code, told = verify("log", tmp_path / "log", *KEY, "--kept", tmp_path / "kept")
    assert (code, told["code"]) == (2, "spoilt-checkpoint")


def test_the_log_of_a_key_that_is_not_known_is_undecided(verify: Verifier, tmp_path: Path) -> None:
    spec_logs.write(tmp_path, leaves(3))
    code, told = verify("log", tmp_path, "--key", vkey("other.example"))
    assert (code, told["code"]) == (2, "unknown-key")
    code, told = verify("log", tmp_path, "--key", "nothing")
    assert (code, told["code"]) == (2, "malformed-key")
    assert told["message"].startswith("--key: ")


def test_the_size_of_a_checkpoint_is_believed_only_with_its_tiles(verify: Verifier, tmp_path: Path) -> None:
    text = f"{ORIGIN}\n{2**63 - 1}\n" + "A" * 43 + "=\n"
    (tmp_path / "checkpoint").write_bytes(note(text))
    code, told = verify("log", tmp_path, *KEY)
    assert (code, told["code"]) == (2, "missing-tile")
