"""What all pages have in common: signing in, the language, problems, what a browser is forbidden."""

import pytest
from starlette.testclient import TestClient

from tests.web.keys import in_session, with_password
from tests.web.reading_pages import BROWSER, Page, opened, submitted
from tests.web.register import LAND

PASSWORD, GUESSED = "as-it-was-told-once", "as-it-was-guessed"


@pytest.fixture(scope="module")
def account(register: str, web: TestClient) -> None:
    """A coordinator's account."""
    assert web
    with_password(register, "COORDINATOR-9", PASSWORD)


def test_the_first_page_tells_what_is_unsold_in_vietnamese_unless_english_is_preferred(
    web: TestClient,
) -> None:
    assert 'lang="vi"' in web.get("/").text
    assert 'lang="en"' in opened(web, "/").html
    assert 'lang="vi"' in opened(web, "/", language="vi, en;q=0.5").html
    assert LAND in opened(web, "/").words


def test_a_language_that_is_chosen_stays(web: TestClient) -> None:
    chosen = submitted(web, opened(web, "/sign-in?return_to=/docs"), "/language", language="vi", follow=False)
    assert (chosen.status, chosen.answer.headers["location"]) == (303, "/sign-in?return_to=/docs")
    cookie = chosen.answer.headers["set-cookie"].partition(";")[0]
    web.cookies.clear()  # for the other tests this browser has chosen none
    assert 'lang="vi"' in opened(web, "/", {"Cookie": cookie}).html


@pytest.mark.usefixtures("account")
def test_one_signs_in_with_a_password_goes_on_where_one_was_and_signs_out(web: TestClient) -> None:
    asked = opened(web, "/sign-in?return_to=/docs")
    wrong = submitted(web, asked, "/sign-in", user="COORDINATOR-9", password=GUESSED)
    assert wrong.status == 401
    assert wrong.form("/sign-in").fields["user"] == "COORDINATOR-9"
    assert GUESSED not in wrong.html
    right = submitted(web, wrong, "/sign-in", password=PASSWORD, follow=False)
    assert (right.status, right.answer.headers["location"]) == (303, "/docs")
    who = {"Cookie": right.answer.headers["set-cookie"].partition(";")[0]}
    signed_in = opened(web, "/", who)
    assert "COORDINATOR-9" in signed_in.words
    assert submitted(web, signed_in, "/sign-out", who, follow=False).status == 303
    assert "COORDINATOR-9" not in opened(web, "/", who).words


def test_nobody_is_sent_on_to_another_site(web: TestClient) -> None:
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"):
        page = Page(web.get("/sign-in", params={"return_to": elsewhere}, headers=BROWSER))
        assert page.form("/sign-in").fields["return_to"] == "/"


def test_what_was_typed_goes_along_when_the_session_has_ended_over_a_form(web: TestClient) -> None:
    typed = {
        "form": "/seizure",
        "asset_ref": "BDI-9",
        "description": "Tàu vỏ gỗ & lưới",
        "key": "k",
        "csrf_token": "t",
    }
    page = Page(web.post("/sign-in/again", data=typed, headers=BROWSER))
    kept = page.form("/sign-in").fields["return_to"]
    assert kept == "/seizure?asset_ref=BDI-9&description=T%C3%A0u+v%E1%BB%8F+g%E1%BB%97+%26+l%C6%B0%E1%BB%9Bi"


def test_a_browser_is_shown_a_page_where_there_is_none_and_a_program_a_problem(web: TestClient) -> None:
    page = opened(web, "/no-such-page")
    assert (page.status, page.answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "request" in page.words.lower()
    assert web.get("/no-such-page").headers["content-type"] == "application/problem+json"
    told = web.get("/v1/no-such-path", headers=BROWSER)
    assert told.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/no-such-page"])
def test_a_page_may_load_and_run_nothing_but_files_of_ours(web: TestClient, path: str) -> None:
    page = opened(web, path)
    policy = page.answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in page.html
    assert " style=" not in page.html
    assert " onclick=" not in page.html


def test_files_of_ours_are_kept_for_ever_under_a_name_that_changes_with_them(web: TestClient) -> None:
    page = opened(web, "/")
    address = page.html.partition('rel="stylesheet" href="')[2].partition('"')[0]
    sheet = web.get(address)
    assert (sheet.status_code, sheet.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in sheet.headers["cache-control"]
    assert web.get("/static/..%2Frendering.py").status_code == 404
    assert web.get("/static/nothing.css").status_code == 404


def test_whose_key_does_not_hold_sees_a_page_as_the_public(web: TestClient) -> None:
    assert opened(web, "/", {"Authorization": "Bearer auk_nothing"}).status == 200


def test_a_page_is_kept_by_no_cache_that_others_share(web: TestClient, register: str) -> None:
    headers = opened(web, "/", in_session(register, "auditor")).answer.headers
    assert headers["cache-control"] == "private, no-cache"
    assert "Cookie" in headers["vary"]
