"""Logs of random lives, in databases of their own and without one, and the pairs of times to ask about."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple
from uuid import UUID

import psycopg
import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.office.events import OfficeEntry, office_id
from auctions.store.codec import encode
from auctions.store.connect import connection
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from projections import folding, log, tracking
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.laws import book, limit
from tests.contract.oracle import Log, Row, files
from tests.contract.random_lives import OFFICES, lived
from tests.contract.registers import command, seeded
from tests.journeys.databases import created

_ROWS = "SELECT position, stream_id, entry_no, topic, payload FROM auctions.events ORDER BY position"
_ENDS = """SELECT max(position) FROM auctions.events
    GROUP BY convert_from(envelope, 'UTF8')::json ->> 'command_id' ORDER BY 1"""


class RandomLog(NamedTuple):
    """A log, with its database where it has one, and the read models there have caught up with it."""

    seed: int
    rows: list[Row]
    log: Log
    """The rows, as the oracle reads them."""
    ends: list[int]
    """The positions at which commands ended: until then not all is known that stands together."""
    days: list[date]
    """The legal days of its entries, strikes apart, in order."""
    url: str = ""


class Pair(NamedTuple):
    """A legal day and a position of the log."""

    as_of: date
    known_at: int


def drawn(random: Random, made: RandomLog) -> Pair:
    """Draw a pair, often on the edge of an entry's day."""
    on = random.choice([random.choice(made.days), random.choice(made.days), _between(random, made.days)])
    on -= timedelta(days=random.choice([0, 0, 1]))
    return Pair(on, random.choice([0, *made.ends]))


def _between(random: Random, days: Sequence[date]) -> date:
    return days[0] + timedelta(days=random.randint(0, (days[-1] - days[0]).days))


def in_memory(seed: int, assets: int = 50) -> RandomLog:
    """Make a log without a database."""
    commands = _commands(seeded(seed), assets)
    lines = [
        (each.stream_id, number, entry)
        for each in commands
        for number, entry in enumerate(each.entries, each.expected + 1)
    ]
    rows = [
        (position, stream_id, entry_no, entry.TOPIC, encode(entry))
        for position, (stream_id, entry_no, entry) in enumerate(lines, 1)
    ]
    ends = accumulate(len(each.entries) for each in commands)
    return RandomLog(seed, rows, files(rows), list(ends), _days(rows))


@contextmanager
def recorded(server: str, template: str, seed: int, assets: int = 50) -> Iterator[RandomLog]:
    """Make a log in a database of its own; the read models follow it in two steps."""
    random = seeded(seed)
    commands = _commands(random, assets)
    half = random.randrange(len(commands))
    with created(server, template) as url, closing(PostgresStore(url)) as store:
        for part in (commands[:half], commands[half:]):
            with store.transaction() as transaction:
                transaction.append_all(part)
            _follow(url, random)
        yield read(seed, url)


def read(seed: int, url: str) -> RandomLog:
    """Return the log of a database."""
    with psycopg.connect(url) as own:
        rows, ends = own.execute(_ROWS).fetchall(), own.execute(_ENDS).fetchall()
    return RandomLog(seed, rows, files(rows), [end for (end,) in ends], _days(rows), url)


def _days(rows: Sequence[Row]) -> list[date]:
    lines = [line for file in files(rows).values() for line in file]
    return sorted(date.fromisoformat(line.on) for line in lines if line.name != "entry_struck")


def _commands(random: Random, assets: int) -> list[Command]:
    return shuffled(random, [lived(random, f"TS-{number}") for number in range(assets)])


def _follow(url: str, random: Random) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log, "PAGE", random.choice([40, 300, 5000]))
        patch.setattr(folding, "KEPT", random.choice([0, 20, 20_000]))
        Runner(url).catch_up()
    with connection(url) as own:
        places = tracking.tracked(own, read_models())
    stopped = [place for place in places if place.stopped_at is not None]
    assert not stopped, f"stopped at {stopped[0].stopped_at}: {stopped[0].reason}"


def shuffled(random: Random, lives: Sequence[Sequence[Sequence[AssetEntry]]]) -> list[Command]:
    """Return the commands in an order random from file to file; offices change their rules in between."""
    left = {UUID(int=random.getrandbits(128)): list(life) for life in lives}
    turns: list[UUID | str] = [asset_id for asset_id, life in left.items() for _ in life]
    turns += random.choices(OFFICES, k=5)
    random.shuffle(turns)
    versions = dict.fromkeys([*left, *map(office_id, OFFICES)], 0)
    commands = []
    for turn in turns:
        stream_id = office_id(turn) if isinstance(turn, str) else turn
        entries = [_rules(random, turn)] if isinstance(turn, str) else left[turn].pop(0)
        commands.append(command(stream_id, versions[stream_id], *entries))
        versions[stream_id] += len(entries)
    return commands


def _rules(random: Random, office: str) -> OfficeEntry:
    if random.random() < 0.5:
        return book(office, random.choice(["it", "vn"]))
    return limit(office, random.randrange(10))
