"""A log that is served is verified where it is, and copied into a folder, again and after a break."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import spec_logs
from tests.unit.served_logs import Serving, serving
from tests.unit.spec_logs import checkpoint, leaves, vkey
from tests.unit.verdicts import Verifier

KEY = ("--key", vkey())
SIZE = 600


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verifier:
    return Verifier(capsys)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Serving]:
    spec_logs.write(tmp_path / "served", leaves(SIZE))
    with serving(tmp_path / "served") as server:
        yield server


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy"


def files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


@pytest.mark.parametrize("zipped", [False, True])
def test_a_log_is_verified_where_it_is_served(verify: Verifier, served: Serving, *, zipped: bool) -> None:
    served.zipped = zipped
    code, told = verify("log", f"{served.url}/", *KEY)
    assert (code, told["entries"], told["entries_checked"]) == (0, SIZE, SIZE)


def test_a_copy_is_the_log_and_what_is_there_is_not_fetched_again(
    verify: Verifier, served: Serving, copy: Path
) -> None:
    code, told = verify("fetch", served.url, copy, *KEY)
    assert (code, told["entries"], told["entries_checked"]) == (0, SIZE, SIZE)
    assert files(copy) == files(served.folder)
    served.asked.clear()
    assert verify("fetch", served.url, copy, *KEY)[0] == 0
    assert served.asked == ["checkpoint"]
    served.asked.clear()
    spec_logs.write(served.folder, leaves(SIZE + 1))
    code, told = verify("fetch", served.url, copy, *KEY)
    assert (code, told["entries"]) == (0, SIZE + 1)
    assert sorted(served.asked) == ["checkpoint", "tile/0/002.p/89", "tile/entries/002.p/89"]
    assert files(copy) == files(served.folder)


def test_a_copy_that_broke_off_has_no_checkpoint_and_is_taken_up_where_it_was(
    verify: Verifier, served: Serving, copy: Path
) -> None:
    served.codes["tile/1/000.p/2"] = 503
    code, told = verify("fetch", served.url, copy, *KEY)
    assert (code, told["code"], "503" in told["message"]) == (2, "unreadable", True)
    assert "checkpoint" not in files(copy)
    served.codes.clear()
    had = files(copy).keys()
    served.asked.clear()
    assert verify("fetch", served.url, copy, *KEY)[0] == 0
    assert not had & set(served.asked)
    assert files(copy) == files(served.folder)


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_entries_that_are_not_for_everybody_are_left_out(
    verify: Verifier, served: Serving, copy: Path, code: int
) -> None:
    served.codes["tile/entries/001"] = code
    exit_code, told = verify("fetch", served.url, copy, *KEY)
    assert (exit_code, told["entries_checked"]) == (0, SIZE - 256)
    served.codes["tile/0/002.p/88"] = code
    exit_code, told = verify("log", served.url, *KEY)
    assert (exit_code, told["code"]) == (2, "missing-tile")


@pytest.mark.parametrize("changed", [0, 550])
def test_a_log_that_was_written_anew_does_not_replace_the_copy(
    verify: Verifier, served: Serving, copy: Path, changed: int
) -> None:
    assert verify("fetch", served.url, copy, *KEY)[0] == 0
    before = files(copy)["checkpoint"]
    entries = leaves(SIZE + 200)
    spec_logs.write(served.folder, [*entries[:changed], b"another", *entries[changed + 1 :]])
    code, told = verify("fetch", served.url, copy, *KEY)
    assert (code, told["verdict"]) == (1, "tampered")
    assert files(copy)["checkpoint"] == before


def test_a_log_served_as_it_was_before_does_not_replace_the_copy(
    verify: Verifier, served: Serving, copy: Path
) -> None:
    slow = spec_logs.write(served.folder, leaves(SIZE))
    assert verify("fetch", served.url, copy, *KEY)[0] == 0
    (served.folder / "checkpoint").write_bytes(checkpoint(slow, 300))
    code, told = verify("fetch", served.url, copy, *KEY)
    assert (code, told["code"]) == (2, "older-checkpoint")


def test_a_log_that_lacks_a_tile_is_not_copied(verify: Verifier, served: Serving, copy: Path) -> None:
    (served.folder / "tile/0/002.p/88").unlink()
    code, told = verify("fetch", served.url, copy, *KEY)
    assert (code, told["code"]) == (2, "missing-tile")
    assert "checkpoint" not in files(copy)


def test_a_copy_whose_checkpoint_is_spoilt_says_nothing_of_the_log(
    verify: Verifier, served: Serving, copy: Path
) -> None:
    assert verify("fetch", served.url, copy, *KEY)[0] == 0
    spoilt = (copy / "checkpoint").read_bytes().replace(b"\n600\n", b"\n601\n")
    (copy / "checkpoint").write_bytes(spoilt)
    code, told = verify("fetch", served.url, copy, *KEY)
    assert (code, told["code"]) == (2, "spoilt-checkpoint")


def test_what_is_served_too_long_broken_or_not_at_all_is_undecided(
    verify: Verifier, served: Serving, copy: Path
) -> None:
    (served.folder / "tile/0/001").write_bytes(bytes(8193))
    assert verify("log", served.url, *KEY)[1]["code"] == "unreadable"
    served.zipped = True
    served.cut = 1
    assert "not the whole of it" in verify("log", served.url, *KEY)[1]["message"]
    served.cut = 0
    served.codes["tile/0/001"] = 302
    assert verify("log", served.url, *KEY)[1]["code"] == "unreadable"
    assert verify("log", "http://127.0.0.1:1/log", *KEY)[1]["code"] == "unreadable"
    assert verify("log", "http://a b/log", *KEY)[1]["code"] == "unreadable"
    copy.write_text("in the way")
    served.codes.clear()
    assert verify("fetch", served.url, copy, *KEY)[1]["code"] == "unwritable"


def test_what_was_broken_off_or_is_in_an_encoding_not_asked_for_says_nothing_of_the_log(
    verify: Verifier, served: Serving
) -> None:
    served.cut = served.missing = 3
    code, told = verify("log", served.url, *KEY)
    assert (code, told["code"], "ends 3 bytes before its end" in told["message"]) == (2, "unreadable", True)
    served.cut = served.missing = 0
    served.encoding = "br"
    code, told = verify("log", served.url, *KEY)
    assert (code, told["code"], "the encoding br" in told["message"]) == (2, "unreadable", True)


def token(folder: Path, content: str = "auctions_0123\n") -> tuple[str, Path]:
    (folder / "token").write_text(content, "utf-8")
    return "--token-file", folder / "token"


def test_a_token_goes_to_the_address_of_the_log_and_nowhere_else(
    verify: Verifier, served: Serving, copy: Path, tmp_path: Path
) -> None:
    with serving(served.folder) as elsewhere:
        served.moved["tile/entries/001"] = f"{elsewhere.url}/tile/entries/001"
        assert verify("fetch", served.url, copy, *token(tmp_path), *KEY)[0] == 0
        assert (served.tokens, elsewhere.tokens) == ({"Bearer auctions_0123"}, {None})
    assert files(copy) == files(served.folder)


@pytest.mark.parametrize("code", [401, 403])
def test_who_is_not_given_entries_by_the_token_is_told_so_and_goes_on_with_another(
    verify: Verifier, served: Serving, copy: Path, tmp_path: Path, code: int
) -> None:
    served.codes["tile/entries/001"] = code
    exit_code, told = verify("fetch", served.url, copy, *token(tmp_path), *KEY)
    assert (exit_code, told["code"], str(code) in told["message"]) == (2, "token-refused", True)
    assert "checkpoint" not in files(copy)
    served.codes.clear()
    assert verify("fetch", served.url, copy, *token(tmp_path, "auctions_4567"), *KEY)[0] == 0


@pytest.mark.parametrize("content", ["", "two words", "tiếng-việt"])
def test_a_file_without_a_token_is_not_sent(
    verify: Verifier, served: Serving, copy: Path, tmp_path: Path, content: str
) -> None:
    code, told = verify("fetch", served.url, copy, *token(tmp_path, content), *KEY)
    assert (code, told["code"], served.asked) == (2, "malformed-token", [])


def test_a_token_is_not_sent_where_it_could_be_overheard(
    verify: Verifier, copy: Path, tmp_path: Path
) -> None:
    code, told = verify("fetch", "http://log.example/2026", copy, *token(tmp_path), *KEY)
    assert (code, told["code"]) == (2, "unsafe-address")
