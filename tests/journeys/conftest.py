"""The command line on databases of its own."""

from collections.abc import Iterator
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from auctions.journal.importing import Mode
from auctions.store import embedded
from auctions.store.postgres import PostgresStore
from tests.journeys.commandline import CommandLine
from tests.journeys.databases import created
from tests.journeys.imports import imported
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
    with created(server, "template0") as url:
        yield url


@pytest.fixture(scope="session")
def recorded(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """The command line on a database that holds the good register; nobody changes it."""
    with created(server, template) as url:
        auctions = CommandLine(AUCTIONS_DATABASE_URL=url)
        auctions("import", written(tmp_path_factory.mktemp("register") / "register.csv", good()))
        yield auctions


@pytest.fixture(scope="session")
def sample(server: str, template: str) -> Iterator[str]:
    """The URL of a database that holds the sample register; nobody changes it."""
    register = files("auctions.journal").joinpath("sample_register.csv")
    with created(server, template) as url, closing(PostgresStore(url)) as store, as_file(register) as path:
        assert imported(store, path, Mode.ALL_OR_NOTHING).problems == []
        yield url
