"""The chain of each file, from its first entry on: recomputed here, in Python, from the stored bytes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.store.mapper import StoredLine
from auctions.store.memory import ZEROS, MemoryStore, leaf_hash
from auctions.store.port import Command, Store
from auctions.store.postgres import PostgresStore

NewCommand = Callable[..., Command]
Link = tuple[StoredLine, bytes, bytes]
Links = Callable[[], list[Link]]


def assert_chained(links: list[Link]) -> None:
    """Assert of every file that its numbers are contiguous and each entry leans on the one before."""
    heads: dict[object, tuple[int, bytes]] = {}
    for line, prev, leaf in links:
        number, head = heads.get(line.originator_id, (0, ZEROS))
        assert (line.originator_version, prev) == (number + 1, head)
        assert leaf == leaf_hash(line, line.recorded_at, prev)
        heads[line.originator_id] = line.originator_version, leaf


def test_the_first_entry_of_a_file_leans_on_zeros_and_each_later_one_on_the_one_before(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry]
) -> None:
    file = uuid4()
    any_store.append(command(*samples[:3], stream_id=file))
    any_store.append(command())
    any_store.append(command(*samples[3:], stream_id=file, expected=3))
    told = links()
    assert [prev for line, prev, _ in told if line.originator_version == 1] == [bytes(32), bytes(32)]
    assert len({leaf for _, _, leaf in told}) == 37
    assert_chained(told)


def test_several_commands_of_one_file_in_one_group_make_one_chain(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry]
) -> None:
    file, other = uuid4(), uuid4()
    with any_store.transaction() as transaction:
        transaction.append_all(
            [
                command(*samples[:2], stream_id=file),
                command(*samples[2:4], stream_id=other),
                command(*samples[4:6], stream_id=file, expected=2),
                command(*samples[6:9], stream_id=file, expected=4),
            ]
        )
    told = links()
    assert [line.originator_version for line, _, _ in told] == [1, 2, 1, 2, 3, 4, 5, 6, 7]
    assert_chained(told)


def test_a_changed_byte_of_an_entry_or_of_who_and_when_changes_its_leaf(
    any_store: Store, links: Links, command: NewCommand
) -> None:
    any_store.append(command())
    ((line, prev, leaf),) = links()
    changes: list[dict[str, Any]] = [
        {"originator_id": uuid4()},
        {"originator_version": 2},
        {"topic": "asset.released"},
        {"state": line.state[:-1] + b" "},
        {"envelope": line.envelope[:-1] + b" "},
    ]
    for change in changes:
        assert leaf_hash(replace(line, **change), line.recorded_at, prev) != leaf
    assert leaf_hash(line, line.recorded_at + timedelta(microseconds=1), prev) != leaf
    assert leaf_hash(line, line.recorded_at, leaf) != leaf


def test_the_time_of_recording_never_falls_along_positions(
    any_store: Store, links: Links, command: NewCommand
) -> None:
    start = datetime.now(UTC) - timedelta(minutes=1)
    for _ in range(20):
        any_store.append(command())
    times = [line.recorded_at for line, _, _ in links()]
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert start < times[0] < times[-1] < start + timedelta(minutes=2)


@pytest.mark.parametrize("any_store", ["memory"], indirect=True)
def test_a_clock_set_back_does_not_set_the_memory_log_back(
    any_store: MemoryStore, links: Links, command: NewCommand
) -> None:
    future = datetime.now(UTC) + timedelta(days=1)
    any_store.append(command())
    any_store.log[0] = any_store.log[0]._replace(line=any_store.log[0].line._replace(recorded_at=future))
    any_store.append(command())
    assert [line.recorded_at for line, _, _ in links()] == [future, future]


def test_a_clock_set_back_does_not_set_the_log_back(
    store: PostgresStore, admin: psycopg.Connection, command: NewCommand
) -> None:
    future = datetime.now(UTC) + timedelta(days=1)
    last = "INSERT INTO auctions.events VALUES (1, %s, 1, 't', '{}', '{}', %s, '', '')"
    admin.execute(last, [uuid4(), future])
    asked = command()
    store.append(asked)
    assert [line.recorded_at for line in store.read([asked.stream_id])[asked.stream_id]] == [future]
