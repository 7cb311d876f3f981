"""Administrators make accounts and keys, set limits and see the read models by pages."""

import psycopg
import pytest
from starlette.testclient import TestClient

from auctions.domain.roles import Role
from tests.web.keys import Headers, held, in_session, with_password
from tests.web.reading_pages import Page, opened, submitted
from tests.web.register import OFFICE

PATHS = [f"/administration/{name}" for name in ("offices", "accounts", "keys", "read-models")]
ACCOUNTS, KEYS, OFFICES = PATHS[1], PATHS[2], PATHS[0]


@pytest.fixture
def boss(empty: TestClient, database: str) -> Headers:
    """The session of an administrator."""
    assert empty
    return in_session(database, Role.ADMINISTRATOR, "")


def secret(page: Page) -> str:
    """What is shown this once."""
    return page.html.partition('class="office-secret">')[2].partition("<")[0]


def signs_in(web: TestClient, user: str, password: str) -> bool:
    page = submitted(web, opened(web, "/sign-in"), "/sign-in", follow=False, user=user, password=password)
    return page.status == 303


@pytest.mark.parametrize("path", PATHS)
def test_administrators_alone_see_it_in_both_languages(web: TestClient, register: str, path: str) -> None:
    who = in_session(register, Role.ADMINISTRATOR, "")
    titles = {opened(web, path, who, language).words.partition(" · ")[0] for language in ("vi", "en")}
    assert len(titles) == 2
    assert opened(web, path).status == 401
    for role in (Role.COORDINATOR, Role.SUPERVISOR, Role.AUDITOR, Role.CLIENT):
        assert opened(web, path, in_session(register, role)).status == 403


def test_an_account_is_made_with_a_password_shown_once_then_disabled_and_enabled(
    empty: TestClient, boss: Headers
) -> None:
    form = opened(empty, ACCOUNTS, boss)
    assert "There is no account yet" in form.words
    made = submitted(empty, form, ACCOUNTS, boss, user="COORDINATOR-7", role="coordinator", office=OFFICE)
    password = secret(made)
    assert made.answer.headers["cache-control"] == "no-store"
    assert signs_in(empty, "COORDINATOR-7", password)
    listed = opened(empty, ACCOUNTS, boss)
    assert password not in listed.html
    disabled = submitted(empty, listed, f"{ACCOUNTS}/disable", boss)
    assert "The account COORDINATOR-7 may sign in no longer; its sessions have ended." in disabled.words
    assert not signs_in(empty, "COORDINATOR-7", password)
    enabled = submitted(empty, disabled, f"{ACCOUNTS}/enable", boss)
    assert "The account COORDINATOR-7 may sign in again." in enabled.words
    another = secret(submitted(empty, enabled, f"{ACCOUNTS}/password", boss))
    assert not signs_in(empty, "COORDINATOR-7", password)
    assert signs_in(empty, "COORDINATOR-7", another)


def test_what_is_typed_is_kept_where_it_is_refused_and_where_the_session_has_ended(
    empty: TestClient, boss: Headers
) -> None:
    typed = {"user": "COORDINATOR-7", "role": "coordinator"}
    form = opened(empty, ACCOUNTS, boss)
    refused = submitted(empty, form, ACCOUNTS, boss, user="COORDINATOR-7", role="coordinator")
    assert refused.status == 422
    assert "records for an office" in refused.words
    ended = submitted(empty, form, ACCOUNTS, user="COORDINATOR-7", role="coordinator")
    assert ended.status == 401
    assert "Sign in and go on" in ended.words
    for page in (refused, ended):
        assert typed.items() <= page.form(ACCOUNTS).fields.items()
    again = opened(empty, f"{ACCOUNTS}?user=COORDINATOR-7&role=coordinator", boss)
    assert typed.items() <= again.form(ACCOUNTS).fields.items()


