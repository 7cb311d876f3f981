"""Ten thousand assets of many kinds and places, a part of them sold, with every read model built of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from uuid import uuid4

from auctions.domain.asset import events as e
from auctions.domain.event import Envelope
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.bench import databases
from tests.bench.context import Bench

ASSETS = 10_000
_BATCH = 500
_OFFICES = 40
_KINDS = ("land", "house", "vessel", "other")
_PROVINCES = (
    *("Bình Định", "Phú Yên", "Khánh Hòa", "Quảng Ngãi", "Quảng Nam"),
    *("Đà Nẵng", "Ninh Thuận", "Bình Thuận", "Gia Lai", "Kon Tum"),
)
_PATIENCE = 600.0


@cache
def listed(bench: Bench) -> str:
    """Return the URL of a database with the assets recorded and read."""
    url = databases.fresh(bench.server, "lists")
    store = PostgresStore(url)
    for first in range(0, ASSETS, _BATCH):
        with store.transaction() as transaction:
            transaction.append_all([_command(number) for number in range(first, first + _BATCH)])
    store.close()
    Runner(url).catch_up(_PATIENCE)
    databases.settled(url)
    return url


def _command(number: int) -> Command:
    office = f"KV-{number % _OFFICES}"
    envelope = Envelope("bench", office, "coordinator", uuid4())
    return Command(e.asset_id(office, f"TS-{number:06}"), 0, tuple(_life(number, office)), envelope)


def _life(number: int, office: str) -> Iterator[e.AssetEntry]:
    """Yield up to six rounds that fail; four of ten assets are sold in the round after."""
    day, price = date(2017, 1, 2) + timedelta(number * 7919 % 3000), 300_000_000 + number * 700_000
    kind, province = _KINDS[number % 4], _PROVINCES[number // 4 % 10]
    yield e.Seized(on=day, asset_ref=f"TS-{number:06}", office=office, kind=kind, province=province)
    yield e.Appraised(on=day + timedelta(20), value=price, method="appraiser")
    day, rounds = day + timedelta(30), number * 13 % 97 % 7
    for round_no in range(1, rounds + 1):
        yield e.RoundAnnounced(on=day, round_no=round_no, starting_price=price)
        yield e.RoundFailed(on=day + timedelta(20), round_no=round_no, reason="no_registrant")
        price = price * 95 // 100
        yield e.PriceReduced(on=day + timedelta(32), to_price=price, decided_by="officer")
        day += timedelta(40)
    if number * 37 % 101 < 40:
        yield e.RoundAnnounced(on=day, round_no=rounds + 1, starting_price=price)
        yield e.RoundWon(on=day + timedelta(20), round_no=rounds + 1, price=price)
