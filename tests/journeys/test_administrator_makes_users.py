"""An administrator makes local accounts, sees who signs in, gives new passwords, disables and enables."""

from collections.abc import Iterator

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.journeys.commandline import CommandLine
from tests.journeys.in_process import InProcess
from tests.journeys.typed import typed

COORDINATOR = ("users", "add", "CB-11", "--role", "coordinator", "--office", "KV-3")
CHOSEN = "mười hai ký tự"


@pytest.fixture
def administrator(database: str) -> InProcess:
    """The command line on a fresh migrated database."""
    return InProcess(AUCTIONS_DATABASE_URL=database)


@pytest.fixture
def browser(database: str) -> Iterator[TestClient]:
    """A browser at the application on the same database."""
    with TestClient(create_app(database), base_url="https://auctions.example.vn") as browser:
        yield browser


def signs_in(browser: TestClient, password: str) -> bool:
    browser.cookies.clear()
    answer = browser.post("/v1/sign-in", json={"user": "CB-11", "password": password})
    assert answer.status_code in {200, 401}
    return answer.status_code == 200


def signed_in_as(browser: TestClient) -> object:
    return browser.get("/v1/session").json()["actor"]


def test_a_password_is_told_once_and_its_user_signs_in(
    administrator: InProcess, browser: TestClient, database: str
) -> None:
    made = administrator.json(*COORDINATOR)
    assert (made["user"], made["role"], made["office"]) == ("CB-11", "coordinator", "KV-3")
    assert signs_in(browser, made["password"])
    session = browser.get("/v1/session").json()
    assert (session["actor"], session["office"], session["role"]) == ("CB-11", "KV-3", "coordinator")
    assert made["password"] not in administrator("users", "list", "--json")
    with psycopg.connect(database) as own:
        kept = str(own.execute("SELECT * FROM auctions.users").fetchall())
    assert "$argon2id$" in kept
    assert made["password"] not in kept


def test_the_list_shows_role_office_the_last_sign_in_and_who_is_disabled(
    administrator: InProcess, browser: TestClient
) -> None:
    password = administrator.json(*COORDINATOR)["password"]
    administrator("users", "add", "KT-1", "--role", "auditor")
    administrator("users", "disable", "KT-1")
    assert signs_in(browser, password)
    coordinator, auditor = administrator.json("users", "list")["items"]
    told = [coordinator[name] for name in ("user", "role", "office")]
    assert told == ["CB-11", "coordinator", "KV-3"]
    assert coordinator["signed_in_at"] > coordinator["made_at"]
    assert coordinator["disabled_at"] is None
    assert (auditor["user"], auditor["office"], auditor["signed_in_at"]) == ("KT-1", "", None)
    assert auditor["disabled_at"] > auditor["made_at"]
    table = administrator("users", "list")
    shown = ("user", "role", "office", "signed_in_at", "disabled_at", "CB-11", "KT-1", "coordinator", "KV-3")
    assert [word for word in shown if word not in table] == []


def test_another_password_ends_the_sessions_and_the_old_one(
    administrator: InProcess, browser: TestClient
) -> None:
    old = administrator("users", "add", "CB-11", "--role", "auditor").split()[0]
    assert signs_in(browser, old)
    new = administrator("users", "password", "CB-11").split()[0]
    assert signed_in_as(browser) is None
    assert not signs_in(browser, old)
    assert signs_in(browser, new)
    assert signed_in_as(browser) == "CB-11"


def test_a_disabled_user_is_signed_out_and_signs_in_no_more_until_enabled(
    administrator: InProcess, browser: TestClient
) -> None:
    password = administrator.json(*COORDINATOR)["password"]
    assert signs_in(browser, password)
    since = administrator.json("users", "disable", "CB-11")["disabled_at"]
    assert signed_in_as(browser) is None
    assert not signs_in(browser, password)
    assert administrator.json("users", "disable", "CB-11")["disabled_at"] == since
    assert administrator("users", "enable", "CB-11") == "CB-11: may sign in\n"
    assert signs_in(browser, password)


def test_the_sessions_of_others_go_on(administrator: InProcess, browser: TestClient) -> None:
    password = administrator.json(*COORDINATOR)["password"]
    administrator("users", "add", "KT-1", "--role", "auditor")
    assert signs_in(browser, password)
    administrator("users", "password", "KT-1")
    administrator("users", "disable", "KT-1")
    assert signed_in_as(browser) == "CB-11"


def test_a_password_is_typed_twice_at_the_terminal_and_never_shown(
    auctions: CommandLine, browser: TestClient
) -> None:
    asked = (*COORDINATOR, "--ask", "--json")
    code, shown = typed(auctions, *asked, answers=["too short", CHOSEN, "another one", CHOSEN, CHOSEN])
    assert (code, shown.count("Password of 12 to 200 characters: ")) == (0, 3)
    assert '"user": "CB-11"' in shown
    assert not [word for word in ("too short", CHOSEN, "another one", '"password"') if word in shown]
    assert signs_in(browser, CHOSEN)
    code, shown = typed(auctions, "users", "password", "CB-11", "--ask", answers=[CHOSEN[::-1]] * 2)
    assert (code, shown.splitlines()[-1]) == (0, "CB-11: may sign in")
    assert signs_in(browser, CHOSEN[::-1])


def test_no_password_is_given_in_the_command_itself(administrator: InProcess) -> None:
    assert "No such option: --password" in administrator.wrong_use(*COORDINATOR, "--password", CHOSEN)


def test_who_records_has_an_office_and_every_user_a_reference(administrator: InProcess) -> None:
    for role in ("coordinator", "supervisor"):
        said = administrator.wrong_use("users", "add", "CB-11", "--role", role)
        assert f"a {role} records for an office: expected --office" in said
    for user in ("", " CB-11", "CB\n11", "x" * 201):
        said = administrator.wrong_use("users", "add", user, "--role", "auditor")
        assert "expected 1 to 200 characters" in said
    said = administrator.wrong_use("users", "add", "CB-11", "--role", "auditor", "--office", "KV-3 ")
    assert "expected 1 to 200 characters" in said
    assert administrator.json("users", "list")["items"] == []


def test_a_user_is_made_once_and_one_that_is_none_is_told(administrator: InProcess) -> None:
    administrator(*COORDINATOR)
    assert administrator.complaint(*COORDINATOR, code=1).startswith("user-exists: ")
    for command in ("password", "disable", "enable"):
        line = administrator.complaint("users", command, "CB-12", code=1)
        assert line == "no-such-user: no user CB-12: `auctions users list` shows all"


@pytest.mark.parametrize("words", [("users", "add"), ("serve",)], ids=" ".join)
def test_the_help_says_for_whom_local_accounts_are_meant(
    administrator: InProcess, words: tuple[str, ...]
) -> None:
    said = " ".join(administrator(*words, "--help").split())
    assert "meant for one machine or a small office; for more, name a provider of identities" in said
