"""Migrations: applied once whoever races, never changed after, and a database without them is told so."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from auctions.store.connect import NoDatabase, connection
from auctions.store.migrate import migrate, migrations, pending
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore

ALL = [name for name, _ in migrations()]


def told(ask: Callable[[], object]) -> str:
    """Return the one line with which NoDatabase is told."""
    with pytest.raises(NoDatabase) as error:
        ask()
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.fixture
def without_a_role(admin: psycopg.Connection[Any]) -> Iterator[None]:
    """Give the service's role another name for a while, as if it had not been made."""
    admin.execute("ALTER ROLE auctions_service RENAME TO auctions_service_away")
    yield
    admin.execute("ALTER ROLE auctions_service_away RENAME TO auctions_service")


def test_migrating_a_bare_database_applies_everything_and_a_second_time_nothing(bare: str) -> None:
    assert migrate(bare) == ALL
    assert migrate(bare) == []


def test_four_racing_migrators_apply_everything_once(bare: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        applied = list(threads.map(migrate, [bare] * 4))
    assert sorted(applied, key=len) == [[], [], [], ALL]


def test_what_is_recorded_stays_when_migrating_again(
    store: PostgresStore, database: str, command: Callable[..., Command]
) -> None:
    asked = command()
    store.append(asked)
    assert migrate(database) == []
    assert len(store.read([asked.stream_id])[asked.stream_id]) == 1


def test_a_migration_edited_after_it_was_applied_is_told(
    admin: psycopg.Connection[Any], database: str
) -> None:
    admin.execute("UPDATE auctions.migrations SET sha256 = 'of other text' WHERE name = %s", [ALL[0]])
    line = told(lambda: migrate(database))
    assert line == f"migration {ALL[0]} was changed after it was applied: restore the file"


@pytest.mark.parametrize("role", ["pg_monitor", "auctions_service"])
def test_a_user_without_rights_is_told_who_should_migrate(bare: str, role: str) -> None:
    line = told(lambda: migrate(make_conninfo(bare, options=f"-c role={role}")))
    assert line.endswith("run `auctions migrate` as the database's owner")


def test_migrating_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    line = told(lambda: migrate(f"host={tmp_path} dbname=postgres"))
    assert "does not answer" in line
    assert "`auctions db start`" in line


def test_opening_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    line = told(lambda: PostgresStore(f"host={tmp_path} dbname=postgres"))
    assert "does not answer" in line
    assert "AUCTIONS_DATABASE_URL" in line


def test_opening_a_database_that_was_never_migrated_says_so(bare: str, template: str) -> None:
    assert template
    line = told(lambda: PostgresStore(bare))
    assert line == f"the database lacks {', '.join(ALL)}: run `auctions migrate`"


@pytest.mark.usefixtures("without_a_role")
def test_opening_a_database_of_a_server_without_our_roles_says_so(database: str) -> None:
    assert "run `auctions migrate`" in told(lambda: PostgresStore(database))


def test_opening_a_database_of_an_older_program_names_what_it_lacks(
    admin: psycopg.Connection[Any], database: str
) -> None:
    admin.execute("DELETE FROM auctions.migrations WHERE name = %s", [ALL[-1]])
    with connection(database) as service:
        assert pending(service) == ALL[-1:]
    assert told(lambda: PostgresStore(database)) == f"the database lacks {ALL[-1]}: run `auctions migrate`"


def test_opening_a_database_whose_first_migration_failed_says_so(bare: str) -> None:
    with psycopg.connect(bare, autocommit=True) as other:
        other.execute("CREATE SCHEMA auctions AUTHORIZATION auctions_owner CREATE TABLE events ()")
    with pytest.raises(psycopg.errors.DuplicateTable):
        migrate(bare)
    assert told(lambda: PostgresStore(bare)) == f"the database lacks {', '.join(ALL)}: run `auctions migrate`"


def test_a_migrated_database_lacks_nothing(database: str) -> None:
    with connection(database) as service:
        assert pending(service) == []
