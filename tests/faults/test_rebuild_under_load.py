"""All read models rebuilt while writers write: readers see no gap and no mixture, and nothing differs."""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from threading import Event

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import sharing, tracking
from projections.check import first_difference
from projections.projection import Projection
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import head, running
from tests.faults.load import LENGTH, WRITERS, Reader, Writer, fill

EVENTS = int(os.environ.get("AUCTIONS_REBUILD_EVENTS", "4000"))


@pytest.fixture
def long(database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a database with a long log and its read models."""
    monkeypatch.setattr(sharing, "_LONG", min(EVENTS, 100_000) // 2)
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


def difference(url: str, name: str) -> str | None:
    with connection(url) as own:
        found = first_difference(own, read_models()[name])
    return f"{name}: {found.words()}" if found else None


def differences(url: str) -> list[str]:
    """Return what differs, found by two processes, as a long log takes long to fold again."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        found = pool.map(difference, [url] * len(read_models()), read_models())
        return [words for words in found if words]


def test_all_read_models_are_rebuilt_under_writers_and_no_reader_sees_a_gap_or_a_mixture(
    long: str, store: PostgresStore
) -> None:
    before, runner = head(long), Runner(long)
    with running(long, runner), load(long, store) as (writers, readers):
        began = time.monotonic()
        rebuild(long, *read_models().values())
        seconds = time.monotonic() - began
        meanwhile = head(long) - before
    runner.catch_up()
    reads = sum(reader.reads for reader in readers)
    figures = (
        f"{EVENTS:,} events rebuilt in {seconds:.1f} s, {meanwhile:,} recorded meanwhile, {reads:,} reads, "
        f"all at {head(long):,}"
    )
    print(figures)  # noqa: T201 - what the run was worth
    assert [reader.wrong[:3] for reader in readers] == [[], []], figures
    assert all(writer.written for writer in writers)
    assert all(len(reader.last) == 3 for reader in readers)
    assert differences(long) == [], figures


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
