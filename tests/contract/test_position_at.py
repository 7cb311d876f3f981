"""Up to which position the log was known at a moment."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from auctions.domain.days import VIETNAM
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log
from tests.contract.registers import add, write
from tests.unit.given import entry, struck

FIRST = datetime(2026, 3, 31, 17, tzinfo=VIETNAM)
MOMENTS = [FIRST, FIRST, FIRST + timedelta(hours=1), FIRST + timedelta(hours=2), FIRST + timedelta(hours=2)]
"""When the entries at positions 1 to 5 were recorded, some by one command."""
TICK = timedelta(microseconds=1)
_INSERT = """INSERT INTO auctions.events
    (position, stream_id, entry_no, topic, payload, envelope, recorded_at, prev, leaf)
    VALUES (%s, gen_random_uuid(), 1, 'asset.seized', '{}', '', %s, '', '')"""


@pytest.fixture
def dated(database: str, admin: psycopg.Connection) -> str:
    """The URL of a database whose entries were recorded at MOMENTS."""
    for position, moment in enumerate(MOMENTS, 1):
        admin.execute(_INSERT, [position, moment])
    return database


def test_the_position_of_a_moment_is_that_of_the_last_entry_recorded_until_then(dated: str) -> None:
    asked = {
        FIRST - timedelta(days=9): 0,
        FIRST - TICK: 0,
        FIRST: 2,
        FIRST + TICK: 2,
        FIRST + timedelta(minutes=59): 2,
        FIRST + timedelta(hours=1): 3,
        FIRST + timedelta(hours=2) - TICK: 3,
        FIRST + timedelta(hours=2): 5,
        FIRST + timedelta(days=900): 5,
    }
    with connection(dated) as own:
        assert {moment: log.position_at(own, moment) for moment in asked} == asked


def test_a_moment_is_the_same_in_every_zone(dated: str) -> None:
    with connection(dated) as own:
        assert log.position_at(own, datetime(2026, 3, 31, 10, tzinfo=UTC)) == 2
        assert log.position_at(own, datetime(2026, 3, 31, 9, 59, 59, tzinfo=UTC)) == 0


def test_every_length_of_a_log_is_searched_to_its_end(database: str, admin: psycopg.Connection) -> None:
    with connection(database) as own:
        for length in range(1, 18):
            admin.execute(_INSERT, [length, FIRST + timedelta(hours=length)])
            found = [log.position_at(own, FIRST + timedelta(hours=hours)) for hours in range(length + 2)]
            assert found == [*range(length + 1), length]


def test_an_empty_log_is_known_up_to_nothing(database: str) -> None:
    with connection(database) as own:
        assert log.position_at(own, FIRST) == 0


def test_a_command_is_known_as_a_whole_or_not_at_all(database: str, store: PostgresStore) -> None:
    with connection(database) as own:
        assert log.whole_commands(own, 0) == 0
    first, second = write(store, "seized", "appraised"), write(store, "seized")
    add(store, first, struck(2), entry("appraised", 3), entry("cost_accrued", 4))
    add(store, second, entry("cost_accrued", 4))
    add(store, second, entry("cost_accrued", 5))
    ends = {0: 0, 1: 0, 2: 2, 3: 3, 4: 3, 5: 3, 6: 6, 7: 7, 8: 8}
    with connection(database) as own:
        assert {position: log.whole_commands(own, position) for position in ends} == ends


def test_the_service_may_ask(dated: str) -> None:
    with connection(dated) as own:
        assert own.execute("SELECT current_user").fetchone() == ("auctions_service",)
        assert log.position_at(own, FIRST) == 2
