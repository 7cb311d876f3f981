"""Registers sent in over HTTP, and waited for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from httpx2 import Response
from starlette.testclient import TestClient

from api.list_xlsx import XLSX
from tests.journeys.registers import Cells, written

MEDIA_TYPES = {"csv": "text/csv", "xlsx": XLSX, "jsonl": "application/x-ndjson"}
PATIENCE = 60.0
_LOCK = "SELECT pg_advisory_lock(7283001)"
"""The lock under which the log grows: who holds it has every import wait."""
_RECORDED = "SELECT count(*) FROM auctions.events"

State = dict[str, Any]


def body(folder: Path, rows: list[Cells], form: str = "csv") -> bytes:
    """Rows as the bytes of a register."""
    return written(folder / f"register.{form}", rows).read_bytes()


def send(
    client: TestClient, content: bytes, *, key: str = "", form: str = "csv", **asked: str | bool
) -> Response:
    """Send a register in, under a new key unless one is given."""
    headers = {"Idempotency-Key": key or uuid4().hex, "Content-Type": MEDIA_TYPES.get(form, form)}
    params = {"filename": "register.csv", **asked}
    answer: Response = client.post("/v1/imports", params=params, content=content, headers=headers)
    return answer


def ended(client: TestClient, sent: Response) -> State:
    """The state of an import once it has ended, with its problems."""
    assert sent.status_code == 202, sent.text
    return when(client, sent, lambda state: state["ended_at"] is not None)


def when(client: TestClient, sent: Response, is_so: Any) -> State:  # noqa: ANN401 - a condition on a state
    """The state of an import as soon as something is so."""
    end = time.monotonic() + PATIENCE
    while True:
        state: State = client.get(sent.headers["location"]).json()
        if is_so(state):
            return state
        assert time.monotonic() < end, state
        time.sleep(0.01)


@contextmanager
def held_up(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Have every import wait before it records anything more."""
    with psycopg.connect(url, autocommit=True) as holder:
        holder.execute(_LOCK)
        yield holder


def entries_in(url: str) -> int:
    """How many entries are recorded."""
    with psycopg.connect(url) as reader:
        return int(reader.execute(_RECORDED).fetchall()[0][0])


def many(count: int) -> bytes:
    """A register of so many seizures."""
    lines = [f"TS-{number},KV-3,seized,2024-01-05,land\n" for number in range(count)]
    return "".join(["asset_ref,office,entry,on,kind\n", *lines]).encode()
