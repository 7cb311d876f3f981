"""The evidence: from a commit to its signed checkpoint under the steady load; a long log verified offline."""

import os
import subprocess
import sys
import threading
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median, quantiles

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auctions.evidence import key_files
from auctions.evidence.folders import EvidenceFolder
from auctions.evidence.following import sign_all
from auctions.evidence.growing import GrowingLog
from auctions.evidence.proving import Prover
from auctions.evidence.sequencing import Sequencer
from auctions.evidence.signing import Signer
from auctions.verifier.logs import CHECKPOINT
from auctions.verifier.places import Folder
from auctions.verifier.tiles import Tiles
from auctions.verifier.tree import included, leaf_hash
from tests.bench.context import Bench
from tests.bench.figures import NONE, Goal, Row, alone
from tests.bench.lists import listed
from tests.bench.steady import READS, WRITES, loaded, offered

PART = "evidence"
ENTRIES = 1_000_000
"""Entries of the log that is verified."""
_SIGNED, _VERIFIED = Goal(most=2000), Goal(most=10)
_ORIGIN = "bench.example/log"
_BYTES = 630
"""Of an entry, as many as those of a register have."""
_BATCH = 10_000
_PROOFS = 1000
_LOOK = 0.002
_PATIENCE = 30.0
_RECORDED = """SELECT position, extract(epoch FROM recorded_at)::float8 FROM auctions.events
    WHERE position > %s ORDER BY position"""

Seen = list[tuple[int, float]]
"""The sizes of the checkpoints that were published, each with the second at which it was there."""


def evidence(bench: Bench) -> Iterator[Row]:
    """Yield how long a commit waits for its checkpoint, and what verifying and proving take."""
    yield _signed_under_load(listed(bench), bench.folder / "signed", bench.seconds)
    yield from verified(bench.folder / "long", ENTRIES, bench.few)


def _signed_under_load(url: str, folder: Path, seconds: int) -> Row:
    with _signing(url, folder) as seen, loaded(url, "SIGNED") as (address, requests):
        before = _recorded(url, 0)[-1][0]
        _until_signed(seen, before)
        offered(address, requests, seconds)
        entries = _recorded(url, before)
        _until_signed(seen, entries[-1][0])
    waited = waits(entries, seen)
    told = f"median {median(waited):.0f}, longest {max(waited):.0f} ms; {len(waited):,} entries"
    what = f"commit to signed checkpoint, {READS} reads + {WRITES} writes/s"
    return alone(PART, what, [quantiles(waited, n=100)[98]], _SIGNED, unit="ms", notes=f"p99; {told}")


def waits(entries: Sequence[tuple[int, float]], seen: Seen) -> list[float]:
    """Return the milliseconds from when each entry was recorded to the first checkpoint that holds it."""
    sizes = [size for size, _ in seen]
    return [1000 * (seen[bisect_left(sizes, position)][1] - second) for position, second in entries]


def _recorded(url: str, after: int) -> list[tuple[int, float]]:
    with psycopg.connect(url) as own:
        return own.execute(_RECORDED, [after]).fetchall()


@contextmanager
def _signing(url: str, folder: Path) -> Iterator[Seen]:
    """Sign a database's log in a process of its own; lend the checkpoints as they are seen."""
    key_file, evidence_folder, seen = folder.with_suffix(".key"), EvidenceFolder(folder), Seen()
    sign_all(url, Sequencer(evidence_folder, key_files.make(key_file, _ORIGIN)), lambda _done, _of: None)
    named = {"ORIGIN": _ORIGIN, "FOLDER": str(folder), "KEY_FILE": str(key_file)}
    settings = {f"AUCTIONS_EVIDENCE_{name}": value for name, value in named.items()}
    stopping = threading.Event()
    watching = threading.Thread(target=_watch, args=[evidence_folder.log / CHECKPOINT, seen, stopping])
    command = [sys.executable, "-m", "auctions.cli", "evidence", "sign"]
    with subprocess.Popen(command, env=os.environ | settings | {"AUCTIONS_DATABASE_URL": url}) as process:
        watching.start()
        try:
            yield seen
        finally:
            process.terminate()
            stopping.set()
            watching.join()


def _watch(file: Path, seen: Seen, stopping: threading.Event) -> None:
    while not stopping.wait(_LOOK):
        size = int(file.read_bytes().split(b"\n")[1])
        if not seen or size > seen[-1][0]:
            seen.append((size, time.time()))


def _until_signed(seen: Seen, size: int) -> None:
    until = time.monotonic() + _PATIENCE
    while not seen or seen[-1][0] < size:
        if time.monotonic() > until:
            raise RuntimeError(f"{size} entries are not signed after {_PATIENCE:.0f} s")
        time.sleep(_LOOK)


def verified(folder: Path, entries: int, turns: int) -> Iterator[Row]:
    """Make a log of so many entries; yield what it takes to verify it, and to prove one of them."""
    signer = Signer(_ORIGIN, Ed25519PrivateKey.generate())
    log = GrowingLog(folder)
    for start in range(0, entries, _BATCH):
        head = log.append([_entry(number) for number in range(start, min(start + _BATCH, entries))])
    (folder / CHECKPOINT).write_bytes(signer.checkpoint(head))
    command = [sys.executable, "-m", "auctions.verifier", "log", str(folder), "--key", signer.key.vkey]
    seconds = [_seconds(command) for _ in range(turns)]
    notes = f"auctions-verify log, one process; entries of {_BYTES} bytes"
    yield alone(PART, f"{entries:,} entries verified offline", seconds, _VERIFIED, unit="s", notes=notes)
    prover, random, took = Prover(Tiles(Folder(folder), entries)), Random(7), list[float]()  # noqa: S311 - places
    for index in random.choices(range(entries), k=_PROOFS):
        start_at = time.perf_counter()
        path = prover.inclusion(index, entries)
        if not included(leaf_hash(_entry(index)), index, path, head):
            raise RuntimeError(f"the proof of entry {index} does not hold")
        took.append(1000 * (time.perf_counter() - start_at))
    told = f"median of {_PROOFS:,}; p99 {quantiles(took, n=100)[98]:.1f} ms"
    yield alone(PART, f"one of {entries:,} proved and checked", [median(took)], NONE, unit="ms", notes=told)


def _entry(number: int) -> bytes:
    return f"{number:>{_BYTES}}".encode()


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