def test_a_key_is_made_shown_once_and_revoked(empty: TestClient, boss: Headers) -> None:
    made = submitted(empty, opened(empty, KEYS, boss), KEYS, boss, actor="CLIENT-1")
    token = secret(made)
    client = {"Authorization": f"Bearer {token}"}
    assert empty.get("/v1/session", headers=client).json()["role"] == "client"
    listed = opened(empty, KEYS, boss)
    assert token not in listed.html
    revoked = submitted(empty, listed, f"{KEYS}/revoke", boss)
    assert "holds no longer" in revoked.words
    assert empty.get("/v1/session", headers=client).status_code == 401
    refused = submitted(empty, made, KEYS, boss, actor="CLIENT-2", days="0")
    assert (refused.status, refused.form(KEYS).fields["actor"]) == (422, "CLIENT-2")


def test_an_administrator_does_not_revoke_the_last_key_of_their_own(
    empty: TestClient, boss: Headers, database: str
) -> None:
    held(database, Role.ADMINISTRATOR, "", f"{Role.ADMINISTRATOR}-")
    refused = submitted(empty, opened(empty, KEYS, boss), f"{KEYS}/revoke", boss)
    assert refused.status == 409
    assert "last way in" in refused.words


def test_a_limit_is_set_with_its_reason_and_stands_beside_the_law(empty: TestClient, boss: Headers) -> None:
    assert "No office has changed its rules" in opened(empty, OFFICES, boss).words
    form = opened(empty, f"{OFFICES}?office={OFFICE}", boss)
    done = submitted(
        empty, form, OFFICES, boss, rule="LDG-02.movable", limit="3", reason="thỏa thuận với các bên"
    )
    assert "The limit is set" in done.words
    assert "thỏa thuận với các bên" in done.words
    assert "việc đấu giá 3 lần" in opened(empty, f"{OFFICES}?office={OFFICE}", boss, "vi").words
    assert OFFICE in opened(empty, OFFICES, boss).links
    refused = submitted(empty, form, OFFICES, boss, rule="LDG-01.movable", limit="1", reason="x")
    assert refused.status == 409
    assert refused.form(OFFICES).fields["limit"] == "1"


def test_a_limit_decided_later_takes_the_place_of_those_from_its_day_on(
    empty: TestClient, boss: Headers
) -> None:
    address = f"{OFFICES}?office={OFFICE}"
    for limit, on in (("3", "2025-06-01"), ("4", "2099-01-01"), ("2", "2025-01-01")):
        form, rule = opened(empty, address, boss), "LDG-02.movable"
        page = submitted(empty, form, OFFICES, boss, rule=rule, limit=limit, effective_on=on, reason="agreed")
        assert "The limit is set" in page.words, page.words
    row = page.html.partition("<code>LDG-02.movable</code></th>")[2].partition("</tr>")[0]
    assert "<strong>2</strong>" in row
    assert "2099" not in row


def test_nothing_is_told_as_done_by_an_address_alone(empty: TestClient, boss: Headers) -> None:
    for address in (f"{ACCOUNTS}?changed=NOBODY", f"{KEYS}?revoked=000000000000", f"{OFFICES}?recorded=1"):
        assert 'class="done"' not in opened(empty, address, boss).html
    assert 'class="done"' not in opened(empty, f"{OFFICES}?office={OFFICE}&recorded=1", boss).html


def test_who_gives_themselves_another_password_is_told_it_and_of_no_accounts(
    empty: TestClient, database: str
) -> None:
    with_password(database, "ADMINISTRATOR-1", "as-it-was-told-once", Role.ADMINISTRATOR)
    who = in_session(database, Role.ADMINISTRATOR, "", "ADMINISTRATOR-1")
    made = submitted(empty, opened(empty, ACCOUNTS, who), f"{ACCOUNTS}/password", who)
    assert signs_in(empty, "ADMINISTRATOR-1", secret(made))
    assert "There is no account yet" not in made.words


def test_a_read_model_that_stands_still_is_let_try_again(changing: TestClient, database: str) -> None:
    who, path = in_session(database, Role.ADMINISTRATOR, ""), PATHS[3]
    assert "All read models go on" in opened(changing, path, who).words
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("UPDATE projections.tracking SET stopped_at = 7, reason = 'broken' WHERE name = 'assets'")
    stopped = opened(changing, path, who)
    assert "broken" in stopped.words
    assert "All read models go on" in submitted(changing, stopped, path, who, name="assets").words
