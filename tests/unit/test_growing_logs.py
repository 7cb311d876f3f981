"""A log that grows in a folder is, file by file, the one that the specifications describe."""

from pathlib import Path

import pytest

from auctions.domain.errors import Refused
from auctions.evidence.growing import GrowingLog
from auctions.verifier.errors import Tampered, Undecided
from auctions.verifier.tree import Head
from tests.unit import spec_logs
from tests.unit.rfc6962 import Slow
from tests.unit.spec_logs import leaves


def files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("tile/**/*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def appended(folder: Path, entries: list[bytes], *sizes: int, head: Head | None = None) -> list[Head]:
    """The heads of a log that is taken up anew before each batch, and ends at these sizes."""
    heads = [head or GrowingLog(folder).head]
    for size in sizes:
        heads.append(GrowingLog(folder, heads[-1]).append(entries[heads[-1].size : size]))
    return heads[1:]


@pytest.mark.parametrize(
    "sizes", [(1,), (255, 256, 257), (3, 3, 300, 700), (512, 513, 1_000), (65_535, 65_537)]
)
def test_a_log_that_grew_in_batches_has_the_tiles_of_each_size(
    tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    entries = leaves(sizes[-1])
    heads = appended(tmp_path / "ours", entries, *sizes)
    slow = Slow(entries)
    assert heads == [Head(size, slow.mth(0, size)) for size in sizes]
    for size in sizes:
        spec_logs.write(tmp_path / "other", entries[:size])
    assert files(tmp_path / "ours") == files(tmp_path / "other")


def test_one_that_is_held_grows_like_one_that_is_taken_up(tmp_path: Path) -> None:
    entries, log = leaves(600), GrowingLog(tmp_path / "held")
    heads = [log.append(entries[start : start + 100]) for start in range(0, 600, 100)]
    assert heads == appended(tmp_path / "anew", entries, *range(100, 601, 100))
    assert files(tmp_path / "held") == files(tmp_path / "anew")


def test_what_was_written_after_the_last_checkpoint_is_written_again(tmp_path: Path) -> None:
    entries = leaves(600)
    (signed, _) = appended(tmp_path / "ours", [*entries[:300], *leaves(900)], 300, 700)
    (head,) = appended(tmp_path / "ours", entries, 600, head=signed)
    slow = spec_logs.write(tmp_path / "other", entries)
    assert head == Head(600, slow.mth(0, 600))
    ours = files(tmp_path / "ours")
    assert {path: ours[path] for path in files(tmp_path / "other")} == files(tmp_path / "other")


def test_a_log_is_taken_up_before_tiles_that_are_full_by_now(tmp_path: Path) -> None:
    entries = leaves(700)
    (signed, head) = appended(tmp_path, entries, 300, 700)
    for gone in ("tile/0/001.p/44", "tile/entries/001.p/44"):
        (tmp_path / gone).unlink()
    assert appended(tmp_path, entries, 700, head=signed) == [head]


@pytest.mark.parametrize("path", ["tile/0/001.p/44", "tile/1/000.p/1"])
def test_a_log_whose_tiles_are_not_of_its_head_is_not_taken_up(tmp_path: Path, path: str) -> None:
    (head,) = appended(tmp_path, leaves(300), 300)
    content = (tmp_path / path).read_bytes()
    (tmp_path / path).write_bytes(bytes([content[0] ^ 1, *content[1:]]))
    with pytest.raises(Tampered) as refused:
        GrowingLog(tmp_path, head)
    assert refused.value.code == "wrong-root"
    (tmp_path / path).unlink()
    with pytest.raises(Undecided) as missing:
        GrowingLog(tmp_path, head)
    assert missing.value.code == "missing-tile"


def test_a_log_whose_last_entries_are_not_those_of_its_hashes_is_not_taken_up(tmp_path: Path) -> None:
    (head,) = appended(tmp_path, leaves(300), 300)
    bundle = tmp_path / "tile/entries/001.p/44"
    bundle.write_bytes(bundle.read_bytes()[:-1])
    with pytest.raises(Tampered) as refused:
        GrowingLog(tmp_path, head)
    assert refused.value.code == "wrong-entry"
    bundle.unlink()
    with pytest.raises(Undecided) as missing:
        GrowingLog(tmp_path, head)
    assert missing.value.code == "missing-entries"


def test_an_entry_too_long_for_a_bundle_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    log = GrowingLog(tmp_path)
    with pytest.raises(Refused, match="an entry of 65536 bytes, where a log takes 65535") as refused:
        log.append([b"a", bytes(65_536)])
    assert refused.value.code == "entry-too-long"
    assert (log.head.size, files(tmp_path)) == (0, {})
    assert log.append([b"a", bytes(65_535)]).size == 2
