"""What the contract tests share: samples of every entry, commands, both stores, and a bare database."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from auctions.domain.asset.events import ENTRIES, AssetEntry
from auctions.domain.event import Entry, Envelope, Recorded
from auctions.journal.importing import Mode
from auctions.store.codec import decode
from auctions.store.connect import connection
from auctions.store.mapper import Line, LineMapper, StoredLine
from auctions.store.memory import MemoryStore
from auctions.store.port import Command, Store
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.contract.pasts import Lives, lives
from tests.contract.random_logs import RandomLog, read, recorded
from tests.journeys.databases import created
from tests.journeys.imports import imported

LOCK = 7283001
"""The advisory lock under which the log grows."""

Link = tuple[StoredLine, bytes, bytes]
"""A stored line with its `prev` and its leaf hash."""

_LINKS = """SELECT stream_id, entry_no, topic, payload, envelope, position, recorded_at, prev, leaf
    FROM auctions.events ORDER BY position"""
_WAITING = """SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE datname = current_database() AND locktype = 'advisory' AND objid = %s AND NOT granted"""


@pytest.fixture(scope="session")
def golden() -> Path:
    """The folder of the golden files: for each topic and version a full sample and the least one."""
    return Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def samples(golden: Path) -> list[AssetEntry]:
    """An entry of every class with all its fields set."""
    topics = [(cls.TOPIC, cls.VERSION) for cls in ENTRIES.values()]
    files = [(topic, golden / f"{topic}.v{version}.json") for topic, version in topics]
    return [decode(topic, json.dumps(json.loads(file.read_bytes())[0]).encode()) for topic, file in files]  # type: ignore[misc]  # of asset entries


@pytest.fixture
def command(samples: list[AssetEntry]) -> Callable[..., Command]:
    """Return what makes a command: of one seizure in a new file, unless told otherwise."""

    def make(
        *entries: Entry, stream_id: UUID | None = None, expected: int = 0, command_id: UUID | None = None
    ) -> Command:
        office = "Chi cục THADS quận Bình Thạnh"
        envelope = Envelope("chv.017", office, "officer", command_id or uuid4(), "req-1", "2024-07-01")
        return Command(stream_id or uuid4(), expected, entries or samples[:1], envelope)

    return make


@pytest.fixture(params=["memory", "postgres"])
def any_store(request: pytest.FixtureRequest) -> Store:
    """Give each store in turn."""
    kept: Store = MemoryStore() if request.param == "memory" else request.getfixturevalue("store")
    return kept


@pytest.fixture
def links(any_store: Store, request: pytest.FixtureRequest) -> Callable[[], list[Link]]:
    """Return what tells the whole log of the store, in order."""
    if isinstance(any_store, MemoryStore):
        return lambda: [(_stored(kept.line), kept.prev, kept.leaf) for kept in any_store.log]
    url = request.getfixturevalue("database")

    def rows() -> list[Link]:
        with connection(url) as reader:
            return [(StoredLine(*row[:7]), row[7], row[8]) for row in reader.execute(_LINKS)]

    return rows


def _stored(line: Recorded) -> StoredLine:
    stored = LineMapper().to_stored_event(Line(*line))
    fields = stored.originator_id, stored.originator_version, stored.topic, stored.state, stored.envelope
    return StoredLine(*fields, line.position, line.recorded_at)


@pytest.fixture
def bare(server: str) -> Iterator[str]:
    """The superuser's URL of a database in which nothing is migrated."""
    with created(server, "template0") as url:
        yield url


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Return what waits until something is so, thirty seconds at most."""

    def wait(so: Callable[[], object]) -> None:
        end = time.monotonic() + 30
        while not so():
            assert time.monotonic() < end, "it did not come to pass in thirty seconds"
            time.sleep(0.005)

    return wait


@pytest.fixture
def log_lock(admin: psycopg.Connection) -> Iterator[Callable[[], list[int]]]:
    """Hold the log's lock, so that writers wait; calling it tells the processes that wait."""
    admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    yield lambda: [row[0] for row in admin.execute(_WAITING, [LOCK])]
    admin.execute("SELECT pg_advisory_unlock_all()")


@pytest.fixture(scope="session")
def random_log(server: str, template: str) -> Iterator[Callable[[int], RandomLog]]:
    """Return what makes the random log of a seed, once; nobody changes it."""
    with ExitStack() as kept:
        yield cache(lambda seed: kept.enter_context(recorded(server, template, seed)))


@pytest.fixture(scope="session")
def sample_log(server: str, template: str) -> Iterator[RandomLog]:
    """The log of the sample register, which the read models have caught up with; nobody changes it."""
    register = files("auctions.journal").joinpath("sample_register.csv")
    with created(server, template) as url, closing(PostgresStore(url)) as store, as_file(register) as path:
        assert imported(store, path, Mode.ALL_OR_NOTHING).problems == []
        Runner(url).catch_up()
        yield read(0, url)


@pytest.fixture(scope="session")
def past(server: str, template: str) -> Iterator[Lives]:
    """A log of random lives with late entries and strikes; nobody changes it."""
    with lives(server, template) as made:
        yield made
