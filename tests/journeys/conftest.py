"""The command line on databases of its own."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from auctions.store import embedded
from tests.journeys.commandline import CommandLine
from tests.journeys.registers import good, written


@pytest.fixture
def auctions(database: str) -> CommandLine:
    """The command line on a fresh migrated database."""
    return CommandLine(AUCTIONS_DATABASE_URL=database)


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[CommandLine]:
    """The command line on the embedded server of an empty AUCTIONS_HOME; it is stopped afterwards."""
    home = tmp_path / "home"
    yield CommandLine(AUCTIONS_HOME=str(home))
    embedded.stop(home)


@pytest.fixture
def bare(server: str) -> Iterator[str]:
    """The superuser's URL of a database that holds nothing."""
    name = f"auctions_test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
        yield make_conninfo(server, dbname=name)
        own.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def recorded(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """The command line on a database that holds the good register; nobody changes it."""
    name = f"auctions_test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        auctions = CommandLine(AUCTIONS_DATABASE_URL=make_conninfo(server, dbname=name))
        auctions("import", written(tmp_path_factory.mktemp("register") / "register.csv", good()))
        yield auctions
        own.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
