"""Many writers at once: nothing lost, nothing twice, and one who follows the log misses nothing."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import groupby
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.errors import StaleFile
from auctions.store.port import Command, Store
from auctions.store.postgres import PostgresStore

NewCommand = Callable[..., Command]
WRITERS = 8
_NEXT = "SELECT position FROM auctions.events WHERE position > %s ORDER BY position"
_GROUPS = "SELECT xmin::text, stream_id, recorded_at FROM auctions.events ORDER BY position"


@pytest.fixture
def writers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(WRITERS) as threads:
        yield threads


@pytest.fixture
def stores(database: str) -> Iterator[list[PostgresStore]]:
    """Give four stores, each with a committer of its own, as four service processes have."""
    opened = [PostgresStore(database) for _ in range(4)]
    yield opened
    for store in opened:
        store.close()


def append_to_end(store: Store, command: Command) -> int:
    """Append whatever others wrote meanwhile; return how often they did."""
    for refusals in range(1000):
        version = len(store.read([command.stream_id])[command.stream_id])
        with suppress(StaleFile):
            store.append(command._replace(expected=version))
            return refusals
    raise AssertionError("a thousand refusals")


def waiting(store: PostgresStore) -> int:
    """Return how many commands wait for the next group."""
    return len(store._committer._queue)  # noqa: SLF001 - nothing outside tells how many wait


def test_eight_threads_on_files_of_their_own_record_every_command_once(
    any_store: Store, writers: ThreadPoolExecutor, command: NewCommand
) -> None:
    asked = [command() for _ in range(WRITERS * 50)]
    receipts = list(writers.map(any_store.append, asked))
    read = any_store.read([one.stream_id for one in asked])
    found = [[(line.position, line.envelope) for line in read[one.stream_id]] for one in asked]
    assert found == [
        [(receipt.positions[0], one.envelope)] for one, receipt in zip(asked, receipts, strict=True)
    ]
    assert len({receipt.positions[0] for receipt in receipts}) == WRITERS * 50


def test_eight_threads_racing_on_one_file_lose_nothing(
    any_store: Store, writers: ThreadPoolExecutor, command: NewCommand
) -> None:
    file = uuid4()
    asked = [command(stream_id=file) for _ in range(WRITERS * 10)]
    list(writers.map(append_to_end, [any_store] * len(asked), asked))
    lines = any_store.read([file])[file]
    assert [line.entry_no for line in lines] == list(range(1, WRITERS * 10 + 1))
    assert {line.envelope for line in lines} == {one.envelope for one in asked}


def test_the_same_command_sent_by_eight_at_once_is_recorded_once(
    stores: list[PostgresStore], writers: ThreadPoolExecutor, command: NewCommand
) -> None:
    for _ in range(10):
        asked = command()
        receipts = list(writers.map(lambda store, asked=asked: store.append(asked), stores * 2))
        assert len({tuple(receipt.positions) for receipt in receipts}) == 1
        assert len(stores[0].read([asked.stream_id])[asked.stream_id]) == 1


def test_a_reader_that_follows_the_log_misses_nothing(
    stores: list[PostgresStore],
    writers: ThreadPoolExecutor,
    admin: psycopg.Connection[Any],
    command: NewCommand,
    samples: list[AssetEntry],
) -> None:
    def write(store: PostgresStore) -> None:
        for turn in range(40):
            store.append(command(*samples[:3]))
            with suppress(StaleFile):
                store.append(command(expected=1))
            if turn % 8 == 0:
                with suppress(StaleFile), store.transaction() as transaction:
                    transaction.append_all([command(), command(expected=1)])

    work = [writers.submit(write, store) for store in stores * 2]
    seen: list[int] = []
    while not all(done.done() for done in work):
        seen += [row[0] for row in admin.execute(_NEXT, [max(seen, default=0)])]
    seen += [row[0] for row in admin.execute(_NEXT, [max(seen, default=0)])]
    assert [done.result() for done in work] == [None] * WRITERS
    assert seen == [row[0] for row in admin.execute(_NEXT, [0])]
    assert seen == list(range(1, WRITERS * 40 * 3 + 1))


def test_a_conflict_in_a_group_is_the_matter_of_its_own_command_only(  # noqa: PLR0917 - fixtures
    store: PostgresStore,
    admin: psycopg.Connection[Any],
    log_lock: Callable[[], list[int]],
    until: Callable[[Callable[[], object]], None],
    command: NewCommand,
    samples: list[AssetEntry],
) -> None:
    first, good = command(), [command(*samples[at : at + 3]) for at in range(0, 18, 3)]
    stale, reused = command(expected=3), first._replace(stream_id=uuid4())
    answers: list[Future[Any]] = []
    with ThreadPoolExecutor(20) as threads:
        answers.append(threads.submit(store.append, first))
        until(log_lock)
        answers.append(threads.submit(store.append, good[0]))
        until(lambda: len(log_lock()) == 2)
        answers += [threads.submit(store.append, one) for one in [*good[1:3], stale, reused, *good[3:]]]
        until(lambda: waiting(store) == 7)
        admin.execute("SELECT pg_advisory_unlock_all()")
    codes = [getattr(answer.exception(), "code", None) for answer in answers]
    assert codes == [None, None, None, None, "stale-file", "command-id-reused", None, None, None]
    rows = admin.execute(_GROUPS).fetchall()
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row[0])]
    assert [{row[1] for row in group} for group in groups] == [
        {first.stream_id},
        {good[0].stream_id},
        {one.stream_id for one in good[1:]},
    ]
    assert [len({row[2] for row in group}) for group in groups] == [1, 1, 1]
    read = [store.read([one.stream_id])[one.stream_id] for one in good]
    assert [[line.entry for line in lines] for lines in read] == [list(one.entries) for one in good]
    assert [lines[0].envelope for lines in read] == [one.envelope for one in good]


def test_a_transaction_keeps_other_writers_waiting_until_it_ends(
    any_store: Store, command: NewCommand
) -> None:
    other, before = command(), threading.active_count()
    with ThreadPoolExecutor(1) as threads:
        with any_store.transaction() as transaction:
            (receipt,) = transaction.append_all([command()])
            late = threads.submit(any_store.append, other)
            with pytest.raises(TimeoutError):
                late.result(0.2)
        assert late.result(10).positions[0] > receipt.positions[0]
    assert threading.active_count() < before + WRITERS
