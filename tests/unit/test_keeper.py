"""The keeper of the last checkpoint: one in the place of another, and never one that contradicts it."""

import subprocess
import sys
from pathlib import Path

import pytest

from auctions.domain.errors import Refused
from auctions.evidence.keeper import Forked, Keeper, Moved, OtherLog, Smaller, Spoilt
from auctions.verifier.checkpoints import Checkpoint
from auctions.verifier.tree import Head


def of(size: int, root: bytes = b"r" * 32, origin: str = "log.example") -> Checkpoint:
    return Checkpoint(origin, Head(size, root))


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "kept" / "apart")


def test_the_first_checkpoint_is_kept_where_there_is_none(keeper: Keeper, tmp_path: Path) -> None:
    assert keeper.last() is None
    keeper.replace(None, of(0))
    assert keeper.last() == of(0)
    assert Keeper(tmp_path / "kept" / "apart").last() == of(0)


def test_a_larger_one_takes_its_place_and_the_same_one_may_again(keeper: Keeper) -> None:
    keeper.replace(None, of(5))
    keeper.replace(of(5), of(5))
    keeper.replace(of(5), of(6, b"s" * 32))
    assert keeper.last() == of(6, b"s" * 32)


@pytest.mark.parametrize(
    ("expected", "new", "kind", "code"),
    [
        (None, of(6), Moved, "checkpoint-moved"),
        (of(4), of(6), Moved, "checkpoint-moved"),
        (of(5, b"s" * 32), of(6), Moved, "checkpoint-moved"),
        (of(5), of(4), Smaller, "checkpoint-smaller"),
        (of(5), of(5, b"s" * 32), Forked, "checkpoint-forked"),
        (of(5), of(6, origin="other.example"), OtherLog, "checkpoint-of-other-log"),
    ],
)
def test_what_contradicts_the_one_that_is_kept_is_refused(
    keeper: Keeper, expected: Checkpoint | None, new: Checkpoint, kind: type[Refused], code: str
) -> None:
    keeper.replace(None, of(5))
    with pytest.raises(kind) as refused:
        keeper.replace(expected, new)
    assert refused.value.code == code
    assert keeper.last() == of(5)


@pytest.mark.parametrize("content", [b"", b"log.example\n5\n", b"\xff", of(5).text.encode()[:-1]])
def test_behind_one_that_is_spoilt_nothing_is_kept(keeper: Keeper, tmp_path: Path, content: bytes) -> None:
    keeper.replace(None, of(5))
    (tmp_path / "kept/apart/last").write_bytes(content)
    with pytest.raises(Spoilt, match="nothing is signed until it is mended"):
        keeper.replace(of(5), of(6))
    with pytest.raises(Spoilt):
        keeper.replace(None, of(6))
    assert (tmp_path / "kept/apart/last").read_bytes() == content


def test_what_a_crash_left_beside_it_is_not_taken_for_it(keeper: Keeper, tmp_path: Path) -> None:
    keeper.replace(None, of(5))
    (tmp_path / "kept/apart/last.new").write_bytes(b"log.example\n9")
    assert keeper.last() == of(5)
    keeper.replace(of(5), of(6))
    assert keeper.last() == of(6)


COUNTING = """
import sys
from pathlib import Path
from auctions.evidence.keeper import Keeper, Moved
from auctions.verifier.checkpoints import Checkpoint
from auctions.verifier.tree import Head

keeper, kept = Keeper(Path(sys.argv[1])), 0
while kept < 25:
    last = keeper.last()
    size = last.head.size if last else 0
    try:
        keeper.replace(last, Checkpoint("log.example", Head(size + 1, bytes(32))))
        kept += 1
    except Moved:
        pass
"""


def test_processes_that_keep_at_once_take_turns(keeper: Keeper, tmp_path: Path) -> None:
    command = [sys.executable, "-c", COUNTING, str(tmp_path / "kept" / "apart")]
    counting = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait() for process in counting] == [0, 0, 0]
    assert keeper.last() == of(75, bytes(32))
