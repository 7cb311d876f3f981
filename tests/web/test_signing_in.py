"""People sign in at a real provider by a browser, and what they may do in the session that comes of it."""

import base64
import json
from uuid import uuid4

import psycopg
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from auctions.domain.asset.events import asset_id
from tests.web.provided import AUDIENCE, CALLBACK, Provided
from tests.web.register import LAND, OFFICE
from tests.web.test_problems import told

FILE = asset_id(OFFICE, LAND)
SIGN_IN, SESSION, COOKIE, UNDER_WAY = (
    "/v1/sign-in",
    "/v1/session",
    "__Host-auctions",
    "__Host-auctions-sign-in",
)
COST = {"on": "2025-03-03", "amount": 40_000, "what": "custody"}
NOBODY = {"actor": None, "office": None, "role": None, "csrf_token": None}


def back(browser: TestClient, identities: Provided, login: str, return_to: str = SESSION) -> str:
    """Begin to sign in and do so at the provider's forms; where it sends the browser back to."""
    begun = browser.get(SIGN_IN, params={"return_to": return_to})
    assert begun.status_code == 303
    return identities.walked(begun.headers["location"], login)


def signed_in(
    browser: TestClient, identities: Provided, login: str = "CB-11", return_to: str = SESSION
) -> Response:
    answer = browser.get(back(browser, identities, login, return_to))
    assert answer.status_code == 303, answer.text
    return answer


def recorded(browser: TestClient, csrf_token: str, tag: str = '"v9"') -> Response:
    headers = {"Idempotency-Key": str(uuid4()), "If-Match": tag, "X-CSRF-Token": csrf_token}
    return browser.post(f"/v1/assets/{FILE}/costs", json=COST, headers=headers)


def is_public(browser: TestClient) -> bool:
    answer = browser.get(SESSION)
    assert answer.status_code == 200
    return bool(answer.json() == NOBODY)


def test_a_coordinator_signs_in_and_records_an_entry(
    trusting_changing: TestClient, identities: Provided
) -> None:
    assert is_public(trusting_changing)
    seen = trusting_changing.get(f"/v1/assets/{FILE}").headers["etag"]
    answer = signed_in(trusting_changing, identities)
    who = trusting_changing.get(answer.headers["location"]).json()
    assert (who["actor"], who["office"], who["role"]) == ("CB-11", OFFICE, "coordinator")
    answer = recorded(trusting_changing, who["csrf_token"], seen)
    assert (answer.status_code, answer.json()["version"]) == (201, 10)
    last = trusting_changing.get(f"/v1/assets/{FILE}/history").json()["entries"][-1]
    assert (last["entry"], last["actor"], last["data"]["amount"]) == ("cost_accrued", "CB-11", 40_000)


def test_a_browser_never_takes_what_the_public_sees_for_what_it_sees_signed_in(
    trusting: TestClient, identities: Provided
) -> None:
    public = trusting.get(f"/v1/assets/{FILE}/history").headers["etag"]
    signed_in(trusting, identities)
    seen = trusting.get(f"/v1/assets/{FILE}/history", headers={"If-None-Match": public})
    assert (seen.status_code, seen.json()["entries"][0]["actor"]) == (200, "clerk")
    kept = {"If-None-Match": seen.headers["etag"]}
    assert trusting.get(f"/v1/assets/{FILE}/history", headers=kept).status_code == 304
    trusting.cookies.clear()
    again = trusting.get(f"/v1/assets/{FILE}/history", headers=kept)
    assert (again.status_code, again.json()["entries"][0]["actor"]) == (200, None)


def test_an_auditor_signs_in_and_sees_who_recorded_but_does_not_record(
    trusting: TestClient, identities: Provided
) -> None:
    public = trusting.get(f"/v1/assets/{FILE}/history")
    assert public.json()["entries"][0]["actor"] is None
    assert public.headers["vary"] == "Authorization, Cookie"
    signed_in(trusting, identities, "KT-1")
    seen = trusting.get(f"/v1/assets/{FILE}/history")
    assert seen.json()["entries"][0]["actor"] == "clerk"
    assert seen.headers["cache-control"] == "private, no-cache"
    assert told(recorded(trusting, trusting.get(SESSION).json()["csrf_token"])).code == "not-allowed"


@pytest.mark.parametrize("sent", [None, "", "0" * 64, "ă"], ids=["none", "empty", "guessed", "no ASCII"])
def test_a_command_without_the_session_s_token_is_refused(
    trusting: TestClient, identities: Provided, sent: str | None
) -> None:
    signed_in(trusting, identities)
    headers = {"Idempotency-Key": str(uuid4()), "If-Match": '"v9"'}
    headers |= {"X-CSRF-Token": sent} if sent is not None else {}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    answer = trusting.post(f"/v1/assets/{FILE}/costs", json=COST, headers=raw)
    assert (answer.status_code, told(answer).code) == (403, "csrf-token-needed")
    assert len(trusting.get(f"/v1/assets/{FILE}/history").json()["entries"]) == 9


