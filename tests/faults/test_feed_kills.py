"""A feed client that is killed at random misses nothing and sees nothing twice, while writers write."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import asset_id
from auctions.store.postgres import PostgresStore
from tests.unit.given import entry
from tests.web.streaming import serving

CLIENT = Path(__file__).with_name("feed_client.py")
WRITERS = 4
ENOUGH = 500
"""Entries written at least while clients are killed."""


def write(store: PostgresStore, number: int, stopping: threading.Event, done: list[int]) -> None:
    """Record commands of one to three entries, one after the other, at a pace that leaves others room."""
    office, ref = "KV-3", f"TS-{number}"
    stream_id, by = asset_id(office, ref), Actor("clerk", office)
    entries = [entry("seized", 1, asset_ref=ref, office=office)]
    while not stopping.is_set():
        done += record(store, stream_id=stream_id, entries=entries, by=by, as_found=True).positions
        entries = [entry("cost_accrued", 2, amount=len(done))] * random.randint(1, 3)  # noqa: S311 - a load
        time.sleep(0.02)


@contextmanager
def writing(store: PostgresStore) -> Iterator[list[int]]:
    """Write meanwhile; the positions of what was recorded."""
    stopping, done = threading.Event(), list[int]()
    writers = [
        threading.Thread(target=write, args=[store, number, stopping, done]) for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    try:
        yield done
    finally:
        stopping.set()
        for writer in writers:
            writer.join()


def killed(port: int, seen: Path, how: str, seconds: float, *mutant: str) -> None:
    """Run a client until it was told something, and for some seconds more; then kill it."""
    before, until = len(told(seen)), time.monotonic() + 20
    command = [sys.executable, "-S", str(CLIENT), str(port), str(seen), how, *mutant]
    with subprocess.Popen(command) as client:
        while len(told(seen)) == before and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(seconds)
        assert client.poll() is None
        client.kill()


def told(seen: Path) -> list[int]:
    return [int(line) for line in seen.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("how", ["stream", "pages"])
def test_a_client_killed_at_random_misses_nothing_and_sees_nothing_twice(
    database: str, store: PostgresStore, tmp_path: Path, how: str
) -> None:
    seen = tmp_path / "seen"
    seen.touch()
    chance = random.Random(how)  # noqa: S311 - the same moments in every run
    with serving(database) as (port, _):
        with writing(store) as done:
            for _ in range(50):
                before = len(told(seen))
                killed(port, seen, how, chance.uniform(0, 0.2))
                assert len(told(seen)) > before
            while len(done) < ENOUGH:
                time.sleep(0.01)
        while len(told(seen)) < len(done):
            killed(port, seen, how, 0.5)
    assert sorted(done) == list(range(1, len(done) + 1))
    assert told(seen) == sorted(done)


def test_a_client_that_forgets_where_it_was_sees_changes_twice(
    database: str, store: PostgresStore, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    seen.touch()
    with serving(database) as (port, _):
        with writing(store) as done:
            while len(done) < 20:
                time.sleep(0.01)
        for _ in range(2):
            killed(port, seen, "stream", 0, "forgets")
    assert len(told(seen)) > len(set(told(seen)))
