"""People sign in with the password of a local account, and guess others in vain."""

import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, Literal
from uuid import uuid4

import psycopg
import pytest
from argon2 import PasswordHasher, extract_parameters
from httpx2 import Response
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.app import create_app
from auctions.domain.asset.events import asset_id
from auctions.store import keys, users
from tests.web.keys import Headers, with_password
from tests.web.register import LAND, OFFICE, Id, filed
from tests.web.test_problems import told
from tests.web.test_signing_in import COOKIE, COST, NOBODY, SESSION, SIGN_IN

HERE = "https://auctions.example.vn"
USER, AUDITOR, PASSWORD = "CB-11", "KT-1", "một mật khẩu đủ dài"
FILE = asset_id(OFFICE, LAND)
ELSEWHERE = {"X-Forwarded-For": "192.0.2.7"}
behind_proxy: Any = ProxyHeadersMiddleware
"""As uvicorn does it where FORWARDED_ALLOW_IPS names the proxy; mypy tells its ASGI from Starlette's."""


@pytest.fixture(scope="session")
def accounts(register: str, ids: Id) -> str:
    """The URL of the register, where a coordinator and an auditor have accounts."""
    assert ids
    with_password(register, USER, PASSWORD)
    with_password(register, AUDITOR, PASSWORD, "auditor")
    return register


@pytest.fixture
def browser(accounts: str) -> Iterator[TestClient]:
    """A browser at the application behind a proxy; nobody is signed in, and nobody has tried to."""
    with psycopg.connect(accounts, autocommit=True) as own:
        own.execute("DELETE FROM auctions.sessions")
    with TestClient(behind_proxy(create_app(accounts), "*"), base_url=HERE) as browser:
        yield browser


def tried(
    browser: TestClient, user: str = USER, password: str = PASSWORD, headers: Headers | None = None
) -> Response:
    return browser.post(SIGN_IN, json={"user": user, "password": password}, headers=headers)


def test_a_coordinator_signs_in_records_and_signs_out(database: str) -> None:
    filed(database)
    with_password(database, USER, PASSWORD)
    with TestClient(create_app(database), base_url=HERE) as browser:
        who = tried(browser).json()
        sent = {"X-CSRF-Token": who["csrf_token"]}
        command = {**sent, "Idempotency-Key": str(uuid4()), "If-Match": '"v9"'}
        recorded = browser.post(f"/v1/assets/{FILE}/costs", json=COST, headers=command)
        assert (recorded.status_code, recorded.json()["version"]) == (201, 10)
        last = browser.get(f"/v1/assets/{FILE}/history").json()["entries"][-1]
        assert (last["entry"], last["actor"]) == ("cost_accrued", USER)
        assert browser.delete(SESSION, headers=sent).status_code == 204
        assert browser.get(SESSION).json() == NOBODY


def test_who_signs_in_is_told_what_the_session_tells(browser: TestClient) -> None:
    answer = tried(browser)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    who = answer.json()
    assert (who["actor"], who["office"], who["role"]) == (USER, OFFICE, "coordinator")
    assert browser.get(SESSION).json() == who


def test_the_session_is_in_a_cookie_that_scripts_and_other_hosts_never_see(browser: TestClient) -> None:
    (cookie,) = tried(browser).headers.get_list("set-cookie")
    name, *bounds = cookie.split("; ")
    assert name.partition("=")[0] == COOKIE
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(bounds)
    assert "domain" not in cookie.lower()


def test_who_signs_in_as_another_sends_the_session_s_token_and_ends_the_session(
    browser: TestClient, accounts: str
) -> None:
    token = tried(browser).json()["csrf_token"]
    assert told(tried(browser, AUDITOR)).code == "csrf-token-needed"
    assert tried(browser, AUDITOR, headers={"X-CSRF-Token": token}).json()["role"] == "auditor"
    with psycopg.connect(accounts) as own:
        assert own.execute("SELECT actor FROM auctions.sessions").fetchall() == [(AUDITOR,)]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_is_the_same_however_a_keyboard_composes_its_marks(
    browser: TestClient, form: Literal["NFC", "NFD"]
) -> None:
    assert tried(browser, USER, unicodedata.normalize(form, PASSWORD)).status_code == 200
    browser.cookies.clear()
    assert tried(browser, USER, "mot mat khau du dai").status_code == 401


def test_a_wrong_password_an_unknown_user_and_a_disabled_one_are_answered_alike(
    browser: TestClient, accounts: str
) -> None:
    with_password(accounts, "CB-12", PASSWORD)
    with psycopg.connect(accounts, autocommit=True, options=keys.OWNER) as own:
        users.disable(own, "CB-12")
    answers = [tried(browser, USER, "x"), tried(browser, "CB-12"), tried(browser, "CB-13")]
    said = [told(each).model_dump(exclude={"request_id"}) for each in answers]
    assert said[0] == said[1] == said[2]
    assert (said[0]["status"], said[0]["code"]) == (401, "password-refused")
    assert {tuple(each.headers) for each in answers} == {tuple(answers[0].headers)}
    assert browser.get(SESSION).json() == NOBODY


