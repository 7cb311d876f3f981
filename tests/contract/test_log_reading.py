"""The log as the answering side reads it: in pages, by file, and every file."""

from uuid import UUID, uuid4

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log
from tests.contract.registers import add, command, insert, seized, write
from tests.unit.given import entry


def test_a_page_ends_before_an_event_that_cannot_be_read(
    database: str, store: PostgresStore, admin: psycopg.Connection
) -> None:
    write(store, "seized", "appraised")
    bad = insert(admin, "asset.vanished", b"{}")
    write(store, seized("TS-2"))
    with connection(database) as own:
        assert [event.position for event in log.page(own, 0, 10)] == [1, 2]
        with pytest.raises(log.PoisonedEvent, match=r"^KeyError: 'asset\.vanished'$") as told:
            log.page(own, 2, 10)
        assert told.value.position == bad == 3
        assert [event.position for event in log.page(own, 3, 10)] == [4]
        assert log.page(own, 4, 10) == []


def test_a_page_is_the_next_events_in_the_order_of_their_recording(
    database: str, store: PostgresStore
) -> None:
    first = write(store, seized("TS-1"))
    second = write(store, seized("TS-2"), "appraised")
    add(store, first, entry("appraised", 5))
    with connection(database) as own:
        assert log.page(own, 1, 2) == [
            log.Event(2, second, 1, seized("TS-2")),
            log.Event(3, second, 2, entry("appraised", 2), begins=False),
        ]
        assert [event[:3] for event in log.page(own, 3, 5)] == [(4, first, 2)]


def test_a_page_and_its_half_cut_no_command_in_two(
    database: str, store: PostgresStore, admin: psycopg.Connection
) -> None:
    first = write(store, "seized", "appraised")
    write(store, seized("TS-2"), "appraised", "round_announced")
    with connection(database) as own:
        page = log.page(own, 0, 3)
        assert [event.position for event in page] == [1, 2, 3, 4, 5]
        assert [event.position for event in log.page(own, 0, 1)] == [1, 2]
        assert [event.position for event in log.page(own, 2, 1)] == [3, 4, 5]
        assert [event.position for event in log.half(page)] == [1, 2]
        assert log.half(page[:2]) == []
        assert [len(command) for command in log.commands(page)] == [2, 3]
    add(store, first, entry("cost_accrued", 3), entry("cost_accrued", 4))
    admin.execute("ALTER TABLE auctions.events DISABLE TRIGGER events_stay")
    admin.execute("UPDATE auctions.events SET topic = 'asset.vanished' WHERE position = 7")
    with connection(database) as own:
        assert [event.position for event in log.page(own, 0, 10)] == [1, 2, 3, 4, 5]
        with pytest.raises(log.PoisonedEvent) as told:
            log.page(own, 5, 10)
        assert told.value.position == 7
        assert [log.whole_commands(own, known) for known in range(8)] == [0, 0, 2, 2, 2, 5, 5, 7]


def test_files_are_read_by_number_as_of_a_position(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asset_id in (UUID(int=2), UUID(int=1)):
        store.append(command(asset_id, 0, entry("seized", 1), entry("appraised", 2)))
    first = [
        log.Event(3, UUID(int=1), 1, entry("seized", 1)),
        log.Event(4, UUID(int=1), 2, entry("appraised", 2), begins=False),
    ]
    second = [event._replace(position=number, stream_id=UUID(int=2)) for number, event in enumerate(first, 1)]
    with connection(database) as own:
        assert log.files(own, [UUID(int=1), UUID(int=2), uuid4()], 3) == {
            UUID(int=1): first[:1],
            UUID(int=2): second,
        }
        assert log.files(own, [UUID(int=2)], 9) == {UUID(int=2): second}
        assert log.files(own, [], 9) == {}
        for size in (1, 5000):
            monkeypatch.setattr(log, "PAGE", size)
            with own.transaction():
                assert list(log.every_file(own, 3)) == [(UUID(int=1), first[:1]), (UUID(int=2), second)]
                assert list(log.every_file(own, 0)) == []


def test_one_file_is_read_as_it_was_recorded(database: str, store: PostgresStore) -> None:
    write(store, seized("TS-1"))
    asset = write(store, seized("TS-2"), "appraised")
    with connection(database) as own:
        assert log.file(own, asset) == store.read([asset])[asset]
        assert [line.position for line in log.file(own, asset)] == [2, 3]
        assert log.file(own, uuid4()) == []


def test_the_offices_that_seized_under_a_reference_are_found_in_the_log(
    database: str, store: PostgresStore
) -> None:
    for office, ref in [("KV-2", "TS-1"), ("KV-1", "TS-1"), ("KV-1", "TS-1"), ("KV-3", "TS-2")]:
        write(store, seized(ref, office=office))
    with connection(database) as own:
        assert log.seizing_offices(own, "TS-1") == ["KV-1", "KV-2"]
        assert log.seizing_offices(own, "TS-9") == []


def test_the_head_of_the_log_is_its_last_position(database: str, store: PostgresStore) -> None:
    with connection(database) as own:
        assert log.head(own) == 0
        write(store, "seized", "appraised")
        assert log.head(own) == 2
