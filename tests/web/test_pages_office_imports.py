"""Registers are sent in by a page: followed, cancelled, their problems told where they are."""

import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from auctions.domain.roles import Role
from tests.journeys.registers import good
from tests.web.keys import Headers, in_session
from tests.web.reading_pages import BROWSER, Page, opened, submitted, submitted_with_file
from tests.web.register import OTHER
from tests.web.sending import MEDIA_TYPES, PATIENCE, body, entries_in, held_up
from tests.web.test_imports import WRONG

TRIED = "dry-run"


@pytest.fixture
def office(empty: TestClient, database: str) -> Headers:
    """The session of a coordinator."""
    assert empty
    return in_session(database, "coordinator")


def sent(web: TestClient, who: Headers, content: bytes, name: str = "so-1.csv", **filled: str) -> Page:
    """What is answered to a register that is sent in by the form."""
    form = opened(web, "/imports", who)
    return submitted_with_file(web, form, "/imports", who, (name, content), **filled)


def ended(web: TestClient, who: Headers, answer: Page, language: str = "en") -> Page:
    """The page of an import once it has ended."""
    assert answer.status == 303, answer.words
    end = time.monotonic() + PATIENCE
    while True:
        page = opened(web, answer.answer.headers["location"], who, language)
        if "<progress" not in page.html:
            return page
        assert time.monotonic() < end, page.words
        time.sleep(0.02)


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_a_register_in_any_format_is_sent_in_recorded_and_listed(
    empty: TestClient, office: Headers, database: str, tmp_path: Path, form: str
) -> None:
    assert "has sent in no register yet" in opened(empty, "/imports", office).words
    page = ended(empty, office, sent(empty, office, body(tmp_path, good(), form), f"Sổ quý 1.{form.upper()}"))
    assert "Nothing was wrong with it" in page.words
    assert entries_in(database) == 13
    listed = opened(empty, "/imports", office, "vi")
    assert f"Sổ quý 1.{form.upper()}" in listed.words
    assert "Được ghi cả hoặc không ghi gì" in listed.words


def test_what_was_wrong_is_told_by_row_and_column_in_the_readers_language_and_as_csv(
    empty: TestClient, office: Headers, database: str, tmp_path: Path
) -> None:
    answer = sent(empty, office, body(tmp_path, [*good(), *WRONG]))
    page, path = ended(empty, office, answer), answer.answer.headers["location"]
    assert "Nothing is recorded" in page.words
    assert '"3 tỷ"' in page.words
    said = opened(empty, path, office, "vi").words
    assert "Cần ghi số chỉ gồm chữ số" in said
    assert "Không ghi được việc này khi hồ sơ đang ở giai đoạn hiện tại" in said
    written = empty.get(page.links["All of it as CSV"], headers=office)
    assert written.headers["content-type"] == "text/csv; charset=utf-8"
    lines = written.text.splitlines()
    assert lines[0] == "row,column,code,message,asset_ref,entry"
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["15", "entry", "not-in-this-stage"],
        ["16", "value", "wrong-number"],
    ]
    assert entries_in(database) == 0


def test_one_that_is_only_tried_records_nothing_and_says_so(
    empty: TestClient, office: Headers, database: str, tmp_path: Path
) -> None:
    page = ended(empty, office, sent(empty, office, body(tmp_path, good()), mode=TRIED))
    assert "nothing is recorded" in page.words
    assert "Would be recorded" in page.words
    assert entries_in(database) == 0


def test_under_way_a_page_is_asked_for_again_and_cancels_the_import(
    empty: TestClient, office: Headers, database: str, tmp_path: Path
) -> None:
    with held_up(database):
        answer = sent(empty, office, body(tmp_path, good()))
        path = answer.answer.headers["location"]
        page = opened(empty, path, office)
        assert '<meta http-equiv="refresh"' in page.html
        cancelled = submitted(empty, page, path, office)
        assert "ancelled" in cancelled.words
        assert "Cancel this import" not in cancelled.words
    assert "Cancelled" in ended(empty, office, answer).words
    assert entries_in(database) == 0


def test_sent_again_by_going_back_it_is_the_same_import(
    empty: TestClient, office: Headers, tmp_path: Path
) -> None:
    form, file = opened(empty, "/imports", office), ("so.csv", body(tmp_path, good()))
    first, second = (
        submitted_with_file(empty, form, "/imports", office, file).answer.headers["location"]
        for _ in range(2)
    )
    assert first == second


def test_a_file_that_no_register_is_and_none_are_refused_and_the_choice_is_kept(
    empty: TestClient, office: Headers
) -> None:
    for name, content in (("scan.pdf", b"%PDF"), ("", b"")):
        refused = sent(empty, office, content, name, mode=TRIED)
        assert refused.status == 422
        assert "whose name ends in .csv" in refused.words
        assert refused.form("/imports").fields["mode"] == TRIED


def test_one_that_is_too_large_is_refused_before_it_has_come(empty: TestClient, office: Headers) -> None:
    headers = {**BROWSER, "Cookie": office["Cookie"], "Content-Type": "multipart/form-data; boundary=x"}
    refused = empty.post("/imports", content=b"--x", headers={**headers, "Content-Length": str(1 << 30)})
    assert (refused.status_code, refused.headers["content-type"]) == (413, "text/html; charset=utf-8")


def test_without_the_token_of_the_page_nothing_is_taken(
    empty: TestClient, office: Headers, database: str, tmp_path: Path
) -> None:
    refused = sent(empty, office, body(tmp_path, good()), csrf_token="x")  # noqa: S106 - no token
    assert refused.status == 403
    assert "another has begun" in refused.words
    assert entries_in(database) == 0


def test_whose_session_has_ended_signs_in_and_chooses_the_file_again(
    empty: TestClient, office: Headers, tmp_path: Path
) -> None:
    form = opened(empty, "/imports", office)
    ended = submitted_with_file(empty, form, "/imports", {}, ("so.csv", body(tmp_path, good())))
    assert ended.status == 401
    assert ended.links["Sign in and choose the file again"].startswith("/sign-in?return_to=%2Fimports")


def test_only_those_who_record_see_the_registers_of_their_office(
    empty: TestClient, office: Headers, database: str, tmp_path: Path
) -> None:
    answer = sent(empty, office, body(tmp_path, good()))
    ended(empty, office, answer)
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.CLIENT):
        assert opened(empty, "/imports", in_session(database, role)).status == 403
    assert opened(empty, "/imports").status == 401
    elsewhere = in_session(database, "coordinator", OTHER)
    assert "so-1.csv" not in opened(empty, "/imports", elsewhere).words
    assert opened(empty, answer.answer.headers["location"], elsewhere).status == 404


def test_an_empty_register_has_the_columns_that_are_read(empty: TestClient) -> None:
    head = empty.get("/imports/template.csv")
    assert head.content.startswith(b"\xef\xbb\xbfasset_ref,office,entry,on,kind,")