def test_an_unknown_user_costs_the_service_as_much_work_as_a_wrong_password(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[object] = []
    verify = PasswordHasher.verify

    def seen(self: PasswordHasher, kept: str, password: str) -> bool:
        verified.append(extract_parameters(kept))
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", seen)
    for user in (USER, "CB-13"):
        assert tried(browser, user, "x").status_code == 401
    assert len(verified) == 2
    assert verified[0] == verified[1]


def test_the_service_answers_others_while_it_verifies_a_password(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, others_answered = Event(), Event()
    answered_in_time: list[bool] = []
    verify = PasswordHasher.verify

    def waiting(self: PasswordHasher, kept: str, password: str) -> bool:
        begun.set()
        answered_in_time.append(others_answered.wait(20))
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", waiting)
    with ThreadPoolExecutor(1) as signing_in:
        answer = signing_in.submit(tried, browser)
        assert begun.wait(20)
        assert browser.get(SESSION).json() == NOBODY
        others_answered.set()
        assert answer.result().status_code == 200
    assert answered_in_time == [True]


def test_after_ten_wrong_passwords_a_user_waits_and_others_do_not(browser: TestClient) -> None:
    assert {tried(browser, USER, "x").status_code for _ in range(10)} == {401}
    refused = tried(browser, headers=ELSEWHERE)
    assert (refused.status_code, told(refused).code) == (429, "too-many-wrong-passwords")
    assert 14 * 60 < int(refused.headers["retry-after"]) <= 15 * 60
    assert tried(browser, AUDITOR).status_code == 200


def test_after_twenty_wrong_passwords_an_address_waits_and_others_do_not(browser: TestClient) -> None:
    assert {tried(browser, f"CB-{number}", "x").status_code for number in range(100, 120)} == {401}
    assert told(tried(browser)).code == "too-many-wrong-passwords"
    assert tried(browser, headers=ELSEWHERE).status_code == 200


def test_guesses_sent_at_once_are_counted_like_any_others(browser: TestClient) -> None:
    with ThreadPoolExecutor(16) as guessing:
        answers = list(guessing.map(lambda guess: tried(browser, USER, f"{guess}"), range(16)))
    assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 6


def test_right_passwords_do_not_count(browser: TestClient) -> None:
    for _ in range(11):
        assert tried(browser).status_code == 200
        browser.cookies.clear()


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": f"{HERE}.evil.test"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": HERE},
    ],
    ids=str,
)
def test_a_page_of_another_site_signs_nobody_in(browser: TestClient, sent: Headers) -> None:
    answer = tried(browser, headers=sent)
    assert (answer.status_code, told(answer).code) == (403, "cross-site")
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize("sent", [{"Origin": HERE}, {"Sec-Fetch-Site": "same-origin"}], ids=str)
def test_a_page_of_the_service_signs_in(browser: TestClient, sent: Headers) -> None:
    assert tried(browser, headers=sent).status_code == 200


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_what_a_form_of_another_site_can_send_is_refused(browser: TestClient, media_type: str) -> None:
    body = f'{{"user": "{USER}", "password": "{PASSWORD}"}}'
    problem = told(browser.post(SIGN_IN, content=body, headers={"Content-Type": media_type}))
    assert (problem.status, problem.code) == (415, "media-type-refused")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/user", "/password"]),
        ({"user": USER, "password": ""}, ["/password"]),
        ({"user": "CB\0", "password": "x"}, ["/user"]),
        ({"user": USER, "password": 71}, ["/password"]),
        ({"user": USER, "password": "71" * 501}, ["/password"]),
        ({"user": USER, "password": "71", "role": "auditor"}, ["/role"]),
        ([], ["/"]),
    ],
    ids=["nothing", "empty", "NUL", "a number", "too long", "more", "a list"],
)
def test_a_body_that_is_not_as_expected_is_told_where_and_no_password_is_told(
    browser: TestClient, body: object, pointers: list[str]
) -> None:
    problem = told(browser.post(SIGN_IN, json=body))
    assert (problem.status, problem.code) == (422, "body-refused")
    assert [fault.pointer for fault in problem.errors] == pointers
    assert "71" not in problem.model_dump_json(exclude={"request_id"})


def test_a_sign_in_under_way_while_its_account_is_disabled_begins_no_session(
    browser: TestClient, accounts: str
) -> None:
    with_password(accounts, "CB-14", PASSWORD)
    with psycopg.connect(accounts, options=keys.OWNER) as own, ThreadPoolExecutor(1) as signing_in:
        own.execute("UPDATE users SET disabled_at = now() WHERE user_name = 'CB-14'")
        answer = signing_in.submit(tried, browser, "CB-14")
        while not answer.done() and not is_waiting(accounts):
            time.sleep(0.01)
        assert not answer.done()
        own.commit()
        assert told(answer.result()).code == "password-refused"
        assert own.execute("SELECT count(*) FROM sessions").fetchone() == (0,)


def is_waiting(url: str) -> bool:
    """Whether somebody waits for a lock in this database."""
    query = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with psycopg.connect(url) as own:
        return own.execute(query).fetchone() is not None


def test_nobody_signs_in_while_the_database_is_away(away: TestClient) -> None:
    assert told(tried(away)).code == "database-away"
