"""Metrics in the form of Prometheus, on an address of their own: requests, the log, the read models."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

import psycopg
from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from starlette.types import Scope

from api.watching import route
from auctions.evidence.folders import EvidenceFolder
from auctions.store.connect import NoDatabase
from auctions.verifier.errors import DoesNotHold
from projections import log, tracking
from projections.registry import read_models

Connect = Callable[[], psycopg.Connection[Any]]
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds up to which requests are counted together."""


def metrics(connect: Connect, evidence: EvidenceFolder | None = None) -> CollectorRegistry:
    """Return what is told of the process, and of the log and the read models as `connect` reaches them.

    Where there is a folder of the evidence, how far the signer is behind is told too.
    """
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Database(connect, evidence))
    return registry


@contextmanager
def told_at(address: str, registry: CollectorRegistry) -> Iterator[None]:
    """Answer GET /metrics at HOST:PORT, in a thread, meanwhile. Raises OSError where it cannot listen."""
    host, _, port = address.rpartition(":")
    server, thread = start_http_server(int(port), host.strip("[]"), registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Requests(Collector):
    """Counts requests by method, route and status, and how long they take by route.

    Kept in plain numbers, as the library's own take several times as long to count in.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        """Take where the figures are told."""
        self._counts: dict[tuple[str, str, str], int] = {}
        self._times: dict[str, _Times] = {}
        registry.register(self)

    def __call__(self, scope: Scope, status: int, seconds: float) -> None:
        """Count a request that is over."""
        path = route(scope)
        key = scope["method"], path, str(status)
        self._counts[key] = self._counts.get(key, 0) + 1
        times = self._times.get(path)
        if times is None:
            times = self._times[path] = _Times()
        times.within[bisect_left(_BOUNDS, seconds)] += 1
        times.seconds += seconds

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; asked in another thread than counts."""
        counts = CounterMetricFamily(
            "auctions_requests", "Requests answered.", labels=["method", "route", "status"]
        )
        for key, count in list(self._counts.items()):
            counts.add_metric(key, count)
        yield counts
        told = "Seconds from a request to the end of its answer."
        times = HistogramMetricFamily("auctions_request_seconds", told, labels=["route"])
        for path, each in list(self._times.items()):
            times.add_metric([path], each.buckets(), each.seconds)
        yield times


class _Times:
    """How many requests took how long."""

    def __init__(self) -> None:
        self.within = [0] * (len(_BOUNDS) + 1)
        self.seconds = 0.0

    def buckets(self) -> list[tuple[str, float]]:
        """Return each bound with how many took no longer."""
        bounds = [*map(str, _BOUNDS), "+Inf"]
        return list(zip(bounds, accumulate(self.within), strict=True))


class _Database(Collector):
    """Asks the database whenever the metrics are read."""

    def __init__(self, connect: Connect, evidence: EvidenceFolder | None) -> None:
        self._connect = connect
        self._evidence = evidence

    def collect(self) -> Iterator[Metric]:
        try:
            with self._connect() as reader:
                head, places = log.head(reader), tracking.tracked(reader, read_models())
        except (NoDatabase, psycopg.Error):
            yield GaugeMetricFamily("auctions_database_up", "Whether the database answers.", 0)
            return
        yield GaugeMetricFamily("auctions_database_up", "Whether the database answers.", 1)
        yield GaugeMetricFamily("auctions_log_position", "The last position of the log.", head)
        lag = {each.name: head - each.position for each in places}
        yield _by_name("lag", "Entries that a read model has not read.", lag)
        stopped = {each.name: int(each.stopped_at is not None) for each in places}
        yield _by_name("stopped", "Whether a read model stands still.", stopped)
        if self._evidence:
            lag_of_signer = head - _signed(self._evidence)
            yield GaugeMetricFamily("auctions_signer_lag", "Entries that are not signed.", lag_of_signer)


def _signed(folder: EvidenceFolder) -> int:
    """Return how many entries are signed; where none can be told, none."""
    try:
        return folder.checkpoint()[0].head.size
    except DoesNotHold:
        return 0


def _by_name(what: str, told: str, values: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(f"auctions_read_model_{what}", told, labels=["name"])
    for name, value in values.items():
        family.add_metric([name], value)
    return family
