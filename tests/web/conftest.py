"""The application on real databases that hold the register."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from starlette.testclient import TestClient

from api.app import create_app
from tests.journeys.databases import created
from tests.web.keys import held
from tests.web.provided import AUDIENCE, Provided, key, provided
from tests.web.register import Id, filed, recorded


@pytest.fixture(scope="session")
def register(server: str, template: str) -> Iterator[str]:
    """The URL of a database that holds the register; nobody changes it."""
    with created(server, template) as url:
        yield url


@pytest.fixture(scope="session")
def ids(register: str) -> Id:
    """The register is recorded; its assets' ids by reference, the same in every database."""
    return recorded(register)


@pytest.fixture(scope="session")
def web(register: str, ids: Id) -> Iterator[TestClient]:
    """A client of the application on the register."""
    assert ids
    with TestClient(create_app(register)) as client:
        yield client


@pytest.fixture
def changing(database: str) -> Iterator[TestClient]:
    """A client of the application on a register of the test's own, at `database`."""
    recorded(database)
    with TestClient(create_app(database)) as client:
        yield client


@pytest.fixture
def recording(database: str) -> Iterator[TestClient]:
    """A client of the application on a register of the test's own, of which no read model was built."""
    filed(database)
    with TestClient(create_app(database)) as client:
        yield client


@pytest.fixture
def empty(database: str) -> Iterator[TestClient]:
    """A client of the application on a migrated database without read models."""
    with TestClient(create_app(database)) as client:
        yield client


@pytest.fixture
def coordinator(database: str) -> Iterator[TestClient]:
    """A coordinator's client of the application on a migrated database without read models."""
    with TestClient(create_app(database), headers=held(database, "coordinator")) as client:
        yield client


@pytest.fixture
def away(server: str) -> Iterator[TestClient]:
    """A client of the application whose database is not there."""
    with TestClient(create_app(make_conninfo(server, dbname="auctions_never_there"))) as client:
        yield client


@pytest.fixture(scope="session")
def identities() -> Iterator[Provided]:
    """A provider of identities whose keys nobody changes."""
    with provided([key(alg) for alg in ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")]) as found:
        yield found


@pytest.fixture
def own_identities() -> Iterator[Provided]:
    """A provider of identities of the test's own."""
    with provided([key("ES256", "first")]) as found:
        yield found


@pytest.fixture
def trusting(register: str, ids: Id, identities: Provided) -> Iterator[TestClient]:
    """A browser at the application on the register, which trusts the provider; nobody is signed in."""
    assert ids
    with psycopg.connect(register, autocommit=True) as own:
        own.execute("DELETE FROM auctions.sessions")
    with _browser(register, identities) as browser:
        yield browser


@pytest.fixture
def trusting_changing(database: str, identities: Provided) -> Iterator[TestClient]:
    """A browser at the application on a register of the test's own, which trusts the provider."""
    recorded(database)
    with _browser(database, identities) as browser:
        yield browser


def _browser(url: str, identities: Provided) -> TestClient:
    app = create_app(url, provider=identities.provider())
    return TestClient(app, base_url=AUDIENCE, follow_redirects=False)
