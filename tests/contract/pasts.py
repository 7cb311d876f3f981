"""A log of random lives, any past of it told anew in a database of its own, and lists read whole."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from auctions.domain.asset.decisions import File
from auctions.domain.asset.state import standing
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log
from projections.asset_list import Filter, Sorted, facets, facets_query, page_query
from projections.runner import Runner
from projections.times import Times
from tests.contract.laws import unsold
from tests.contract.registers import command, interleaved, lived, seeded, seized
from tests.journeys.databases import created
from tests.unit.given import TODAY, given
from tests.unit.situations import BOUGHT, CO_OWNERS, HAMMER, HANDED, TAKEN

_SALES = [HANDED, (*CO_OWNERS, "sale_paid"), (*BOUGHT, "result_annulled"), TAKEN, (*HAMMER, "suspended")]
Item = dict[str, Any]
Listed = tuple[Sorted, UUID, Item]


class Lives(NamedTuple):
    """A log of random lives in a database, which the read models have caught up with."""

    url: str
    days: list[date]
    """The legal days of its entries, strikes apart, in order."""
    head: int

    def times(self, day: float | None, known: float | None) -> Times:
        """Return the times after a share of its days, as known after a share of its entries; None is now."""
        on = None if day is None else self.days[int(day * (len(self.days) - 1))]
        return Times(on, None if known is None else int(known * self.head))

    def drawn(self, number: int) -> list[Times]:
        """Return random days as known at random positions, the same in every run."""
        random = seeded(number)
        return [self.times(random.random(), random.random()) for _ in range(number)]


def _life(random: Random, number: int) -> File:
    """A file of anything that is possible, of rounds that fail and cuts, or of a sale."""
    seizure: dict[str, Any] = {
        "province": random.choice(["Bình Định", "Đắk Lắk", None]),
        "commune": random.choice(["An Ninh Đông", None]),
        "officer": random.choice(["CHV-1", "CHV-2", None]),
        "description": random.choice(["thửa 7", "Nhà hai tầng", None]),
        "attributes": {"certificate_no": f"CS {number % 9}"},
    }
    ref, on = f"TS-{number}", random.choice([-300, 0, 1, 2])
    match number % 5:
        case 0 | 1:
            return lived(random, ref, on, **seizure)
        case 2 | 3:
            return unsold(random, ref, on, **seizure)
    return given(seized(ref, on, **seizure), *random.choice(_SALES)[1:])


@contextmanager
def lives(server: str, template: str, assets: int = 40) -> Iterator[Lives]:
    """Record random lives in a database of their own, an entry a command; the read models follow in parts."""
    random = seeded(11)
    files = [_life(random, number) for number in range(assets)]
    commands = interleaved(random, files)
    days = sorted(line.on for file in files for _, line in standing(file.lines))
    with created(server, template) as url, closing(PostgresStore(url)) as store:
        runner, part = Runner(url), len(commands) // 5 + 1
        for first in range(0, len(commands), part):
            with store.transaction() as transaction:
                transaction.append_all(commands[first : first + part])
            runner.catch_up()
        yield Lives(url, days, len(commands))


@contextmanager
def cut(server: str, template: str, made: Lives, times: Times) -> Iterator[str]:
    """Lend a database in which is recorded no more than what stood at two times."""
    known_at = made.head if times.known_at is None else times.known_at
    until = times.as_of or date.max
    with connection(made.url) as own, own.transaction():
        files = {each: log.numbered(events) for each, events in log.every_file(own, known_at)}
    entries = {
        each: [entry for _, entry in standing(lines) if entry.on <= until] for each, lines in files.items()
    }
    commands = [command(each, 0, *kept) for each, kept in entries.items() if kept]
    with created(server, template) as url, closing(PostgresStore(url)) as store:
        with store.transaction() as transaction:
            transaction.append_all(commands)
        Runner(url).catch_up()
        yield url


def asked(times: Times, **fields: Any) -> Filter:  # noqa: ANN401 - a filter's own values
    """Return a question on the day of the times, of which days are counted back."""
    return Filter(**{"day": times.as_of or TODAY, "times": times, "limit": 1000, **fields})


def page(own: psycopg.Connection, wanted: Filter) -> list[Listed]:
    """Return a page: the value sorted by, the asset's id, the item."""
    query, params = page_query(wanted)
    rows = own.execute(query.encode(), params).fetchall()
    return [(value, asset_id, json.loads(item)) for value, asset_id, item in rows]


def pages(own: psycopg.Connection, wanted: Filter) -> Iterator[list[Listed]]:
    """Yield page after page, each from the last row of the one before."""
    while found := page(own, wanted):
        yield found
        wanted = replace(wanted, after=found[-1][:2])


def counts(own: psycopg.Connection, wanted: Filter) -> dict[str, Any]:
    """Return the facets of a question, the values of each in order."""
    query, params = facets_query(wanted)
    told = facets(own.execute(query.encode(), params))
    return {
        facet: found if facet == "total" else sorted(found, key=lambda each: each["value"])
        for facet, found in told.items()
    }
