"""The checker itself: it finds what is wrong with a log, and what goes wrong when a protection is off."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import AssetEntry, CostAccrued, Seized, asset_id
from auctions.store import committer
from auctions.store.codec import encode
from auctions.store.connect import NoDatabase
from auctions.store.group import Answer, Write, send
from auctions.store.postgres import PostgresStore
from tests.faults.history import History, Line, faults, found_log

DAY = date(2025, 1, 6)
FILE = asset_id("KV-3", "TS-1")
SEIZED = Seized(on=DAY, asset_ref="TS-1", office="KV-3", kind="land")
OTHER = UUID(int=1)

Log = list[Line]
Tamper = Callable[[Log], Log]


def cost(amount: int) -> CostAccrued:
    return CostAccrued(on=DAY, amount=amount, what="custody")


class Client:
    """One who asks for entries and keeps the history of it."""

    def __init__(self, store: PostgresStore) -> None:
        self.store, self.history = store, History()

    def hear(self, what: str, command_id: UUID, **more: object) -> None:
        self.history.hear(json.dumps({"said": what, "id": str(command_id)} | more))

    def ask(self, *entries: AssetEntry) -> UUID:
        command_id = uuid4()
        contents = [(entry.TOPIC, encode(entry).decode()) for entry in entries]
        self.hear("asked", command_id, stream=str(FILE), entries=contents)
        return command_id

    def send(self, entries: Sequence[AssetEntry], command_id: UUID) -> list[int]:
        by = Actor("clerk", "KV-3")
        return list(
            record(self.store, stream_id=FILE, entries=entries, by=by, command_id=command_id).positions
        )

    def enter(self, *entries: AssetEntry) -> UUID:
        command_id = self.ask(*entries)
        self.hear("recorded", command_id, positions=self.send(entries, command_id))
        return command_id


@pytest.fixture
def client(store: PostgresStore) -> Client:
    """A client who has entered a seizure with a cost, and two more costs."""
    entering = Client(store)
    entering.enter(SEIZED, cost(1))
    entering.enter(cost(2))
    entering.enter(cost(3))
    return entering


@pytest.fixture
def reader(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as opened:
        yield opened


def renamed(line: Line, position: int) -> Line:
    return line._replace(position=position, entry_no=5, command_id=str(OTHER))


TAMPERED: dict[str, Tamper] = {
    "lost": lambda log: log[:-1],
    "twice": lambda log: [*log, log[-1]._replace(position=99, entry_no=5)],
    "not where it was acknowledged": lambda log: [*log[:-1], log[-1]._replace(position=99)],
    "not as asked": lambda log: [*log[:-1], log[-1]._replace(content=log[0].content)],
    "in another file": lambda log: [*log[:-1], log[-1]._replace(stream_id=str(OTHER), entry_no=1)],
    "before what was acknowledged": lambda log: [*log[:-1], log[-1]._replace(position=log[2].position)],
    "phantom": lambda log: [*log, renamed(log[-1], 99)],
    "hole": lambda log: [log[0], *log[2:]],
}


def test_a_log_that_keeps_the_promise_is_not_blamed(client: Client, reader: psycopg.Connection[Any]) -> None:
    assert faults(client.history, found_log(reader)) == []


@pytest.mark.parametrize("fault", TAMPERED)
def test_what_is_wrong_with_a_log_is_found(
    client: Client, reader: psycopg.Connection[Any], fault: str
) -> None:
    log = TAMPERED[fault](found_log(reader))
    assert any(found.startswith(fault) for found in faults(client.history, log))


def test_a_command_nobody_answered_is_found(client: Client, reader: psycopg.Connection[Any]) -> None:
    asked = client.ask(cost(4))
    assert faults(client.history, found_log(reader)) == [f"never answered: command {asked}"]


def test_a_refusal_of_what_is_recorded_is_found(client: Client, reader: psycopg.Connection[Any]) -> None:
    client.hear("refused", entered := client.enter(cost(4)), code="stale-file")
    assert faults(client.history, found_log(reader)) == [f"refused, yet recorded: command {entered}"]


def test_an_error_that_was_not_promised_is_found(client: Client, reader: psycopg.Connection[Any]) -> None:
    client.hear("failed", UUID(int=1), error="OperationalError('the connection is closed')")
    assert "the connection is closed" in faults(client.history, found_log(reader))[0]


@pytest.fixture
def unheard(client: Client, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """The client on a store whose connection is lost once, after a commit and before its answer is heard."""
    lost: list[Sequence[Write]] = []

    def cut_off(connection: psycopg.Connection[Any], writes: Sequence[Write]) -> list[Answer]:
        answers = send(connection, writes)
        if not lost:
            lost.append(writes)
            connection.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return answers

    monkeypatch.setattr(committer, "send", cut_off)
    client.store = PostgresStore(database)
    yield client
    client.store.close()
    assert lost


@pytest.fixture
def impatient(unheard: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The same without the committer's protection: a group whose answer is lost is not sent again."""
    monkeypatch.setattr(committer, "PATIENCE", -1.0)
    return unheard


def test_with_every_protection_on_a_lost_answer_does_no_harm(
    unheard: Client, reader: psycopg.Connection[Any]
) -> None:
    unheard.enter(cost(4))
    assert faults(unheard.history, found_log(reader)) == []


def test_a_client_told_of_the_loss_sends_the_same_command_again_without_harm(
    impatient: Client, reader: psycopg.Connection[Any]
) -> None:
    asked = impatient.ask(cost(4))
    with pytest.raises(NoDatabase):
        impatient.send([cost(4)], asked)
    impatient.hear("recorded", asked, positions=impatient.send([cost(4)], asked))
    assert faults(impatient.history, found_log(reader)) == []


def test_a_loss_that_is_told_as_a_conflict_is_found(
    impatient: Client, reader: psycopg.Connection[Any]
) -> None:
    asked = impatient.ask(cost(4))
    with pytest.raises(NoDatabase):
        impatient.send([cost(4)], asked)
    impatient.hear("refused", asked, code="stale-file")
    assert faults(impatient.history, found_log(reader)) == [f"refused, yet recorded: command {asked}"]


def test_a_command_sent_again_under_a_fresh_id_is_found(
    impatient: Client, reader: psycopg.Connection[Any]
) -> None:
    asked, fresh = impatient.ask(cost(4)), uuid4()
    with pytest.raises(NoDatabase):
        impatient.send([cost(4)], asked)
    impatient.hear("recorded", asked, positions=impatient.send([cost(4)], fresh))
    assert faults(impatient.history, found_log(reader)) == [
        f"phantom: nobody asked for command {fresh}",
        f"not where it was acknowledged: command {asked}",
    ]


FORGET = """
    CREATE FUNCTION auctions.forget() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.command_id := NULL; RETURN NEW; END';
    CREATE TRIGGER forget BEFORE INSERT ON auctions.events
        FOR EACH ROW EXECUTE FUNCTION auctions.forget()"""


def test_a_database_that_forgets_the_commands_ids_is_found(
    unheard: Client, reader: psycopg.Connection[Any]
) -> None:
    reader.execute(FORGET.encode())
    entered = unheard.enter(cost(4))
    assert faults(unheard.history, found_log(reader)) == [f"twice: command {entered}"]
