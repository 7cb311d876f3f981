"""Killed before or after any file that it puts in its place, the signer goes on, and never forks."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL

import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from auctions.verifier.checkpoints import Checkpoint
from auctions.verifier.logs import verify_log
from tests.contract.conftest import command, golden, samples
from tests.contract.registers import append
from tests.contract.signed_logs import SignedLog

__all__ = ["command", "golden", "samples"]

KILLED = """
import os, signal, sys
from pathlib import Path
from tests.contract.signed_logs import SignedLog

put, left, when = Path.replace, int(sys.argv[3]), sys.argv[4]

def replace(self, target):
    global left
    left -= 1
    if left == 0 and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    done = put(self, target)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return done

Path.replace = replace
SignedLog(sys.argv[1], Path(sys.argv[2])).sign()
"""
Record = Callable[[int], None]


@pytest.fixture
def record(store: PostgresStore, command: Callable[..., Command], samples: list[AssetEntry]) -> Record:
    """Return what records so many entries."""

    def done(number: int) -> None:
        append(store, *[command(samples[0]) for _ in range(number)])

    return done


def killed(log: SignedLog, number: int, when: str) -> bool:
    """Let a process sign until it has put so many files in their place; tell whether it was killed."""
    words = [sys.executable, "-c", KILLED, log.url, str(log.path), str(number), when]
    code = subprocess.run(words, check=False).returncode
    assert code in {0, -SIGKILL}
    return code != 0


@pytest.mark.parametrize("when", ["before", "after"])
def test_wherever_it_is_killed_the_next_one_goes_on(
    database: str, record: Record, tmp_path: Path, when: str
) -> None:
    log = SignedLog(database, tmp_path / "evidence")
    record(250)
    kept: list[Checkpoint] = [log.sign()]
    number = 1
    while True:
        record(4)
        was_killed = killed(log, number, when)
        assert log.published().head.size in {kept[-1].head.size, kept[-1].head.size + 4}
        kept.append(log.sign())
        if not was_killed:
            break
        number += 1
    assert number > 8
    size = kept[-1].head.size
    assert size == 250 + 4 * (len(kept) - 1)
    assert verify_log(log.folder.tiles(size), kept[-1], kept) == size
