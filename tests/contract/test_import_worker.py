"""The worker takes what was sent in in its turn, whatever happened to the one before."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from auctions.journal import under_way, worker
from auctions.journal.read import read_rows
from auctions.journal.under_way import UnderWay
from auctions.journal.worker import Worker
from auctions.store import imports
from auctions.store.connect import connection
from auctions.store.imports_under_way import Sent, take

REGISTER = "asset_ref,office,entry,on,kind,loan_value\n" + "".join(
    f"TS-{number},KV-3,seized,2024-01-05,land,{number}\n" for number in range(1, 11)
)
PATIENCE = 30.0
_KILL = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""

State = dict[str, Any]


def sent(url: str, register: str = REGISTER, mode: str = "quarantine") -> UUID:
    """Send a register in."""
    each = Sent(uuid4(), "register.csv", ".csv", mode, "importer", "", "coordinator")
    with connection(url) as own:
        assert imports.keep(own, each, b"of it", [register[:7].encode(), register[7:].encode()]) == b"of it"
    return each.import_id


def told(url: str, import_id: UUID) -> State:
    """What is told of an import."""
    with connection(url) as own:
        (row,) = own.execute(imports.FIND.encode(), {"import_id": import_id, "office": ""}).fetchall()
    return dict(zip(imports.STATE, row, strict=True))


def ended(url: str, import_id: UUID) -> State:
    """What is told of an import once it has ended."""
    end = time.monotonic() + PATIENCE
    while not (state := told(url, import_id))["ended_at"]:
        assert time.monotonic() < end, state
        time.sleep(0.02)
    return state


@contextmanager
def working(url: str) -> Iterator[Worker]:
    """A worker that runs, stopped at the end."""
    running = Worker(url)
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        yield running
    finally:
        running.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def counts(state: State) -> tuple[str, int, int, int]:
    return state["state"], state["recorded"], state["already"], state["refused"]


@pytest.mark.parametrize("mode", ["quarantine", "all-or-nothing"])
def test_one_whose_end_was_recorded_but_never_told_is_not_recorded_twice(database: str, mode: str) -> None:
    import_id = sent(database, mode=mode)
    with connection(database) as own:
        taken = take(own)
        assert taken
        UnderWay(own, taken, threading.Event()).run(database)
    assert (told(database, import_id)["ended_at"], told(database, import_id)["recorded"]) == (None, 10)
    with working(database):
        assert counts(ended(database, import_id)) == ("done", 10, 0, 0)


def test_one_that_is_stopped_in_the_middle_is_taken_up_by_the_next_worker(database: str) -> None:
    import_id = sent(database)
    with psycopg.connect(database, autocommit=True) as holder:
        holder.execute("SELECT pg_advisory_lock(7283001)")
        with working(database) as first:
            wait_until_asked_for(holder)
            first.stop()
            holder.execute("SELECT pg_advisory_unlock_all()")
    assert told(database, import_id)["ended_at"] is None
    with working(database):
        assert counts(ended(database, import_id)) == ("done", 10, 0, 0)


def wait_until_asked_for(holder: psycopg.Connection[Any]) -> None:
    """Return when somebody waits for a lock."""
    end = time.monotonic() + PATIENCE
    while not holder.execute("SELECT FROM pg_locks WHERE NOT granted").rowcount:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_while_another_worker_leads_nothing_is_taken(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as leader:
        leader.execute("SELECT pg_advisory_lock(7283009)")
        with working(database):
            import_id = sent(database)
            time.sleep(0.3)
            assert told(database, import_id)["state"] == "waiting"
            leader.execute("SELECT pg_advisory_unlock_all()")
            assert counts(ended(database, import_id)) == ("done", 10, 0, 0)


def test_a_lost_database_is_waited_out(database: str) -> None:
    import_id = sent(database)
    with psycopg.connect(database, autocommit=True) as holder:
        holder.execute("SELECT pg_advisory_lock(7283001)")
        with working(database):
            wait_until_asked_for(holder)
            holder.execute(_KILL)
            holder.execute("SELECT pg_advisory_unlock_all()")
            assert counts(ended(database, import_id)) == ("done", 10, 0, 0)


def test_one_that_trips_the_program_up_fails_and_the_next_has_its_turn(
    database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def tripping(*_: Any) -> Any:  # noqa: ANN401 - in the place of `read_rows`
        monkeypatch.setattr(under_way, "read_rows", read_rows)
        raise RuntimeError("tripped")

    monkeypatch.setattr(under_way, "read_rows", tripping)
    first, second = sent(database), sent(database)
    with working(database):
        assert counts(ended(database, second)) == ("done", 10, 0, 0)
    state = told(database, first)
    assert (state["state"], state["recorded"]) == ("failed", 0)
    assert state["reason"].startswith("internal error")
    assert str(first) in caplog.text


def test_one_that_was_cut_off_too_often_is_what_cuts_it_off(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_MOST_RUNS", 2)
    import_id = sent(database)
    with connection(database) as own:
        for _ in range(2):
            assert take(own)
    with working(database):
        state = ended(database, import_id)
    assert (state["state"], state["reason"]) == ("failed", "the import was cut off 2 times")


def test_the_bytes_of_a_register_are_kept_until_it_has_ended(database: str) -> None:
    import_id = sent(database)
    parts = "SELECT string_agg(part, '' ORDER BY number) FROM auctions.import_parts WHERE import_id = %s"
    with connection(database) as own:
        assert own.execute(parts, [import_id]).fetchone() == (REGISTER.encode(),)
        with working(database):
            ended(database, import_id)
        assert own.execute(parts, [import_id]).fetchone() == (None,)
