"""The service under a steady load: ten reads to a write, sent when due, and the rate at which it can no more.

The service and its runner are two processes, as they are deployed; the load comes from a third, on the same
cores.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count
from statistics import median
from uuid import uuid4

import orjson
import psycopg

from auctions.domain.asset.events import Seized, asset_id
from auctions.domain.event import Envelope
from auctions.store import keys
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from tests.bench.context import Bench
from tests.bench.figures import NONE, Goal, Row, alone
from tests.bench.lists import listed
from tests.bench.open_loop import Answered, Asked, Taken, offer
from tests.bench.served import running, serving
from tests.bench.workload import file_id

PART = "steady"
READS, WRITES = 200, 20
"""Requests a second."""
_GOAL = Goal(most=200)
_STEP, _STEP_SECONDS, _STEPS = 1.3, 8, 12
_OFFICE = "KV-1"
_FILES = 400
_READ = (
    *("/v1/assets?unsold=true&limit=50", "/v1/assets?kind=vessel&unsold=true&facets=true"),
    *("/v1/assets?office=KV-7&sort=-price", "/v1/assets?unsold=true&as_of=2022-06-30"),
    *("/v1/assets/{id}", "/v1/assets/{id}/history", "/v1/assets/{id}/ladder", "/v1/changes?limit=100"),
    *("/v1/findings?office=KV-3", "/v1/next-actions?office=KV-5"),
)


def steady(bench: Bench) -> Iterator[Row]:
    """Yield the milliseconds of reads and writes at the usual rate, and the rate that is too much."""
    with loaded(listed(bench), "LOAD") as (address, requests):
        yield from _rows(offered(address, requests, bench.seconds), bench.seconds)
        yield _knee(address, requests)


@contextmanager
def loaded(url: str, name: str) -> Iterator[tuple[str, Iterator[Asked]]]:
    """Serve a database and warm that up; lend the address, and requests that write to files of this name."""
    with psycopg.connect(url, autocommit=True, options=keys.OWNER) as own:
        _, token = keys.add(own, actor="bench", office=_OFFICE, role="coordinator", days=1)
    requests = _mixed(f"Authorization: Bearer {token}", _seized(url, name))
    with running(url), serving(url, runner=False) as address:
        asyncio.run(offer(address, requests, READS + WRITES, 3))
        yield address, requests


def offered(address: str, requests: Iterator[Asked], seconds: int) -> Taken:
    """Return what the usual rate took. Raises RuntimeError where anything went wrong."""
    usual = asyncio.run(offer(address, requests, READS + WRITES, seconds))
    if usual.errors:
        raise RuntimeError(f"{len(usual.errors)} went wrong, the first: {usual.errors[0]}")
    return usual


def _rows(taken: Taken, seconds: int) -> Iterator[Row]:
    for kind, rate in (("reads", READS), ("writes", WRITES)):
        p99 = taken.percentile(kind, 99)
        every = taken.milliseconds[kind]
        told = f"median {median(every):.1f}, longest {max(every):.0f} ms"
        notes = f"p99; {told}; {len(every):,} in {seconds} s, no error"
        yield alone(PART, f"{rate} {kind}/s of {READS} + {WRITES}", [p99], _GOAL, unit="ms", notes=notes)


def _knee(address: str, requests: Iterator[Asked]) -> Row:
    """Raise the rate until the p99 is over the goal or something goes wrong."""
    held, rate, stopped = float(READS + WRITES), (READS + WRITES) * _STEP, "was not reached"
    for _ in range(_STEPS):
        taken = asyncio.run(offer(address, requests, rate, _STEP_SECONDS))
        worst = max(taken.percentile(kind, 99) for kind in taken.milliseconds)
        if taken.errors or worst > (_GOAL.most or 0):
            stopped = f"at {rate:,.0f}/s p99 is {worst:,.0f} ms, {len(taken.errors)} errors"
            break
        held, rate = rate, rate * _STEP
    return alone(PART, "the most it takes with p99 in 200 ms", [held], NONE, notes=stopped)


def _seized(url: str, name: str) -> list[str]:
    """Seize assets of the load's own; return their ids."""
    store, references = PostgresStore(url), [f"{name}-{number}" for number in range(_FILES)]
    with store.transaction() as transaction:
        transaction.append_all([_seizure(reference) for reference in references])
    store.close()
    return [str(asset_id(_OFFICE, reference)) for reference in references]


def _seizure(reference: str) -> Command:
    seized = Seized(on=date(2025, 3, 3), asset_ref=reference, office=_OFFICE, kind="land")
    return Command(
        asset_id(_OFFICE, reference), 0, (seized,), Envelope("bench", _OFFICE, "coordinator", uuid4())
    )


def _mixed(by: str, ids: Sequence[str]) -> Iterator[Asked]:
    """Yield ten reads, then a write, for ever."""
    versions, turns = dict.fromkeys(ids, 1), count()
    for number in turns:
        for read in range(10):
            path = _READ[(number * 10 + read) % len(_READ)].format(id=file_id(number * 31 % 10_000))
            yield Asked("reads", f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(), _expected(200))
        yield _cost(by, ids[number % len(ids)], versions)


def _cost(by: str, file: str, versions: dict[str, int]) -> Asked:
    body = orjson.dumps({"on": "2025-03-03", "amount": 1000, "what": "custody"})
    head = (
        f"POST /v1/assets/{file}/costs HTTP/1.1\r\nHost: localhost\r\n{by}\r\n"
        "Content-Type: application/json\r\n"
        f'Idempotency-Key: {uuid4()}\r\nIf-Match: "v{versions[file]}"\r\nContent-Length: {len(body)}\r\n\r\n'
    )

    def recorded(status: int, _head: bytes, told: bytes) -> None:
        _expected(201)(status, _head, told)
        versions[file] = orjson.loads(told)["version"]

    return Asked("writes", head.encode() + body, recorded)


def _expected(status: int) -> Answered:
    def answered(found: int, _head: bytes, body: bytes) -> None:
        if found != status:
            raise ValueError(f"{found} instead of {status}: {body[:200]!r}")

    return answered
