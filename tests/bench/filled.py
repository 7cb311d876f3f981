"""The same log in every store: each side records the same commands in the same order, by its own door."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from auctions.store.codec import encode
from auctions.store.postgres import PostgresStore
from tests.bench.workload import Recorded, stream

_BATCH = 1000


def ours(url: str, recorded: Sequence[Recorded]) -> None:
    """Record the commands in our store, a batch a transaction."""
    store = PostgresStore(url)
    for first in range(0, len(recorded), _BATCH):
        with store.transaction() as transaction:
            transaction.append_all([each.command() for each in recorded[first : first + _BATCH]])
    store.close()


def lines(path: Path, recorded: Sequence[Recorded]) -> Path:
    """Write the commands for the peers on node, a JSON object a line."""
    with path.open("wb") as file:
        for each in recorded:
            file.write(orjson.dumps(_line(each)) + b"\n")
    return path


def _line(recorded: Recorded) -> dict[str, Any]:
    metadata = recorded.command().envelope._asdict()
    events = [
        {"type": entry.TOPIC, "data": orjson.loads(encode(entry)), "metadata": metadata}
        for entry in recorded.entries
    ]
    return {"stream": stream(recorded.number), "expected": recorded.expected, "events": events}