def test_the_token_of_another_session_is_refused(trusting: TestClient, identities: Provided) -> None:
    signed_in(trusting, identities)
    before = trusting.get(SESSION).json()["csrf_token"]
    signed_in(trusting, identities)
    assert told(recorded(trusting, before)).code == "csrf-token-needed"


def test_the_session_is_in_a_cookie_that_scripts_and_other_hosts_never_see(
    trusting: TestClient, identities: Provided
) -> None:
    begun, given = trusting.get(SIGN_IN), signed_in(trusting, identities)
    ours = [
        cookie
        for answer in (begun, given)
        for cookie in answer.headers.get_list("set-cookie")
        if "=" in cookie and not cookie.split("=")[1].startswith('"";')
    ]
    assert [cookie.split("=")[0] for cookie in ours] == [UNDER_WAY, COOKIE]
    for cookie in ours:
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; ")[1:])
        assert "domain" not in cookie.lower()
    assert begun.headers["cache-control"] == given.headers["cache-control"] == "no-store"
    assert UNDER_WAY not in trusting.cookies


def test_the_database_holds_a_digest_and_never_the_session_s_id(
    trusting: TestClient, identities: Provided, register: str
) -> None:
    signed_in(trusting, identities)
    with psycopg.connect(register) as own:
        rows = own.execute("SELECT s, length(digest) FROM auctions.sessions s").fetchall()
    assert [length for _, length in rows] == [32]
    assert trusting.cookies[COOKIE] not in str(rows)


def test_one_signs_out_and_the_cookie_is_worth_nothing(trusting: TestClient, identities: Provided) -> None:
    signed_in(trusting, identities)
    cookie, token = trusting.cookies[COOKIE], trusting.get(SESSION).json()["csrf_token"]
    assert told(trusting.delete(SESSION)).code == "csrf-token-needed"
    assert trusting.delete(SESSION, headers={"X-CSRF-Token": token}).status_code == 204
    assert COOKIE not in trusting.cookies
    trusting.cookies.set(COOKIE, cookie)
    assert is_public(trusting)
    assert told(trusting.delete(SESSION, headers={"X-CSRF-Token": token})).code == "sign-in-needed"
    assert told(recorded(trusting, token)).code == "sign-in-needed"


@pytest.mark.parametrize(
    ("unused", "left", "ended"), [(29, 1, False), (31, 1, True), (0, 0, True), (0, -1, True)]
)
def test_a_session_ends_after_half_an_hour_without_use_or_when_its_time_is_over(
    trusting: TestClient, identities: Provided, register: str, unused: int, left: int, *, ended: bool
) -> None:
    signed_in(trusting, identities)
    with psycopg.connect(register) as own:
        own.execute(
            """UPDATE auctions.sessions
            SET used_at = now() - %s * interval '1 minute', ends_at = now() + %s * interval '1 minute'""",
            [unused, left],
        )
    assert is_public(trusting) == ended


def test_a_session_lasts_twelve_hours_and_use_keeps_it(
    trusting: TestClient, identities: Provided, register: str
) -> None:
    signed_in(trusting, identities)
    with psycopg.connect(register, autocommit=True) as own:
        lasts = own.execute(
            "SELECT ends_at - made_at = interval '12 hours' FROM auctions.sessions"
        ).fetchone()
        assert lasts == (True,)
        own.execute("UPDATE auctions.sessions SET used_at = now() - interval '20 minutes'")
        assert not is_public(trusting)
        used = own.execute("SELECT used_at > now() - interval '1 minute' FROM auctions.sessions").fetchone()
        assert used == (True,)


def test_who_signs_in_again_has_one_session_and_those_that_ended_are_forgotten(
    trusting: TestClient, identities: Provided, register: str
) -> None:
    signed_in(trusting, identities)
    before = trusting.cookies[COOKIE]
    signed_in(trusting, identities, "KT-1")
    assert trusting.cookies[COOKIE] != before
    with psycopg.connect(register, autocommit=True) as own:
        assert own.execute("SELECT actor FROM auctions.sessions").fetchall() == [("KT-1",)]
        own.execute("UPDATE auctions.sessions SET ends_at = now() - interval '1 second'")
        trusting.cookies.clear()
        signed_in(trusting, identities)
        assert own.execute("SELECT actor FROM auctions.sessions").fetchall() == [("CB-11",)]


def test_a_cookie_beside_other_credentials_counts_for_nothing(
    trusting: TestClient, identities: Provided
) -> None:
    signed_in(trusting, identities)
    machine = {"Authorization": f"Bearer {identities.machine_token('reading-program')}"}
    assert trusting.get(SESSION, headers=machine).json()["actor"] == "reading-program"
    assert told(trusting.delete(SESSION, headers=machine)).code == "sign-in-needed"
    assert not is_public(trusting)


