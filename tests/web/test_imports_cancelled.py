"""An import is cancelled: of all or nothing nothing is recorded, of another whole batches are."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
from starlette.testclient import TestClient

from tests.journeys.registers import good
from tests.web.sending import PATIENCE, body, ended, entries_in, held_up, many, send, when

BATCH, TOTAL = 2_000, 10_000


def test_of_all_or_nothing_nothing_is_recorded(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    with held_up(database):
        sent = send(coordinator, body(tmp_path, good()))
        when(coordinator, sent, lambda state: state["state"] != "waiting")
        answer = coordinator.delete(sent.headers["location"])
        assert (answer.status_code, answer.json()["ended_at"]) == (202, None)
    state = ended(coordinator, sent)
    assert (state["state"], state["recorded"], entries_in(database)) == ("cancelled", 0, 0)
    assert coordinator.delete(sent.headers["location"]).status_code == 202


def test_one_that_waits_for_its_turn_records_nothing(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    with held_up(database):
        first, second = (send(coordinator, body(tmp_path, rows)) for rows in (good()[:1], good()))
        coordinator.delete(second.headers["location"])
    assert ended(coordinator, second)["state"] == "cancelled"
    assert (ended(coordinator, first)["recorded"], entries_in(database)) == (1, 1)


def test_with_quarantine_whole_batches_stay_recorded(coordinator: TestClient, database: str) -> None:
    register = many(TOTAL)
    sent = send(coordinator, register, mode="quarantine")
    when(coordinator, sent, lambda state: state["recorded"])
    with held_up(database):
        under_way = coordinator.delete(sent.headers["location"]).json()
        assert (under_way["ended_at"], under_way["cancelled_at"] is None) == (None, False)
    state = ended(coordinator, sent)
    assert state["state"] == "cancelled"
    assert BATCH <= state["recorded"] == entries_in(database) < TOTAL
    again = ended(coordinator, send(coordinator, register, mode="quarantine"))
    assert (again["already"], again["recorded"]) == (state["recorded"], TOTAL - state["recorded"])


def test_one_that_has_ended_is_not_cancelled(coordinator: TestClient, database: str, tmp_path: Path) -> None:
    sent = send(coordinator, body(tmp_path, good()))
    ended(coordinator, sent)
    answer = coordinator.delete(sent.headers["location"])
    assert (answer.status_code, answer.json()["code"]) == (409, "import-ended")
    assert entries_in(database) == 13


def test_what_is_cancelled_at_the_last_moment_is_recorded_whole_or_not_at_all(
    coordinator: TestClient, database: str, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as threads, psycopg.connect(database) as holder:
        sent = send(coordinator, body(tmp_path, good()))
        holder.execute("SELECT FROM auctions.imports FOR UPDATE")
        threads.submit(coordinator.delete, sent.headers["location"])
        await_waiting_sessions(holder)
        holder.rollback()
    state = ended(coordinator, sent)
    assert (state["state"], state["recorded"]) in {("cancelled", 0), ("done", 13)}
    assert entries_in(database) == state["recorded"]


def await_waiting_sessions(reader: psycopg.Connection[Any]) -> None:
    """Return when a session waits for the row that the reader holds."""
    end = time.monotonic() + PATIENCE
    while not reader.execute("SELECT FROM pg_locks WHERE NOT granted").rowcount:
        assert time.monotonic() < end, "nobody waits"
        time.sleep(0.01)
