"""A real PostgreSQL for the session, a fresh migrated database for each test that asks for one."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from auctions.domain.asset.law import law
from auctions.rules.calendar import calendar
from auctions.rules.kinds import asset_kinds
from auctions.rules.rulebook import rulebooks
from auctions.store import embedded
from auctions.store.migrate import migrate
from auctions.store.postgres import PostgresStore
from tests.journeys.databases import created


def pytest_configure() -> None:
    """Forget what is read once a process: a run in a fork of another, as of mutants, begins afresh."""
    for once in (law, rulebooks, calendar, asset_kinds):
        once.cache_clear()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The superuser's URL of the server named by AUCTIONS_TEST_SERVER, else of an embedded one."""
    named = os.environ.get("AUCTIONS_TEST_SERVER")
    if named:
        yield named
        return
    home = tmp_path_factory.mktemp("home")
    url = embedded.start(home)
    with psycopg.connect(url, autocommit=True) as own:
        # No test takes the machine's power away, and a database for each is made in a fifth of the time.
        own.execute("ALTER SYSTEM SET fsync = off")
        own.execute("SELECT pg_reload_conf()")
    yield url
    embedded.stop(home)


@pytest.fixture(scope="session")
def template(server: str) -> Iterator[str]:
    """The name of a migrated database that others are copied from."""
    with created(server, "template0") as url:
        migrate(url)
        yield str(conninfo_to_dict(url)["dbname"])


@pytest.fixture
def database(server: str, template: str) -> Iterator[str]:
    """The superuser's URL of a fresh migrated database."""
    with created(server, template) as url:
        yield url


@pytest.fixture
def store(database: str) -> Iterator[PostgresStore]:
    """A store on a fresh database."""
    opened = PostgresStore(database)
    yield opened
    opened.close()


@pytest.fixture
def admin(database: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection to the database of the test."""
    with psycopg.connect(database, autocommit=True) as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty AUCTIONS_HOME."""
    monkeypatch.setenv("AUCTIONS_HOME", str(tmp_path))
    return tmp_path
