"""An old and a new version of the program side by side: the tables are those of the version that leads."""

from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import runner as runners
from projections import tracking
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import leaders, oid, running, seized, write

Until = Callable[[Callable[[], object]], None]
OLD = read_models()["assets"]
NEW = replace(OLD, version=OLD.version + 1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "_POLL", 0.05)
    monkeypatch.setattr(runners, "_GRACE", 3.0)


def place(url: str) -> tuple[int, str]:
    """Return how far the assets are read, and by which version."""
    with connection(url) as own:
        (found,) = tracking.tracked(own, ["assets"])
        return found.position, {OLD.fingerprint: "old", NEW.fingerprint: "new"}[found.version]


def disturb(admin: psycopg.Connection) -> None:
    """Terminate every session of the database but this one."""
    admin.execute(
        """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()"""
    )


def test_the_version_that_waits_builds_nothing_until_the_other_has_stopped(
    database: str, store: PostgresStore, admin: psycopg.Connection, until: Until
) -> None:
    Runner(database, [OLD]).catch_up()
    first = oid(database)
    with running(database, Runner(database, [OLD])):
        until(lambda: leaders(admin))
        with running(database, Runner(database, [NEW])):
            write(store, seized("TS-1"))
            until(lambda: place(database) == (1, "old"))
            with pytest.raises(TimeoutError, match="another version's: restart it with this version"):
                Runner(database, [NEW]).catch_up(patience=0.3)
            assert oid(database) == first
    with running(database, Runner(database, [NEW])):
        until(lambda: place(database) == (1, "new"))


def test_a_version_that_was_replaced_builds_nothing_back_however_often_connections_are_lost(
    database: str, store: PostgresStore, admin: psycopg.Connection, until: Until
) -> None:
    old, new = Runner(database, [OLD]), Runner(database, [NEW])
    old.catch_up()
    with running(database, old):
        until(lambda: leaders(admin))
        with running(database, new):
            old.stop()
            until(lambda: place(database) == (0, "new"))
            built = oid(database)
            replaced = Runner(database, [OLD])
            replaced._were_ours = True  # noqa: SLF001 - as one that led before and lost its connection
            with running(database, replaced):
                for number in range(1, 6):
                    disturb(admin)
                    write(store, seized(f"TS-{number}"))
                    until(lambda at=number: place(database) == (at, "new"))  # type: ignore[misc]  # a default
                assert oid(database) == built


def test_a_version_that_was_replaced_takes_over_again_when_nobody_else_leads(
    database: str, store: PostgresStore, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runners, "_GRACE", 0.5)
    Runner(database, [OLD]).catch_up()
    with running(database, Runner(database, [OLD])):
        write(store, seized("TS-0"))
        until(lambda: place(database) == (1, "old"))
        rebuild(database, NEW)
        write(store, seized("TS-1"))
        assert place(database) == (1, "new"), "a table of another version is not written to"
        until(lambda: place(database) == (2, "old"))
        built = oid(database)
        write(store, seized("TS-2"))
        until(lambda: place(database) == (3, "old"))
        assert oid(database) == built
