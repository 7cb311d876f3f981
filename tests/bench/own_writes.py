"""Reading one's own writes: from the append until the list over HTTP answers with what was recorded.

The reader names the position it has from the append (`min_position`) and the answer waits until it is read.
"""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import count
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from auctions.application.recording import Actor, record, today
from auctions.domain.asset.events import Seized, asset_id
from auctions.store.postgres import PostgresStore
from tests.bench.context import Bench
from tests.bench.figures import Goal, Row, alone, alternating
from tests.bench.lists import listed
from tests.bench.served import serving

PART = "own-writes"
_WRITES = 200
_GOAL = Goal(most=5)


def own_writes(bench: Bench) -> Iterator[Row]:
    """Yield the median milliseconds of a write and the read that must show it."""
    url = listed(bench)
    store, worst = PostgresStore(url), list[float]()
    with serving(url) as address:
        connection, numbers = HTTPConnection(urlsplit(address).netloc, timeout=30), count(1)

        def turn() -> float:
            taken = [_milliseconds(store, connection, next(numbers)) for _ in range(_WRITES)]
            worst.append(quantiles(taken, n=100)[-1])
            return median(taken)

        found = alternating({"ours": turn}, bench.turns)["ours"]
    store.close()
    notes = f"median of {_WRITES}; p99 {median(worst[1:]):.1f} ms"
    yield alone(PART, "recorded, then listed over HTTP", found, _GOAL, unit="ms", notes=notes)


def _milliseconds(store: PostgresStore, connection: HTTPConnection, number: int) -> float:
    office, reference = f"OWN-{number}", f"OWN-{number:06}"
    seized = Seized(on=today(), asset_ref=reference, office=office, kind="land")
    start = perf_counter()
    recorded = record(
        store,
        stream_id=asset_id(office, reference),
        entries=[seized],
        by=Actor("bench", office),
        as_found=True,
    )
    asked = {"office": office, "unsold": "true", "min_position": recorded.positions[-1]}
    connection.request("GET", f"/v1/assets?{urlencode(asked)}")
    answer = connection.getresponse()
    items = json.loads(answer.read())["items"]
    taken = (perf_counter() - start) * 1000
    if [item["asset_ref"] for item in items] != [reference]:
        raise RuntimeError(f"the list did not answer with what was recorded: {answer.status} {items}")
    return taken
