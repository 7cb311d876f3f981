"""All read models rebuilt while writers write: readers see no gap and no mixture, and nothing differs."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from auctions.store.postgres import PostgresStore
from projections import tracking
from projections.projection import Projection
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import differences, followed, head
from tests.faults.load import LENGTH, WRITERS, Reader, Writer, fill
from tests.faults.runners import Runners
from tests.journeys.commandline import COMMAND

EVENTS = int(os.environ.get("AUCTIONS_REBUILD_EVENTS", "4000"))


@pytest.fixture
def long(database: str) -> str:
    """The URL of a database with a long log and its read models."""
    fill(database, EVENTS)
    Runner(database).catch_up()
    return database


@contextmanager
def load(url: str, store: PostgresStore) -> Iterator[tuple[Sequence[Writer], Sequence[Reader]]]:
    """Eight writers and two readers until the end of the block."""
    stop = Event()
    writers = [Writer(store, number, EVENTS // LENGTH, stop) for number in range(WRITERS)]
    readers = [Reader(url, stop, by_transaction=each) for each in (True, False)]
    with ThreadPoolExecutor(WRITERS + 2) as threads:
        tasks = [
            *(threads.submit(writer.write) for writer in writers),
            *(threads.submit(reader.read) for reader in readers),
        ]
        try:
            yield writers, readers
        finally:
            time.sleep(0.2)
            stop.set()
        for task in tasks:
            task.result(30)


def rebuild_all(url: str) -> float:
    """Rebuild all read models by the command line; return the seconds it took."""
    began = time.monotonic()
    environment = {**os.environ, "AUCTIONS_DATABASE_URL": url}
    command = [*COMMAND, "projections", "rebuild"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.monotonic() - began


def test_all_read_models_are_rebuilt_under_writers_and_no_reader_sees_a_gap_or_a_mixture(
    long: str, store: PostgresStore, tmp_path: Path
) -> None:
    before, runners = head(long), Runners(long, tmp_path / "marker", patience=900.0)
    runners.start()
    runners.wait(runners.leader)
    with load(long, store) as (writers, readers):
        seconds = rebuild_all(long)
        meanwhile = head(long) - before
    runners.wait(lambda: followed(long))
    runners.stop()
    reads = sum(reader.reads for reader in readers)
    figures = (
        f"{EVENTS:,} events rebuilt in {seconds:.1f} s, {meanwhile:,} recorded meanwhile, {reads:,} reads, "
        f"all at {head(long):,}"
    )
    print(figures)  # noqa: T201 - what the run was worth
    assert [reader.wrong[:3] for reader in readers] == [[], []], figures
    assert all(writer.written for writer in writers)
    assert all(len(reader.last) == 3 for reader in readers)
    assert differences(long) == {}, figures


def test_a_place_that_does_not_tell_what_was_swapped_in_is_found_out(
    long: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = tracking.begin

    def begin_before(own: object, model: Projection, position: int) -> None:
        begin(own, model, position - 1)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(tracking, "begin", begin_before)
    with load(long, store) as (_, readers):
        rebuild(long, read_models()["assets"])
    assert all("differs" in reader.wrong[0] for reader in readers)
