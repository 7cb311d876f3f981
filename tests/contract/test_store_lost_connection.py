"""A connection that is lost, at every moment that matters: each command is answered right, once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from auctions.store import committer
from auctions.store.connect import NoDatabase
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore

NewCommand = Callable[..., Command]
Until = Callable[[Callable[[], object]], None]
Rows = list[tuple[Any, ...]]

_BACKENDS = """SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE %s"""
_ENTRIES = "SELECT position, stream_id FROM auctions.events ORDER BY position"


def end(admin: psycopg.Connection[Any], until: Until, query: str = "%") -> None:
    """Terminate the sessions whose last query was like that, and wait until they are gone."""
    pids = [row[0] for row in admin.execute(_BACKENDS, [query])]
    assert pids
    admin.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) pid", [pids])
    until(lambda: not {row[0] for row in admin.execute(_BACKENDS, [query])} & set(pids))


def test_a_connection_lost_while_idle_is_made_anew(
    store: PostgresStore, admin: psycopg.Connection[Any], until: Until, command: NewCommand
) -> None:
    before, after = command(), command()
    first = store.append(before)
    end(admin, until, "%auctions.append%")
    second = store.append(after)
    assert list(store.append(before).positions) == list(first.positions)
    assert admin.execute(_ENTRIES).fetchall() == [
        (first.positions[0], before.stream_id),
        (second.positions[0], after.stream_id),
    ]


def test_a_connection_lost_while_waiting_for_the_lock_is_made_anew(
    store: PostgresStore,
    admin: psycopg.Connection[Any],
    log_lock: Callable[[], list[int]],
    until: Until,
    command: NewCommand,
) -> None:
    asked = [command() for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(store.append, one) for one in asked]
        for _ in range(3):
            until(log_lock)
            end(admin, until, "%auctions.append%")
        until(log_lock)
        assert not any(answer.done() for answer in answers)
        admin.execute("SELECT pg_advisory_unlock_all()")
    told = [(answer.result().positions[0], one.stream_id) for answer, one in zip(answers, asked, strict=True)]
    assert admin.execute(_ENTRIES).fetchall() == sorted(told)


@pytest.fixture
def unacknowledged(
    admin: psycopg.Connection[Any], until: Until
) -> Iterator[Callable[[], list[tuple[int, bool]]]]:
    """Let commits be durable here and wait for a standby that never answers; tells the sessions waiting."""

    def waiting() -> list[tuple[int, bool]]:
        return admin.execute(
            "SELECT pid, query LIKE '%auctions.append%' FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        ).fetchall()

    admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    admin.execute("SELECT pg_reload_conf()")
    yield waiting
    admin.execute("ALTER SYSTEM RESET synchronous_standby_names")
    admin.execute("SELECT pg_reload_conf()")
    until(lambda: not waiting())


def test_a_commit_whose_acknowledgement_is_lost_is_answered_as_recorded(
    store: PostgresStore,
    admin: psycopg.Connection[Any],
    unacknowledged: Callable[[], list[tuple[int, bool]]],
    until: Until,
    command: NewCommand,
) -> None:
    def append_unheard() -> Command:
        asked = command()
        answer = threads.submit(store.append, asked)
        until(lambda: answer.done() or unacknowledged())
        return append_unheard() if answer.done() else asked  # the setting has not yet arrived

    with ThreadPoolExecutor(1) as threads:
        asked = append_unheard()
        end(admin, until, "%auctions.append%")
        (line,) = store.read([asked.stream_id])[asked.stream_id]
        assert list(threads.submit(store.append, asked).result(10).positions) == [line.position]
    assert len(store.read([asked.stream_id])[asked.stream_id]) == 1


def test_reading_goes_on_after_every_connection_was_lost(
    store: PostgresStore, admin: psycopg.Connection[Any], until: Until, command: NewCommand
) -> None:
    asked = command()
    store.append(asked)
    with ThreadPoolExecutor(8) as threads:  # so that the pool holds several
        list(threads.map(lambda _: store.read([asked.stream_id]), range(64)))
    end(admin, until)
    assert len(store.read([asked.stream_id])[asked.stream_id]) == 1


@pytest.fixture
def away(server: str, admin: psycopg.Connection[Any], until: Until) -> Iterator[Callable[[str], None]]:
    """Return what lets nobody into the database, and ends every session in it, or opens it again."""
    with psycopg.connect(server, autocommit=True) as elsewhere:

        def allow(connections: str) -> None:
            change = f'ALTER DATABASE "{admin.info.dbname}" ALLOW_CONNECTIONS {connections}'
            elsewhere.execute(change.encode())

        def close() -> None:
            allow("false")
            end(admin, until)

        yield lambda to: close() if to == "closed" else allow("true")
        allow("true")


def test_a_database_that_is_away_is_told_in_a_line_and_the_command_may_be_sent_again(
    store: PostgresStore,
    away: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    command: NewCommand,
) -> None:
    monkeypatch.setattr(committer, "PATIENCE", 0.3)
    monkeypatch.setattr(store._reads._pool, "timeout", 0.3)  # noqa: SLF001 - its ten seconds are long for a test
    asked = command()
    store.append(command())
    away("closed")
    transaction = store.transaction()
    reads = [lambda: store.read([asked.stream_id]), lambda: store.append(asked), transaction.__enter__]
    for ask in reads:
        with pytest.raises(NoDatabase, match="`auctions db start` starts the embedded one") as told:
            ask()
        assert "\n" not in str(told.value)
    monkeypatch.undo()
    away("open")
    assert len(store.append(asked).positions) == 1
    assert len(store.read([asked.stream_id])[asked.stream_id]) == 1
