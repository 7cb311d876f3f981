"""A coordinator sends a register to the service, which is killed in the middle and started again."""

import json
import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.journeys.commandline import CommandLine
from tests.journeys.imports import entries_in, waiting_in
from tests.journeys.test_program_asks_service import serving
from tests.web.keys import Headers, held
from tests.web.sending import many

COUNTS = ("recorded", "already", "refused", "quarantined")
PATIENCE = 60.0
State = dict[str, Any]


POSSIBLE = 10_000
REGISTER = many(POSSIBLE)
IMPOSSIBLE = b"".join(b"TS-%d,KV-3,delivered,2024-02-05,\n" % number for number in range(10))


class Service:
    """The service at the URL that it names."""

    def __init__(self, url: str, key: Headers) -> None:
        self._place, self._key = urlsplit(url).netloc, key

    def send(self, register: bytes, mode: str) -> str:
        """Send a register in; the import's path."""
        headers = {"Idempotency-Key": "key-1", "Content-Type": "text/csv"}
        path = f"/v1/imports?filename=register.csv&mode={mode}"
        return str(self._ask("POST", path, register, headers)["import_id"])

    def when(self, import_id: str, is_so: Callable[[State], object]) -> State:
        """The import's state as soon as something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so(state := self._ask("GET", f"/v1/imports/{import_id}")):
            assert time.monotonic() < end, state
            time.sleep(0.01)
        return state

    def ended(self, import_id: str) -> State:
        """The import's state once it has ended."""
        return self.when(import_id, lambda state: state["ended_at"])

    def _ask(
        self, method: str, path: str, content: bytes = b"", headers: dict[str, str] | None = None
    ) -> State:
        connection = HTTPConnection(self._place, timeout=30)
        connection.request(method, path, content, self._key | (headers or {}))
        told: State = json.load(connection.getresponse())
        connection.close()
        return told


def counts(state: State) -> tuple[int, ...]:
    return tuple(state[name] for name in COUNTS)


def test_a_register_cut_off_between_batches_is_taken_up_and_nothing_is_recorded_twice(
    auctions: CommandLine, database: str
) -> None:
    key = held(database, "coordinator")
    with psycopg.connect(database, autocommit=True) as holder:
        with serving(auctions) as (process, url):
            service = Service(url, key)
            import_id = service.send(REGISTER + IMPOSSIBLE, "quarantine")
            service.when(import_id, lambda state: state["recorded"])
            holder.execute("SELECT pg_advisory_lock(7283001)")
            process.kill()
            process.wait()
        before = entries_in(database)
        assert 0 < before < POSSIBLE
        holder.execute("SELECT pg_advisory_unlock_all()")
    with serving(auctions) as (_, url):
        state = Service(url, key).ended(import_id)
    assert (state["state"], counts(state)) == ("done", (POSSIBLE, 0, 10, 10))
    assert (entries_in(database), len(waiting_in(database))) == (POSSIBLE, 10)


def test_of_all_or_nothing_nothing_is_recorded_until_it_is_taken_up_again(
    auctions: CommandLine, database: str
) -> None:
    key = held(database, "coordinator")
    with psycopg.connect(database, autocommit=True) as holder, serving(auctions) as (process, url):
        holder.execute("SELECT pg_advisory_lock(7283001)")
        service = Service(url, key)
        import_id = service.send(REGISTER, "all_or_nothing")
        service.when(import_id, lambda state: state["rows"] >= POSSIBLE - 1000)
        process.kill()
        process.wait()
        assert entries_in(database) == 0
    with serving(auctions) as (_, url):
        service = Service(url, key)
        assert service.send(REGISTER, "all_or_nothing") == import_id
        assert counts(service.ended(import_id)) == (POSSIBLE, 0, 0, 0)
    assert entries_in(database) == POSSIBLE
