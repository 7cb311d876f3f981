"""What is recorded stays: nobody changes or deletes it, and the service only adds through the one door."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.store.codec import encode
from auctions.store.connect import connection
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore

Session = psycopg.Connection[Any]
INSERTS = [
    """INSERT INTO auctions.events (stream_id, entry_no, topic, payload, envelope, recorded_at, prev, leaf)
        VALUES (gen_random_uuid(), 1, 'asset.seized', '{}', '{}', now(), '', '')""",
]
CHANGES = [
    "UPDATE auctions.events SET payload = '{}'",
    "DELETE FROM auctions.events",
    "DELETE FROM auctions.events WHERE false",
    "TRUNCATE auctions.events",
    "UPDATE auctions.events SET command_id = NULL",
    "TRUNCATE auctions.events CASCADE",
]
BEYOND = [
    "CREATE TABLE auctions.other (id int)",
    "CREATE FUNCTION auctions.other() RETURNS int LANGUAGE sql RETURN 1",
    "DROP TRIGGER events_stay ON auctions.events",
    "ALTER TABLE auctions.events DISABLE TRIGGER ALL",
    "ALTER FUNCTION auctions.append OWNER TO auctions_service",
    "INSERT INTO auctions.migrations VALUES ('0009_other.sql', '')",
    "SET SESSION session_replication_role = replica",
]
_LOG = "SELECT e::text FROM auctions.events e"
_MAY = """SELECT rolname, has_function_privilege(rolname, p.oid, 'EXECUTE') FROM pg_proc p, pg_roles
    WHERE pronamespace = 'auctions'::regnamespace AND proname = 'append' AND rolname = ANY (%s)"""


@pytest.fixture(autouse=True)
def recorded(store: PostgresStore, admin: Session, command: Callable[..., Command]) -> Iterator[None]:
    """Have an entry in the log, and see afterwards that it and its command stayed as they were."""
    store.append(command())
    before = set(admin.execute(_LOG))
    assert len(before) == 1
    yield
    assert before <= set(admin.execute(_LOG))


@pytest.fixture
def service(database: str) -> Iterator[Session]:
    with connection(database) as opened:
        yield opened


def refusal(session: Session, statement: str) -> str:
    """Return what the database says to a statement for which the rights are lacking."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege) as told:
        session.execute(statement.encode())
    return str(told.value)


def test_the_service_may_not_write_past_the_append_function(service: Session) -> None:
    for statement in INSERTS + CHANGES:
        assert "permission denied for table" in refusal(service, statement)


def test_the_service_may_not_loosen_its_bonds(service: Session) -> None:
    for statement in BEYOND:
        refusal(service, statement)


@pytest.mark.parametrize("role", ["auctions_owner", "none"])
def test_not_even_the_owner_or_a_superuser_changes_what_is_recorded(admin: Session, role: str) -> None:
    admin.execute(f"SET ROLE {role}".encode())  # none: the superuser who connected
    for statement in CHANGES:
        assert "entries are never changed or deleted" in refusal(admin, statement)


def test_the_service_may_call_the_append_function_and_others_may_not(admin: Session) -> None:
    may = dict(admin.execute(_MAY, [["auctions_service", "pg_monitor"]]).fetchall())
    assert may == {"auctions_service": True, "pg_monitor": False}


def test_the_append_function_runs_as_the_owner_on_a_fixed_search_path(admin: Session) -> None:
    bound = ["search_path=auctions, pg_temp", "plan_cache_mode=force_generic_plan"]
    asked = """SELECT prosecdef, proowner::regrole::text, proconfig FROM pg_proc
        WHERE pronamespace = 'auctions'::regnamespace AND proname = 'append'"""
    assert admin.execute(asked).fetchall() == [(True, "auctions_owner", bound)]


def test_a_table_the_service_puts_in_the_way_does_not_mislead_the_append_function(
    service: Session, admin: Session
) -> None:
    service.execute("CREATE TEMP TABLE events AS SELECT * FROM auctions.events LIMIT 0")
    service.execute("SET search_path = pg_temp, auctions")
    known = admin.execute("SELECT command_id, fingerprint FROM auctions.events").fetchone()
    assert known is not None
    ask = """SELECT outcome FROM auctions.append(ARRAY[%s::uuid], ARRAY[%s::bytea],
        ARRAY[gen_random_uuid()], ARRAY[0], ARRAY[0], '{}', '{}', '{}')"""
    assert service.execute(ask, known).fetchall() == [("already",)]


def test_an_auditor_reads_every_entry_as_json(
    store: PostgresStore, service: Session, samples: list[AssetEntry], command: Callable[..., Command]
) -> None:
    store.append(command(*samples))
    rows = service.execute("SELECT topic, payload, envelope FROM auctions.entries OFFSET 1").fetchall()
    assert [row[:2] for row in rows] == [(one.TOPIC, json.loads(encode(one))) for one in samples]
    assert {row[2]["office"] for row in rows} == {"Chi cục THADS quận Bình Thạnh"}
