"""Administrators make accounts and keys, set limits of offices, and let read models try again."""

import logging
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.models_of_administration import (
    Accounts,
    AccountWithPassword,
    Keys,
    KeyWithToken,
    LimitSet,
    ReadModels,
)
from auctions.domain.roles import Role
from auctions.store.passwords import fits
from tests.web.keys import Headers, held, in_session, with_password
from tests.web.register import OFFICE
from tests.web.test_problems import told

BOSS = "administrator-1"
CLERK = {"user": "COORDINATOR-7", "role": "coordinator", "office": OFFICE}
CLIENT = {"actor": "CLIENT-1", "role": "client", "days": 30}
LIMIT = {"rule": "N-FAIL-03", "limit": 8, "effective_on": "2026-01-01", "reason": "agreed with the creditors"}


@pytest.fixture
def boss(empty: TestClient, database: str) -> Headers:
    """The only key of an administrator."""
    assert empty
    return held(database, Role.ADMINISTRATOR, "", BOSS)


def posted(web: TestClient, path: str, who: Headers, body: object = None, key: str = "") -> Response:
    headers = {**who, "Idempotency-Key": key or uuid4().hex}
    answer: Response = web.post(f"/v1{path}", json=body, headers=headers)
    return answer


def signs_in(web: TestClient, user: str, password: str) -> bool:
    return bool(web.post("/v1/sign-in", json={"user": user, "password": password}).status_code == 200)


def test_an_account_is_made_and_its_password_told_once(
    empty: TestClient, boss: Headers, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "auctions.api")
    made = AccountWithPassword.model_validate_json(
        posted(empty, "/accounts", boss, CLERK).content, strict=True
    )
    assert signs_in(empty, made.user, made.password)
    listed = empty.get("/v1/accounts", headers=boss)
    assert [each.user for each in Accounts.model_validate_json(listed.content, strict=True).items] == [
        made.user
    ]
    assert listed.headers["cache-control"] == "no-store"
    with psycopg.connect(database) as own:
        (kept,) = own.execute("SELECT password_hash FROM auctions.users").fetchall()[0]
    assert fits(kept, made.password)
    assert kept not in listed.text
    assert f"administrator {BOSS} made the account COORDINATOR-7: coordinator of {OFFICE}" in caplog.text
    assert made.password not in caplog.text
    again = told(posted(empty, "/accounts", boss, CLERK))
    assert (again.status, again.code) == (409, "account-exists")


def test_who_records_has_an_office(empty: TestClient, boss: Headers) -> None:
    for path, body in (("/accounts", CLERK), ("/keys", CLIENT | {"role": "supervisor"})):
        refused = told(posted(empty, path, boss, {name: body[name] for name in body if name != "office"}))
        assert (refused.status, refused.errors[0].pointer) == (422, "/office")


def test_an_account_with_another_password_or_disabled_ends_its_sessions(
    empty: TestClient, boss: Headers
) -> None:
    first = posted(empty, "/accounts", boss, CLERK).json()["password"]
    second = posted(empty, "/accounts/COORDINATOR-7/password", boss).json()["password"]
    assert not signs_in(empty, CLERK["user"], first)
    assert signs_in(empty, CLERK["user"], second)
    disabled = posted(empty, "/accounts/COORDINATOR-7/disabling", boss).json()
    assert disabled["disabled_at"]
    assert not signs_in(empty, CLERK["user"], second)
    assert posted(empty, "/accounts/COORDINATOR-7/enabling", boss).json()["disabled_at"] is None
    assert signs_in(empty, CLERK["user"], second)
    for what in ("password", "disabling", "enabling"):
        assert told(posted(empty, f"/accounts/NOBODY/{what}", boss)).code == "account-not-found"


