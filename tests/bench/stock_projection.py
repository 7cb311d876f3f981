"""The eventsourcing library's projection into one table, run by its ProjectionRunner as documented."""

from time import perf_counter
from typing import Any
from uuid import UUID

from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from eventsourcing.utils import get_topic
from psycopg.sql import SQL, Identifier

from tests.bench.stock import Asset, Assets, environment

_CREATE = SQL("""CREATE TABLE IF NOT EXISTS {}
    (asset_id uuid PRIMARY KEY, asset_ref text NOT NULL, price bigint, reductions int NOT NULL)""")
_ADD = SQL("INSERT INTO {} VALUES (%s, %s, NULL, 0)")
_PRICE = SQL("UPDATE {} SET price = %s, reductions = reductions + %s WHERE asset_id = %s")


class Prices(PostgresTrackingRecorder):
    """The table `prices`, which keeps with each change how far the projection is."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:  # noqa: ANN401 - the library's
        super().__init__(datastore, **kwargs)
        self._table = Identifier(self.datastore.schema, "prices")
        self.sql_create_statements.append(_CREATE.format(self._table))

    def add(self, asset_id: UUID, asset_ref: str, tracking: Tracking) -> None:
        self._change(_ADD, (asset_id, asset_ref), tracking)

    def set_price(self, asset_id: UUID, price: int, reductions: int, tracking: Tracking) -> None:
        self._change(_PRICE, (price, reductions, asset_id), tracking)

    def _change(self, statement: SQL, values: tuple[object, ...], tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(statement.format(self._table), values, prepare=True)
            self._insert_tracking(cursor, tracking)


class PricesProjection(Projection[Prices]):
    """What each event does to the table; the database leaves out events of other topics."""

    name = "prices"
    topics = (get_topic(Asset.Seized), get_topic(Asset.Appraised), get_topic(Asset.PriceReduced))

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ANN401 - the library's
        raise NotImplementedError

    @process_event.register
    def _(self, domain_event: Asset.Seized, tracking: Tracking) -> None:
        self.view.add(domain_event.originator_id, domain_event.asset_ref, tracking)

    @process_event.register
    def _(self, domain_event: Asset.Appraised, tracking: Tracking) -> None:
        self.view.set_price(domain_event.originator_id, domain_event.value, 0, tracking)

    @process_event.register
    def _(self, domain_event: Asset.PriceReduced, tracking: Tracking) -> None:
        self.view.set_price(domain_event.originator_id, domain_event.to_price, 1, tracking)


def project(url: str, up_to: int) -> float:
    """Project every event up to a position from the beginning; return the seconds it took."""
    start = perf_counter()
    with ProjectionRunner(
        application_class=Assets,
        projection_class=PricesProjection,
        view_class=Prices,
        env=environment(url),
    ) as runner:
        runner.wait(up_to, timeout=600)
        return perf_counter() - start
