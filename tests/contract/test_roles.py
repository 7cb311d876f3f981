"""The service records and reads, the runner keeps read models, the signer reads the log: none may more."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from auctions.store.connect import NoDatabase, connection, signer_connection
from auctions.store.postgres import PostgresStore
from projections.filling import unhurried
from projections.runner import Runner
from tests.contract.registers import refs, seized, write

Session = psycopg.Connection[Any]
RECORDING = [
    "INSERT INTO auctions.events SELECT * FROM auctions.events",
    "SELECT auctions.append_one(gen_random_uuid(), '', gen_random_uuid(), 0, '', '', '')",
    "SELECT auctions.append('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "UPDATE auctions.events SET payload = ''",
    "DELETE FROM auctions.events",
    "TRUNCATE auctions.events",
    "SELECT * FROM auctions.quarantine",
    "SELECT * FROM auctions.users",
]
KEEPING = [
    "CREATE TABLE projections.other (id int)",
    "DELETE FROM projections.assets",
    "DROP TABLE projections.assets",
    "UPDATE projections.tracking SET position = 0",
]
ADMITTING = [
    "INSERT INTO auctions.users SELECT * FROM auctions.users",
    "UPDATE auctions.users SET role = 'administrator'",
    "UPDATE auctions.users SET office = ''",
    "DELETE FROM auctions.users",
    "INSERT INTO auctions.keys SELECT * FROM auctions.keys",
    "UPDATE auctions.keys SET role = 'administrator'",
    "UPDATE auctions.keys SET digest = ''",
    "UPDATE auctions.keys SET expires_at = now()",
    "DELETE FROM auctions.keys",
]
"""Ways to let somebody in, or in more, that nobody has but the owner."""
ADMINISTERING = [
    "UPDATE auctions.users SET signed_in_at = now()",
    "UPDATE auctions.users SET password_hash = ''",
    "UPDATE auctions.users SET disabled_at = now()",
    "UPDATE auctions.keys SET revoked_at = now()",
]
"""What the service does for administrators."""
LOOSENING = [
    "CREATE FUNCTION auctions.other() RETURNS int LANGUAGE sql RETURN 1",
    "CREATE TABLE auctions.other (id int)",
    "CREATE SCHEMA other",
    "ALTER FUNCTION auctions.append_one SECURITY INVOKER",
    "DROP TABLE projections.tracking",
    "COPY auctions.migrations TO '/dev/null'",
    "CREATE ROLE other",
]

READING = [
    "SELECT * FROM auctions.persons",
    "SELECT * FROM auctions.keys",
    "SELECT * FROM auctions.entries",
    "SELECT * FROM projections.assets",
]
LOGGED_IN = {
    connection: "auctions_service",
    unhurried: "auctions_runner",
    signer_connection: "auctions_signer",
}


@pytest.fixture
def answered(database: str, store: PostgresStore) -> str:
    """The URL of a database with an asset that the read models know."""
    write(store, seized("TS-1"))
    Runner(database).catch_up()
    return database


@pytest.fixture
def service(answered: str) -> Iterator[Session]:
    with connection(answered) as opened:
        yield opened


@pytest.fixture
def runner(answered: str) -> Iterator[Session]:
    with unhurried(answered) as opened:
        yield opened


@pytest.fixture
def signer(answered: str) -> Iterator[Session]:
    with signer_connection(answered) as opened:
        opened.execute("SET default_transaction_read_only = off")  # so that it is the rights that refuse
        yield opened


def allowed(session: Session, statements: list[str]) -> list[str]:
    """Return those of the statements for which the rights suffice."""
    found = []
    for statement in statements:
        try:
            session.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege:
            continue
        found.append(statement)
    return found


def test_the_service_reads_the_read_models_and_changes_none(service: Session, answered: str) -> None:
    assert refs(answered) == ["TS-1"]
    assert allowed(service, KEEPING + LOOSENING) == []


def test_the_service_makes_and_ends_accounts_and_keys_and_gives_none_another_role(service: Session) -> None:
    assert allowed(service, ADMITTING) == []
    assert allowed(service, ADMINISTERING) == ADMINISTERING


def test_the_runner_reads_the_log_and_records_nothing(runner: Session) -> None:
    assert runner.execute("SELECT entry_no FROM auctions.events").fetchall() == [(1,)]
    assert allowed(runner, RECORDING + ADMITTING + ADMINISTERING + LOOSENING) == []


def test_the_signer_reads_the_log_and_nothing_else(signer: Session) -> None:
    assert signer.execute("SELECT entry_no FROM auctions.events").fetchall() == [(1,)]
    refused = RECORDING + KEEPING + ADMITTING + ADMINISTERING + LOOSENING + READING
    assert allowed(signer, refused) == []


def test_none_reads_what_another_database_of_the_server_holds(server: str, answered: str) -> None:
    name = f"auctions_test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as own, ExitStack() as after:
        own.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        after.callback(own.execute, f"DROP DATABASE {name} WITH (FORCE)".encode())
        with psycopg.connect(make_conninfo(answered, dbname=name)) as other:
            other.execute("CREATE TABLE secrets AS SELECT 1 AS secret")
        for connect in (connection, unhurried, signer_connection):
            with connect(make_conninfo(answered, dbname=name)) as session:
                assert allowed(session, ["SELECT * FROM public.secrets"]) == []


def test_a_login_that_may_not_act_as_the_service_is_told_so(answered: str, server: str) -> None:
    name = f"auctions_test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as own, ExitStack() as after:
        own.execute(f"CREATE ROLE {name} LOGIN".encode())
        after.callback(own.execute, f"DROP ROLE {name}".encode())
        for connect, role in LOGGED_IN.items():
            with pytest.raises(NoDatabase) as told:
                connect(make_conninfo(answered, user=name))
            line = f'permission denied to set role "{role}": log in as a user that is granted it'
            assert str(told.value) == line
