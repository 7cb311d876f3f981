"""PostgreSQL killed while a read model is rebuilt: the old one goes on answering, and can be rebuilt."""

import time
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import psycopg
import pytest

from auctions.application.recording import Actor
from auctions.journal.importing import Import, Mode
from auctions.journal.read import read_rows
from auctions.journal.sample import write_register
from auctions.store.connect import NoDatabase, connection
from auctions.store.postgres import PostgresStore
from projections import sharing
from projections.check import first_difference
from projections.projection import Projection
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.faults.killing import Server

pytestmark = pytest.mark.filterwarnings(
    # psycopg cannot close the cursor of a server that was killed, and says so when the cursor goes
    "ignore:.*ServerCursorMixin.__del__:pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture
def filled(killable: Server, tmp_path: Path) -> Server:
    """The server with a register of about 5,500 entries and its read models."""
    register = tmp_path / "register.csv"
    write_register(register, assets=140, seed=7)
    store = PostgresStore(killable.url)
    run = Import(
        store, Actor("importer", ""), Mode.ALL_OR_NOTHING, "register.csv", lambda _phase, _done: None
    )
    assert run.run(read_rows(register)).problems == []
    store.close()
    Runner(killable.url).catch_up()
    return killable


class Rebuilding:
    """Rebuilds a read model again and again until its server is lost."""

    def __init__(self, url: str, model: Projection) -> None:
        self.url, self.model = url, model
        self.begun, self.lost = Event(), False
        self.thread = Thread(target=self._rebuild)
        self.thread.start()
        assert self.begun.wait(30)

    def _rebuild(self) -> None:
        while not self.lost:
            try:
                rebuild(self.url, self.model, progress=lambda _done, _of: self.begun.set())
            except (psycopg.OperationalError, NoDatabase):
                self.lost = True

    def ended(self) -> bool:
        """Wait for the end; tell whether the server was lost."""
        self.thread.join(30)
        return self.lost and not self.thread.is_alive()


def rows(url: str, model: Projection) -> list[tuple[Any, ...]]:
    with connection(url) as reader:
        query = f"SELECT * FROM {model.name} ORDER BY {model.key}"  # noqa: S608 - a read model's own name
        return reader.execute(query.encode()).fetchall()


def difference(url: str, model: Projection) -> str | None:
    with connection(url) as reader:
        found = first_difference(reader, model)
    return found.words() if found else None


def kill_while_rebuilding(server: Server, model: Projection) -> None:
    rebuilding = Rebuilding(server.url, model)
    time.sleep(Random().uniform(0, 0.5))  # noqa: S311 - a moment, not a secret
    server.kill()
    server.start()
    assert rebuilding.ended()


def assert_outlives_kills(server: Server, model: Projection) -> None:
    before = rows(server.url, model)
    assert before
    for _ in range(3):
        kill_while_rebuilding(server, model)
        assert rows(server.url, model) == before
        assert difference(server.url, model) is None
    assert rebuild(server.url, model) > 0
    assert rows(server.url, model) == before
    assert difference(server.url, model) is None


def test_a_rebuild_whose_server_is_killed_leaves_the_old_read_model_and_another_rebuild_works(
    filled: Server,
) -> None:
    for model in read_models().values():
        assert_outlives_kills(filled, model)


def test_so_does_one_of_several_processes(filled: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_LONG", 1000)
    assert_outlives_kills(filled, read_models()["findings"])
