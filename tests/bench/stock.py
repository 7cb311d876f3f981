"""The eventsourcing library as it is documented: an aggregate and an application, in PostgreSQL."""

from collections.abc import Callable, Iterable
from itertools import count
from time import perf_counter
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import StoredEvent
from psycopg.conninfo import conninfo_to_dict

from auctions.domain.asset import events as e
from tests.bench.workload import Recorded, file_id
from tests.bench.writers import Call

_KEPT, _MORE = 8, 24
"""Connections kept, and made for a moment: together as many as the most writers, so that none waits."""


_SEIZED = {"office": "BDI-KV1", "kind": "land", "province": "Bình Định", "on": "2026-07-01"}


class Asset(Aggregate):
    """An asset's file, with what the benchmark asks of it: reference, price in force, reductions."""

    class Seized(Aggregate.Created):
        asset_ref: str
        office: str
        kind: str
        on: str
        province: str

    class Appraised(Aggregate.Event):
        value: int
        method: str
        on: str

    class PriceReduced(Aggregate.Event):
        to_price: int
        decided_by: str
        on: str

    @event(Seized)
    def __init__(self, *, asset_ref: str, office: str, kind: str, province: str, on: str) -> None:  # noqa: ARG002 - kept in the event
        self.asset_ref = asset_ref
        self.price: int | None = None
        self.reductions = 0

    @staticmethod
    def create_id(asset_ref: str) -> UUID:
        return file_id(int(asset_ref.removeprefix("TS-")))

    @event(Appraised)
    def appraise(self, *, value: int, method: str, on: str) -> None:  # noqa: ARG002 - kept in the event
        self.price = value

    @event(PriceReduced)
    def reduce_price(self, *, to_price: int, decided_by: str, on: str) -> None:  # noqa: ARG002 - kept in the event
        self.price = to_price
        self.reductions += 1

    @event("RoundAnnounced")
    def announce_round(self, *, round_no: int, starting_price: int, posted_on: str, on: str) -> None:
        pass

    @event("RoundFailed")
    def fail_round(self, *, round_no: int, reason: str, on: str) -> None:
        pass


class Assets(Application[UUID]):
    """The application, which saves and loads assets."""

    name = "assets"


def environment(url: str) -> dict[str, str]:
    """Return what the library is told of the database."""
    at = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": at["dbname"],
        "POSTGRES_HOST": at["host"],
        "POSTGRES_PORT": at.get("port", "5432"),
        "POSTGRES_USER": at["user"],
        "POSTGRES_PASSWORD": at.get("password", ""),
        "POSTGRES_POOL_SIZE": str(_KEPT),
        "POSTGRES_MAX_OVERFLOW": str(_MORE),
    }


def done(asset: Asset | None, entry: e.AssetEntry) -> Asset:
    """Return the asset after an entry."""
    fields = entry.model_dump(mode="json", exclude_defaults=True)
    if asset is None:
        return Asset(**fields)
    commands: dict[str, Callable[..., None]] = {
        "appraised": asset.appraise,
        "round_announced": asset.announce_round,
        "round_failed": asset.fail_round,
        "price_reduced": asset.reduce_price,
    }
    commands[entry.entry_name()](**fields)
    return asset


def fill(app: Assets, commands: Iterable[Recorded]) -> None:
    """Save the assets, a command at a time and in order."""
    assets: dict[int, Asset] = {}
    for recorded in commands:
        asset = assets.get(recorded.number)
        for entry in recorded.entries:
            asset = done(asset, entry)
        if asset:
            assets[recorded.number] = asset
            app.save(asset)


def saver(app: Assets, entry: e.PriceReduced, entries: int, size: int) -> Call:
    """Return what saves `size` reductions of an asset at a time, another asset after `entries` saves."""
    fields = entry.model_dump(mode="json", exclude_defaults=True)
    asset: Asset | None = None
    left = 0

    def save() -> None:
        nonlocal asset, left
        if asset is None or not left:
            reference = f"TS-{uuid4().int}"
            asset, left = Asset(asset_ref=reference, **_SEIZED), entries
        for _ in range(size - len(asset.pending_events)):
            asset.reduce_price(**fields)
        app.save(asset)
        left -= 1

    return save


def inserter(app: Assets, topic: str, payload: bytes, entries: int, size: int) -> Call:
    """Return what inserts stored events through the library's own recorder, without its application."""
    stream_id, version = uuid4(), 0

    def insert() -> None:
        nonlocal stream_id, version
        if version >= entries * size:
            stream_id, version = uuid4(), 0
        numbers = range(version + 1, version + size + 1)
        app.recorder.insert_events([StoredEvent(stream_id, number, topic, payload) for number in numbers])
        version += size

    return insert


def loader(app: Assets, ids: list[UUID]) -> Call:
    """Return what loads one asset after another."""
    turn = count()

    def load() -> None:
        asset: Asset = app.repository.get(ids[next(turn) % len(ids)])
        if asset.price is None:
            raise RuntimeError("the asset was not loaded")

    return load


def read_log(app: Assets, page: int) -> float:
    """Read every event by pages, decoded; return events a second."""
    start, last = perf_counter(), 0
    while found := app.recorder.select_notifications(start=last + 1, limit=page):
        for notification in found:
            app.mapper.to_domain_event(notification)
        last = found[-1].id
    return last / (perf_counter() - start)
