"""A long log, writers who go on writing to it, and readers who hold the read models against it."""

import time
from contextlib import closing
from datetime import date, timedelta
from random import Random
from threading import Event
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg

from auctions.domain.asset import events as e
from auctions.domain.event import Envelope
from auctions.store.connect import connection
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from projections import log, tracking

LENGTH = 10
"""Entries of a file of the bulk."""
WRITERS = 8
_BATCH = 500
_SUMS = """SELECT count(*) FILTER (WHERE topic = 'asset.seized'),
    coalesce(sum((readable(payload) ->> 'amount')::int8) FILTER (WHERE topic = 'asset.cost_accrued'), 0)::int8
    FROM auctions.events WHERE position > %s AND position <= %s"""
_NOW = "WHERE known_to = 9223372036854775807 AND on_to = '9999-12-31'"
ROWS = {
    "assets": "SELECT count(*), coalesce(sum(costs), 0)::int8 FROM assets",
    "asset_periods": f"SELECT count(*), coalesce(sum(costs), 0)::int8 FROM asset_periods {_NOW}",  # noqa: S608 - a constant
    "asset_listings": f"SELECT count(*), NULL::int8 FROM asset_listings {_NOW}",  # noqa: S608 - a constant
}
"""What the rows of a read model come to: the assets seized, and their costs where it tells of them."""

Sums = tuple[int, int]


def office(number: int) -> str:
    return f"KV-{number % 40}"


def command(stream_id: UUID, expected: int, *entries: e.AssetEntry) -> Command:
    return Command(stream_id, expected, entries, Envelope("clerk", "KV-1", "coordinator", uuid4()))


def seizure(number: int) -> e.Seized:
    kind = ("land", "house", "vessel", "other")[number % 4]
    day = date(2020, 1, 6) + timedelta(number % 900)
    return e.Seized(on=day, asset_ref=f"TS-{number}", office=office(number), kind=kind)


def cost(on: date, amount: int) -> e.CostAccrued:
    return e.CostAccrued(on=on, amount=amount, what="custody")


def fill(url: str, events: int) -> None:
    """Record files of ten entries each, two rounds without a buyer and costs, a batch a transaction."""
    with closing(PostgresStore(url)) as store:
        for first in range(0, events // LENGTH, _BATCH):
            files = range(first, min(events // LENGTH, first + _BATCH))
            with store.transaction() as transaction:
                transaction.append_all([_file(number) for number in files])


def file_id(number: int) -> UUID:
    return UUID(int=(number * 0x9E3779B97F4A7C15F39CC0605CEDC834 + 1) % 2**128)


def _file(number: int) -> Command:
    seized, price = seizure(number), 1_000_000_000 + number
    lines: list[e.AssetEntry] = [seized]
    day = seized.on + timedelta(20)
    lines.append(e.Appraised(on=day, value=price, method="appraiser"))
    for round_no in (1, 2):
        day += timedelta(30)
        lines += [
            e.RoundAnnounced(on=day, round_no=round_no, starting_price=price),
            e.RoundFailed(on=day + timedelta(20), round_no=round_no, reason="no_registrant"),
            cost(day + timedelta(21), 1000 + number % 7),
        ]
        price = price * 9 // 10
        lines.append(e.PriceReduced(on=day + timedelta(25), to_price=price, decided_by="officer"))
    return command(file_id(number), 0, *lines)


class Writer:
    """Adds costs, some of them late, to files of its own among the bulk, and begins new files.

    As many times as there are files in the bulk at most: a rebuild that is slowed down ends too.
    """

    def __init__(self, store: PostgresStore, number: int, files: int, stop: Event) -> None:
        self._store, self._number, self._files, self._stop = store, number, files, stop
        self.written = 0

    def write(self) -> None:
        random = Random(self._number)  # noqa: S311 - the same entries in every run
        versions: dict[int, int] = {}
        while not self._stop.is_set() and self.written < self._files:
            number = self._number + WRITERS * random.randrange(self._files // WRITERS)
            version = versions.get(number, LENGTH)
            days = random.randrange(100) if random.random() < 0.1 else 1000 + version
            on = seizure(number).on + timedelta(days)
            self._store.append(command(file_id(number), version, cost(on, random.randrange(1, 1000))))
            versions[number] = version + 1
            if random.random() < 0.2:
                self._store.append(command(uuid4(), 0, seizure(10**7 + number)))
            self.written += 1
            time.sleep(0.15)


class Read(NamedTuple):
    """What one reading found of a read model, and what the log tells up to the same position."""

    name: str
    position: int
    found: tuple[Any, ...]
    told: Sums


class Reader:
    """Reads the read models in turns, each with its place, and what the log tells up to there.

    One kind of reader reads by a transaction that sees one moment, another by a single statement.
    """

    def __init__(self, url: str, stop: Event, *, by_transaction: bool) -> None:
        self._url, self._stop, self._by_transaction = url, stop, by_transaction
        with connection(url) as own:
            self._base = log.head(own)
            self._sums = _sums(own, 0, self._base)
        self.reads = 0
        self.last: dict[str, int] = {}
        self.wrong: list[str] = []

    def read(self) -> None:
        """Read until it is to stop; what is wrong is kept in words."""
        read = self._of_a_moment if self._by_transaction else self._at_once
        with connection(self._url) as own:
            own.execute("SET max_parallel_workers_per_gather = 0")  # what is under test needs the processors
            while not self._stop.is_set():
                for name in ROWS:
                    self._judge(read(own, name))

    def _of_a_moment(self, own: psycopg.Connection[Any], name: str) -> Read:
        with own.transaction():
            own.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            tracking.hold(own, [name])
            position = tracking.position(own, name)
            found = own.execute(ROWS[name].encode()).fetchone() or ()
            return Read(name, position, found, self._told(own, position))

    def _at_once(self, own: psycopg.Connection[Any], name: str) -> Read:
        query = f"SELECT rows.*, (SELECT position FROM tracking WHERE name = %s) FROM ({ROWS[name]}) AS rows"  # noqa: S608 - a constant
        *found, position = own.execute(query.encode(), [name]).fetchall()[0]
        return Read(name, position, tuple(found), self._told(own, position))

    def _told(self, own: psycopg.Connection[Any], position: int) -> Sums:
        assets, costs = _sums(own, self._base, position)
        return self._sums[0] + assets, self._sums[1] + costs

    def _judge(self, read: Read) -> None:
        self.reads += 1
        differs = [has for has, told in zip(read.found, read.told, strict=True) if has not in {told, None}]
        if differs:
            self.wrong.append(f"{read} differs")
        if read.position < self.last.get(read.name, 0):
            self.wrong.append(f"{read} fell from {self.last[read.name]}")
        self.last[read.name] = read.position


def _sums(own: psycopg.Connection[Any], after: int, up_to: int) -> Sums:
    row = own.execute(_SUMS, [after, up_to]).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)