def test_a_key_is_made_once_for_what_is_sent_and_holds_until_it_is_revoked(
    empty: TestClient, boss: Headers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "auctions.api")
    made = KeyWithToken.model_validate_json(posted(empty, "/keys", boss, CLIENT, "k-1").content, strict=True)
    again = told(posted(empty, "/keys", boss, CLIENT, "k-1"))
    assert (again.status, again.code) == (409, "key-exists")
    client = {"Authorization": f"Bearer {made.token}"}
    assert empty.get("/v1/session", headers=client).json()["actor"] == "CLIENT-1"
    listed = empty.get("/v1/keys", headers=boss)
    assert [each.actor for each in Keys.model_validate_json(listed.content, strict=True).items] == [
        "CLIENT-1",
        BOSS,
    ]
    assert made.token.rpartition("_")[2] not in listed.text + caplog.text
    revoked = empty.delete(f"/v1/keys/{made.key_id}", headers=boss)
    assert revoked.json()["revoked_at"]
    assert empty.get("/v1/session", headers=client).status_code == 401
    assert told(empty.delete(f"/v1/keys/{made.key_id}", headers=boss)).code == "key-not-found"


def test_administrators_do_not_take_their_own_last_way_in(
    empty: TestClient, boss: Headers, database: str
) -> None:
    own_key = boss["Authorization"].removeprefix("Bearer auk_")[:12]
    refused = told(empty.delete(f"/v1/keys/{own_key}", headers=boss))
    assert (refused.status, refused.code) == (409, "own-way-in")
    with_password(database, BOSS, "as-it-was-told", Role.ADMINISTRATOR)
    assert empty.delete(f"/v1/keys/{own_key}", headers=boss).status_code == 200
    session = in_session(database, Role.ADMINISTRATOR)
    other = held(database, Role.ADMINISTRATOR, "", "administrator-2")
    signed_in = empty.post("/v1/sign-in", json={"user": BOSS, "password": "as-it-was-told"})
    mine = {
        "Cookie": signed_in.headers["set-cookie"].partition(";")[0],
        "X-CSRF-Token": signed_in.json()["csrf_token"],
    }
    assert told(posted(empty, f"/accounts/{BOSS}/disabling", mine)).code == "own-way-in"
    assert posted(empty, f"/accounts/{BOSS}/disabling", session | other).status_code == 200
    assert not signs_in(empty, BOSS, "as-it-was-told")


def test_a_limit_of_an_office_is_set_once_and_stands_in_its_file(empty: TestClient, boss: Headers) -> None:
    first = posted(empty, f"/offices/{OFFICE}/limits", boss, LIMIT, "l-1")
    set_ = LimitSet.model_validate_json(first.content, strict=True)
    assert first.status_code == 201
    assert posted(empty, f"/offices/{OFFICE}/limits", boss, LIMIT, "l-1").json() == first.json()
    entries: list[dict[str, Any]] = empty.get(f"/v1/offices/{OFFICE}", headers=boss).json()["entries"]
    assert [(each["position"], each["actor"], each["data"]["limit"]) for each in entries] == [
        (set_.position, BOSS, 8)
    ]
    assert empty.get(f"/v1/offices/{OFFICE}").json()["entries"][0]["actor"] is None
    looser = told(posted(empty, f"/offices/{OFFICE}/limits", boss, LIMIT | {"rule": "N-NONE-00"}))
    assert (looser.status, looser.errors[0].code) == (409, "unknown-rule")


def test_a_read_model_that_stands_still_is_told_with_its_reason_and_tries_again(
    changing: TestClient, database: str
) -> None:
    boss = held(database, Role.ADMINISTRATOR, "", BOSS)
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("UPDATE projections.tracking SET stopped_at = 7, reason = 'broken' WHERE name = 'assets'")
    health = ReadModels.model_validate_json(
        changing.get("/v1/read-models", headers=boss).content, strict=True
    )
    assert health.status == "standing still"
    assert [(each.name, each.stopped_at, each.reason) for each in health.items if each.reason] == [
        ("assets", 7, "broken")
    ]
    again = ReadModels.model_validate_json(
        posted(changing, "/read-models/assets/retries", boss).content, strict=True
    )
    assert again.status == "going on"
    assert told(posted(changing, "/read-models/none/retries", boss)).code == "read-model-not-found"
