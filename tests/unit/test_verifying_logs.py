"""Whole logs, written by another writer from the specifications: what holds, what does not, from where on."""

import shutil
from pathlib import Path

import pytest

from auctions.verifier.checkpoints import read_checkpoint
from auctions.verifier.errors import Tampered
from auctions.verifier.logs import verify_log
from auctions.verifier.notes import read_key
from auctions.verifier.places import Folder
from auctions.verifier.tiles import Tiles
from tests.unit import spec_logs
from tests.unit.rfc6962 import Slow
from tests.unit.spec_logs import ORIGIN, checkpoint, leaves, note, vkey
from tests.unit.verdicts import Verifier

KEY = ("--key", vkey())


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verifier:
    return Verifier(capsys)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 511, 512, 700])
def test_a_log_of_any_size_holds(verify: Verifier, tmp_path: Path, size: int) -> None:
    spec_logs.write(tmp_path, leaves(size))
    code, told = verify("log", tmp_path, *KEY)
    assert (code, told["verdict"], told["log"]) == (0, "holds", ORIGIN)
    assert (told["entries"], told["entries_checked"]) == (size, size)


def test_a_log_of_three_levels_holds_and_so_do_the_checkpoints_of_its_past(
    verify: Verifier, tmp_path: Path
) -> None:
    slow = spec_logs.write(tmp_path / "log", leaves(66_000))
    kept = [tmp_path / str(size) for size in (0, 1, 256, 300, 65_536, 65_999, 66_000)]
    for file in kept:
        file.write_bytes(checkpoint(slow, int(file.name)))
    code, told = verify("log", tmp_path / "log", *KEY, "--kept", *kept)
    assert (code, told["entries_checked"], told["kept_checkpoints"]) == (0, 66_000, 7)
    wrong = tmp_path / "log/tile/2/000.p/1"
    wrong.write_bytes(bytes(32))
    code, told = verify("log", tmp_path / "log", *KEY)
    assert (code, told["code"], told["first_bad_index"]) == (1, "wrong-tile", 0)
    wrong.unlink()
    code, told = verify("log", tmp_path / "log", *KEY)
    assert (code, told["code"]) == (2, "missing-tile")


def test_without_its_entries_a_log_holds_by_its_hashes(verify: Verifier, tmp_path: Path) -> None:
    spec_logs.write(tmp_path, leaves(300), bundles=False)
    code, told = verify("log", tmp_path, *KEY)
    assert (code, told["entries"], told["entries_checked"]) == (0, 300, 0)


def test_in_the_place_of_a_partial_tile_that_is_gone_stands_the_full_one(
    verify: Verifier, tmp_path: Path
) -> None:
    slow = spec_logs.write(tmp_path, leaves(600))
    spec_logs.write(tmp_path, leaves(300))
    (tmp_path / "checkpoint").write_bytes(checkpoint(slow, 300))
    for gone in ("tile/0/001.p/44", "tile/entries/001.p/44"):
        (tmp_path / gone).unlink()
    code, told = verify("log", tmp_path, *KEY)
    assert (code, told["entries"], told["entries_checked"]) == (0, 300, 300)


def test_a_log_may_have_another_origin_own_lines_and_signatures_of_others(
    verify: Verifier, tmp_path: Path
) -> None:
    slow = spec_logs.write(tmp_path, leaves(5))
    text = checkpoint(slow, 5, "a line of its own", origin="Sổ của một nơi khác").decode().split("\n\n")[0]
    witness = "— witness.example " + "A" * 400
    (tmp_path / "checkpoint").write_bytes(note(text + "\n", witness, name="key.example"))
    options = ("--key", vkey(), "--key", vkey("key.example"))
    code, told = verify("log", tmp_path, *options, "--origin", "Sổ của một nơi khác")
    assert (code, told["log"]) == (0, "Sổ của một nơi khác")
    code, told = verify("log", tmp_path, *options)
    assert (code, told["code"]) == (2, "other-origin")


def flips(folder: Path, step: int) -> list[tuple[Path, int, int]]:
    """Every so many-th bit of the files of a log but its checkpoint: which file, which byte, which bit."""
    files = sorted(file for file in folder.rglob("tile/**/*") if file.is_file())
    return [(file, *divmod(at, 8)) for file in files for at in range(0, 8 * file.stat().st_size, step)]


