"""What sends registers in by the client: once, followed to its end, cancelled, mended row by row."""

from collections.abc import Iterator
from itertools import cycle, pairwise
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from api.client import Client, ProblemError
from api.models_of_imports import ImportState
from tests.journeys.registers import FORMATS, good, written
from tests.web.losing import CUT, LOST, TOLD, losing, problem
from tests.web.sending import entries_in, held_up
from tests.web.serving import Given, served
from tests.web.test_imports import PROBLEMS, WRONG

DIRTY = [*good(), *WRONG]


@pytest.fixture
def given(database: str) -> Iterator[Given]:
    """A service in whose log is nothing yet."""
    with served(database) as given:
        yield given


@pytest.fixture
def client(given: Given) -> Client:
    """A coordinator's client of it."""
    return given.client()


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of thirteen entries."""
    return written(tmp_path / "register.csv", good())


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """The same with two rows that are wrong."""
    return written(tmp_path / "dirty.csv", DIRTY)


def ended(client: Client, sent: ImportState) -> ImportState:
    """How an import ended."""
    *_, last = client.follow_import(sent.import_id)
    return last


@pytest.mark.parametrize("form", FORMATS)
def test_a_register_is_sent_in_and_followed_until_it_is_recorded(
    client: Client, database: str, tmp_path: Path, form: str
) -> None:
    sent = client.send_import(written(tmp_path / f"register.{form}", good()))
    assert (sent.filename, sent.mode) == (f"register.{form}", "all-or-nothing")
    states = list(client.follow_import(sent.import_id))
    assert (states[-1].state, states[-1].recorded, entries_in(database)) == ("done", 13, 13)
    assert [state.ended_at is None for state in states] == [*[True] * (len(states) - 1), False]
    assert list(client.import_problems(sent.import_id)) == []


def test_each_change_of_an_import_under_way_is_told_once(
    client: Client, database: str, register: Path
) -> None:
    with held_up(database) as holder:
        following = client.follow_import(client.send_import(register).import_id)
        told = [next(following)]
        while told[-1].state == "waiting":
            told.append(next(following))
        holder.execute("SELECT pg_advisory_unlock_all()")
        told += following
    assert all(state != following for state, following in pairwise(told))
    assert (told[-1].state, told[-1].progress) == ("done", 1.0)


def test_a_register_whose_answer_is_lost_is_imported_once(
    given: Given, database: str, register: Path
) -> None:
    client, proxy = given.losing(LOST, CUT, problem("503 Service Unavailable", "too-busy"), LOST)
    assert ended(given.client(), client.send_import(register)).recorded == 13
    assert proxy.met.total() == 5
    with psycopg.connect(database) as reader:
        assert reader.execute("SELECT count(*), sum(runs) FROM auctions.imports").fetchone() == (1, 1)


def test_an_import_is_followed_though_answers_are_lost(given: Given, register: Path) -> None:
    sent = given.client().send_import(register)
    with losing(given.url, cycle([LOST, TOLD, CUT])) as (url, proxy):
        assert ended(given.client(url), sent).state == "done"
    assert proxy.met[LOST] > 0


def test_under_the_same_id_it_is_the_same_import(client: Client, register: Path, dirty: Path) -> None:
    command_id = uuid4()
    first, second = (client.send_import(register, command_id=command_id) for _ in "12")
    assert first.import_id == second.import_id
    with pytest.raises(ProblemError, match="command-id-reused"):
        client.send_import(dirty, command_id=command_id)


def test_what_would_be_refused_is_told_row_by_row_and_page_by_page(
    client: Client, database: str, dirty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.client.service._PAGE", 1)
    sent = client.send_import(dirty, dry_run=True)
    state = ended(client, sent)
    assert (state.mode, state.refused, state.recorded, entries_in(database)) == ("dry-run", 2, 13, 0)
    told = [(each.row, each.column, each.code) for each in client.import_problems(sent.import_id)]
    assert told == PROBLEMS


def test_a_row_that_waits_is_mended_and_waits_no_more(client: Client, database: str, dirty: Path) -> None:
    assert ended(client, client.send_import(dirty, mode="quarantine")).quarantined == 2
    stage, value = client.quarantined()
    assert [(each.column, each.code) for each in value.problems] == [("value", "wrong-number")]
    again = client.retry_row(stage.quarantine_id, {})
    assert [(each.column, each.code) for each in again.problems] == [("entry", "not-in-this-stage")]
    command_id = uuid4()
    mended = [
        client.retry_row(value.quarantine_id, {"value": "3000000000"}, command_id=command_id) for _ in "12"
    ]
    assert mended[0] == mended[1]
    assert (mended[0].recorded, mended[0].problems, entries_in(database)) == (1, [], 14)
    assert [row.quarantine_id for row in client.quarantined()] == [stage.quarantine_id]


def test_an_import_under_way_is_cancelled_and_one_that_has_ended_is_not(
    client: Client, database: str, register: Path
) -> None:
    with held_up(database):
        sent = client.send_import(register)
        assert client.cancel_import(sent.import_id).ended_at is None
    state = ended(client, sent)
    assert (state.state, state.recorded, entries_in(database)) == ("cancelled", 0, 0)
    done = client.send_import(register)
    assert ended(client, done).state == "done"
    with pytest.raises(ProblemError, match="import-ended"):
        client.cancel_import(done.import_id)


def test_a_file_that_is_no_register_or_too_large_is_refused(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, large = tmp_path / "register.pdf", tmp_path / "register.csv"
    other.write_bytes(b"%PDF-1.7")
    large.write_bytes(bytes(5_000_000))
    with pytest.raises(ProblemError, match="media-type-refused"):
        client.send_import(other)
    monkeypatch.setattr("api.routes.imports.MOST_BYTES", 1_000_000)
    with pytest.raises(ProblemError, match="body-too-large"):
        client.send_import(large)