@pytest.mark.parametrize("path", ["/", "/v1/assets?unsold=true&kind=vessel", "/pages/TS-1#ladder"])
def test_one_comes_back_to_where_one_was(trusting: TestClient, identities: Provided, path: str) -> None:
    assert signed_in(trusting, identities, return_to=path).headers["location"] == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "pages",
        "//evil.test",
        "/\\evil.test",
        "/a\\b",
        "https://evil.test/",
        "/\t/evil.test",
        "/a b",
        "/ă",
        "/%0d\n",
        "/" + "a" * 2500,
    ],
)
def test_one_never_comes_back_to_another_site(trusting: TestClient, path: str) -> None:
    problem = told(trusting.get(SIGN_IN, params={"return_to": path}))
    assert [fault.parameter for fault in problem.errors] == ["return_to"]


def test_a_sign_in_that_another_browser_began_is_refused(trusting: TestClient, identities: Provided) -> None:
    address = back(trusting, identities, "CB-11")
    trusting.cookies.clear()
    without, _, with_another = (trusting.get(url) for url in (address, SIGN_IN, address))
    for problem in (told(without), told(with_another)):
        assert (problem.code, problem.detail.partition(",")[0]) == (
            "sign-in-refused",
            "this browser began no such sign-in",
        )
    assert is_public(trusting)


def test_a_code_is_good_once(trusting: TestClient, identities: Provided) -> None:
    address = back(trusting, identities, "CB-11")
    under_way = trusting.cookies[UNDER_WAY]
    assert trusting.get(address).status_code == 303
    trusting.cookies.clear()
    trusting.cookies.set(UNDER_WAY, under_way)
    assert told(trusting.get(address)).code == "sign-in-refused"
    assert is_public(trusting)


@pytest.mark.parametrize(
    ("place", "code", "detail"),
    [
        (1, "credentials-refused", "the token's claim nonce is not as expected"),
        (2, "sign-in-refused", "the provider does not take the code"),
    ],
    ids=["nonce", "verifier"],
)
def test_a_code_of_another_sign_in_is_refused(
    trusting: TestClient, identities: Provided, place: int, code: str, detail: str
) -> None:
    address = back(trusting, identities, "CB-11")
    begun = json.loads(base64.urlsafe_b64decode(trusting.cookies[UNDER_WAY]))
    begun[place] = "x" * 43
    trusting.cookies.clear()
    trusting.cookies.set(UNDER_WAY, base64.urlsafe_b64encode(json.dumps(begun).encode()).decode())
    problem = told(trusting.get(address))
    assert (problem.code, problem.detail[: len(detail)]) == (code, detail)
    assert is_public(trusting)


@pytest.mark.parametrize("cookie", ["", "x", "W10=", "WzEsMiwzLDRd", "bnVsbA==", "/" * 999])
def test_a_cookie_that_we_did_not_make_is_refused(trusting: TestClient, cookie: str) -> None:
    trusting.cookies.set(UNDER_WAY, cookie)
    assert told(trusting.get(CALLBACK, params={"code": "a", "state": "b"})).code == "sign-in-refused"


@pytest.mark.parametrize(
    "told_back", [{"error": "access_denied"}, {"code": "a", "iss": "https://elsewhere.test"}, {"code": "a"}]
)
def test_whom_the_provider_did_not_sign_in_is_not_signed_in(
    trusting: TestClient, told_back: dict[str, str]
) -> None:
    begun = trusting.get(SIGN_IN)
    state = dict(part.split("=") for part in begun.headers["location"].split("?")[1].split("&"))["state"]
    problem = told(trusting.get(CALLBACK, params={"state": state} | told_back))
    assert (problem.status, problem.code) == (400, "sign-in-refused")


@pytest.mark.parametrize(
    ("login", "detail"),
    [
        ("CB-12", "the token's claim auctions_office does not name the office of a coordinator"),
        ("CB-13", "the token's claim auctions_role does not name a role"),
        ("who-is-this", "the token's claim auctions_role does not name a role"),
    ],
)
def test_whose_role_or_office_the_provider_does_not_tell_is_refused(
    trusting: TestClient, identities: Provided, login: str, detail: str
) -> None:
    problem = told(trusting.get(back(trusting, identities, login)))
    assert (problem.code, problem.detail[: len(detail)]) == ("credentials-refused", detail)
    assert is_public(trusting)


def test_nobody_signs_in_while_the_provider_is_away(register: str, own_identities: Provided) -> None:
    app = create_app(register, provider=own_identities.provider())
    with TestClient(app, base_url=AUDIENCE, follow_redirects=False) as browser:
        address = back(browser, own_identities, "CB-11")
        own_identities.node.call("go_away")
        assert told(browser.get(address)).code == "provider-away"
    app = create_app(register, provider=own_identities.provider())
    with TestClient(app, base_url=AUDIENCE) as browser:
        assert told(browser.get(SIGN_IN)).code == "provider-away"


@pytest.mark.parametrize("path", [SIGN_IN, "/v1/sign-in/callback?state=a&code=b"])
def test_without_a_provider_nobody_signs_in(web: TestClient, path: str) -> None:
    problem = told(web.get(path))
    assert (problem.status, problem.code) == (404, "no-provider")
