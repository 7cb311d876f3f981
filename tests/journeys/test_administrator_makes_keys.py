"""An administrator makes a key for a program or a person, sees whose keys hold, and revokes one."""

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.journeys.commandline import CommandLine


def asked(url: str, token: str) -> int:
    with TestClient(create_app(url)) as client:
        path = "/v1/assets/00000000-0000-0000-0000-000000000000/costs"
        return client.post(path, headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_key_is_told_once_holds_for_its_days_and_not_after_it_is_revoked(
    auctions: CommandLine, database: str
) -> None:
    made = auctions.json("keys", "add", "COORDINATOR-1", "--role", "coordinator", "--office", "KV-3")
    assert asked(database, made["token"]) == 400, "who records sends an Idempotency-Key"
    listed = auctions("keys", "list", "--json")
    assert made["key_id"] in listed
    assert made["token"] not in listed
    assert made["token"].rpartition("_")[2] not in dumped(database)
    assert asked(database, made["token"][:-1] + "x") == 401
    auctions("keys", "revoke", made["key_id"])
    assert asked(database, made["token"]) == 401
    assert auctions.complaint("keys", "revoke", made["key_id"], code=1).startswith("no-such-key: ")


def dumped(url: str) -> str:
    with psycopg.connect(url) as own:
        return str(own.execute("SELECT * FROM auctions.keys").fetchall())


def test_a_key_that_has_run_out_does_not_hold(auctions: CommandLine, database: str) -> None:
    token = auctions("keys", "add", "CLIENT-1", "--role", "client").split()[0]
    assert asked(database, token) == 403, "a client records nothing"
    with psycopg.connect(database) as own:
        own.execute("UPDATE auctions.keys SET expires_at = now() - interval '1 second'")
    assert asked(database, token) == 401


def test_who_records_has_an_office(auctions: CommandLine) -> None:
    for role in ("coordinator", "supervisor"):
        auctions("keys", "add", "X-1", "--role", role, code=2)
    auctions("keys", "add", "X-1", "--role", "owner", code=2)


def test_the_service_may_not_make_a_key_vanish(database: str) -> None:
    with psycopg.connect(database, autocommit=True, options="-c role=auctions_service") as own:
        own.execute("SELECT count(*) FROM auctions.keys")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            own.execute("DELETE FROM auctions.keys")