@pytest.mark.parametrize("bundles", [True, False])
@pytest.mark.parametrize(("size", "step"), [(9, 1), (259, 251)])
def test_one_flipped_bit_anywhere_is_found_and_the_entry_named(
    tmp_path: Path, size: int, step: int, *, bundles: bool
) -> None:
    entries = leaves(size)
    spec_logs.write(tmp_path, entries, bundles=bundles)
    signed = read_checkpoint((tmp_path / "checkpoint").read_bytes(), [read_key(vkey())])
    starts = [2 * n + sum(map(len, entries[:n])) for n in range(size)]
    log = Tiles(Folder(tmp_path), size)
    for file, at, bit in flips(tmp_path, step):
        content = file.read_bytes()
        file.write_bytes(bytes([*content[:at], content[at] ^ 1 << bit, *content[at + 1 :]]))
        with pytest.raises(Tampered) as found:
            verify_log(log, signed)
        assert found.value.index == guilty(file.relative_to(tmp_path).as_posix(), at, starts, bundles=bundles)
        file.write_bytes(content)
    assert verify_log(log, signed) == (size if bundles else 0)


def guilty(path: str, at: int, starts: list[int], *, bundles: bool) -> int:
    """The entry that the byte at a place of a file is of; without bundles the first under the hash."""
    kind, first = path.split("/")[1], 256 * ("/001" in path)
    if kind == "entries":
        return max(n for n in range(first, len(starts)) if starts[n] - starts[first] <= at)
    if kind == "1" or not bundles:
        return 0
    return first + at // 32


def test_a_kept_checkpoint_tells_from_where_on_a_log_was_written_anew(
    verify: Verifier, tmp_path: Path
) -> None:
    entries = leaves(700)
    before = spec_logs.write(tmp_path / "before", entries)
    for size in (100, 300, 650):
        (tmp_path / str(size)).write_bytes(checkpoint(before, size))
    spec_logs.write(tmp_path / "now", [*entries[:420], b"another", *entries[421:]])
    kept = [tmp_path / str(size) for size in (650, 100, 300)]
    code, told = verify("log", tmp_path / "now", *KEY, "--kept", *kept)
    assert (code, told["code"], told["first_bad_index"]) == (1, "wrong-root", 300)
    code, told = verify("log", tmp_path / "now", *KEY, "--kept", tmp_path / "300", "--kept", tmp_path / "100")
    assert (code, told["kept_checkpoints"]) == (0, 2)


def test_a_log_that_is_shorter_than_it_was_has_lost_its_end(verify: Verifier, tmp_path: Path) -> None:
    slow = spec_logs.write(tmp_path / "log", leaves(20))
    (tmp_path / "kept").write_bytes(checkpoint(slow, 20))
    shutil.rmtree(tmp_path / "log")
    spec_logs.write(tmp_path / "log", leaves(12))
    code, told = verify("log", tmp_path / "log", *KEY, "--kept", tmp_path / "kept")
    assert (code, told["code"], told["first_bad_index"]) == (1, "shrunk", 12)


def test_a_root_that_was_signed_over_other_entries_is_found(verify: Verifier, tmp_path: Path) -> None:
    spec_logs.write(tmp_path, leaves(20))
    other = Slow([b"x", *leaves(19)])
    (tmp_path / "checkpoint").write_bytes(checkpoint(other, 20))
    code, told = verify("log", tmp_path, *KEY)
    assert (code, told["code"], told["first_bad_index"]) == (1, "wrong-root", 0)


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_bundle_that_is_cut_off_lacks_its_last_entry(verify: Verifier, tmp_path: Path, cut: int) -> None:
    spec_logs.write(tmp_path, leaves(10))
    bundle = tmp_path / "tile/entries/000.p/10"
    bundle.write_bytes(bundle.read_bytes()[:-cut])
    code, told = verify("log", tmp_path, *KEY)
    assert (code, told["code"], told["first_bad_index"]) == (1, "wrong-entry", 9)


@pytest.mark.parametrize("more", [b"\0", b"\0\0", b"\0\1x"])
def test_a_bundle_with_more_than_its_entries_holds_what_was_never_signed(
    verify: Verifier, tmp_path: Path, more: bytes
) -> None:
    spec_logs.write(tmp_path, leaves(10))
    bundle = tmp_path / "tile/entries/000.p/10"
    bundle.write_bytes(bundle.read_bytes() + more)
    code, told = verify("log", tmp_path, *KEY)
    assert (code, told["code"], told["first_bad_index"]) == (1, "wrong-entry", 10)
