"""Rebuild of the read models that the law makes, over young files: two to six entries each."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

from auctions.domain.asset import events as e
from auctions.domain.days import VIETNAM
from auctions.domain.event import Envelope
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from projections.rebuild import rebuild
from projections.registry import read_models
from tests.bench import databases
from tests.bench.context import Bench
from tests.bench.figures import Goal, Row, alone, alternating

PART = "rebuild"
_GOAL = Goal(20_000)

_BATCH = 500
_ENTRIES = (2, 3, 5, 6)
"""Appraised, announced, reduced after a failure, announced again: a quarter of the files each."""
_KINDS = ("land", "house", "vessel", "other")


def rebuild_law(bench: Bench) -> Iterator[Row]:
    """Yield files a second through findings and next actions together."""
    url = databases.fresh(bench.server, "law")
    fill(url, bench.files)
    databases.settled(url)
    rates = alternating({"ours": lambda: bench.files / _turn(url)}, bench.few)["ours"]
    notes = "files of four entries on average"
    yield alone(PART, f"findings and next actions of {bench.files:,} files", rates, _GOAL, notes=notes)


def _turn(url: str) -> float:
    start = time.perf_counter()
    rebuild(url, read_models()["findings"], read_models()["next_actions"])
    return time.perf_counter() - start


def fill(url: str, files: int) -> None:
    """Record the files, some of them with a cut that is too deep."""
    store = PostgresStore(url)
    for first in range(0, files, _BATCH):
        commands = [_command(number) for number in range(first, min(files, first + _BATCH))]
        with store.transaction() as transaction:
            transaction.append_all(commands)
    store.close()


def _command(number: int) -> Command:
    office = f"KV-{number % 40}"
    stream_id = e.asset_id(office, f"TS-{number:06}")
    entries = tuple(_life(number, office))[: _ENTRIES[number % len(_ENTRIES)]]
    return Command(stream_id, 0, entries, Envelope("bench", office, "coordinator", uuid4()))


def _life(number: int, office: str) -> Iterator[e.AssetEntry]:
    day, price = date(2024, 1, 2) + timedelta(number % 900), 1_000_000_000 + number * 1000
    yield e.Seized(on=day, asset_ref=f"TS-{number:06}", office=office, kind=_KINDS[number // 4 % 4])
    yield e.Appraised(on=day + timedelta(20), value=price, method="appraiser")
    yield _announced(day + timedelta(25), 1, price)
    yield e.RoundFailed(on=day + timedelta(45), round_no=1, reason="no_registrant")
    price = price * (9 if number % 50 else 8) // 10
    yield e.PriceReduced(on=day + timedelta(57), to_price=price, decided_by="officer")
    yield _announced(day + timedelta(60), 2, price)


def _announced(on: date, round_no: int, price: int) -> e.RoundAnnounced:
    held = on + timedelta(20)
    return e.RoundAnnounced(
        on=on,
        round_no=round_no,
        starting_price=price,
        deposit=price // 10,
        auction_at=datetime(held.year, held.month, held.day, 9, tzinfo=VIETNAM),
        posted_on=on,
        notice_refs=("1", "2"),
    )
