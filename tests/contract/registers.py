"""Files in a real log, written in any order, and the read models that answer from them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from random import Random
from threading import Thread
from uuid import UUID, uuid4

import psycopg

from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.possible import POSSIBLE
from auctions.domain.errors import Refused
from auctions.domain.event import Envelope
from auctions.store.connect import connection
from auctions.store.port import Command, Store
from auctions.store.postgres import PostgresStore
from projections import log, tracking
from projections.check import first_difference
from projections.registry import read_models
from projections.runner import Runner
from tests.unit.given import entry, fitting, given, struck, when

_INSERT = """INSERT INTO auctions.events
    (position, stream_id, entry_no, topic, payload, envelope, recorded_at, prev, leaf)
    SELECT coalesce(max(position), 0) + 1, gen_random_uuid(), 1, %s, %s, '', now(), '', ''
    FROM auctions.events RETURNING position"""
_LEADERS = """SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE datname = current_database() AND locktype = 'advisory' AND objid = 7283002 AND granted"""


def command(asset_id: UUID, expected: int, *entries: AssetEntry) -> Command:
    return Command(asset_id, expected, entries, Envelope("clerk", "KV-3", "coordinator", uuid4()))


def append(store: Store, *commands: Command) -> None:
    """Record commands in one transaction."""
    with store.transaction() as transaction:
        transaction.append_all(commands)


def write(store: PostgresStore, *steps: str | AssetEntry) -> UUID:
    """Record a file of the steps by one command; return its id."""
    asset_id = uuid4()
    store.append(command(asset_id, 0, *(line for _, line in given(*steps).lines)))
    return asset_id


def add(store: PostgresStore, asset_id: UUID, *entries: AssetEntry) -> int:
    """Record further entries of a file; return the position of the last."""
    version = len(store.read([asset_id])[asset_id])
    return store.append(command(asset_id, version, *entries)).positions[-1]


def seized(ref: str, on: int = 1, **fields: object) -> AssetEntry:
    return entry("seized", on, asset_ref=ref, **fields)


def insert(admin: psycopg.Connection, topic: str, payload: bytes) -> int:
    """Put an event into the log past every check and without a notice; return its position."""
    row = admin.execute(_INSERT, [topic, payload]).fetchone()
    assert row
    return int(row[0])


def differences(url: str) -> dict[str, str]:
    """Return what differs from a replay, by read model."""
    with connection(url) as own:
        found = {name: first_difference(own, model) for name, model in read_models().items()}
    return {name: difference.words() for name, difference in found.items() if difference}


def refs(url: str) -> list[str]:
    """Return the references the list of assets answers with, one for each row."""
    with connection(url) as own:
        return [ref for (ref,) in own.execute("SELECT asset_ref FROM assets ORDER BY asset_ref")]


def head(url: str) -> int:
    with connection(url) as own:
        return log.head(own)


@contextmanager
def running(url: str, runner: Runner) -> Iterator[None]:
    """Run it beside the test, and see it end."""
    thread = Thread(target=runner.run)
    thread.start()
    try:
        yield
    finally:
        runner.stop()
        with connection(url) as own:
            own.execute("NOTIFY auctions_entries")
        thread.join(10)
        assert not thread.is_alive()


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same lives in every run


def lived(random: Random, ref: str, on: int = 1, **seizure: object) -> File:
    """A file of some twenty random entries, late ones and strikes among them, all admitted."""
    file = given(seized(ref, on, kind=random.choice(["land", "house"]), **seizure), "appraised")
    for _ in range(45):
        last = (file.state.last_on - entry("seized", 0).on).days
        on = min(100, max(0, last + random.choice([0, 1, 2, 3, -4])))
        names = [name for name in sorted(POSSIBLE) if file.state.stage in POSSIBLE[name]]
        asked = fitting(random.choice(names), file.state, on) if names else None
        if asked is None or random.random() < 0.1:
            asked = struck(random.randint(1, file.version))
        with suppress(Refused):
            when(file, asked)
    return file


def interleaved(random: Random, files: Sequence[File]) -> list[Command]:
    """The entries of the files, one a command, in an order that is random from file to file."""
    left = {uuid4(): list(file.lines) for file in files}
    turns = [asset_id for asset_id, lines in left.items() for _ in lines]
    random.shuffle(turns)
    taken = [(asset_id, *left[asset_id].pop(0)) for asset_id in turns]
    return [command(asset_id, number - 1, line) for asset_id, number, line in taken]


def followed(url: str) -> bool:
    """Every read model stands at the head of the log."""
    with connection(url) as own:
        places = tracking.tracked(own, read_models())
        return [place.position for place in places] == [head(url)] * len(read_models())


def leaders(admin: psycopg.Connection) -> list[int]:
    """Return the processes that lead, by the lock they hold."""
    return [pid for (pid,) in admin.execute(_LEADERS)]


def oid(url: str) -> int:
    """Return what tells one table of assets from the next."""
    with connection(url) as own:
        row = own.execute("SELECT 'projections.assets'::regclass::oid").fetchone()
        assert row
        return int(row[0])
