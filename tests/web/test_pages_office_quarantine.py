"""Rows that wait are mended by a page, with inputs where something is wrong, and tried again."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.journeys.registers import good
from tests.web.keys import Headers, in_session
from tests.web.reading_pages import Page, opened, submitted
from tests.web.register import OTHER
from tests.web.sending import body, entries_in
from tests.web.test_imports import WRONG
from tests.web.test_pages_office_imports import ended, sent

VALUE = "cell_value"


@pytest.fixture
def office(empty: TestClient, database: str, tmp_path: Path) -> Headers:
    """The session of a coordinator whose import set two rows aside."""
    who = in_session(database, "coordinator")
    page = ended(empty, who, sent(empty, who, body(tmp_path, [*good(), *WRONG]), mode="quarantine"))
    assert "Mend the rows that wait" in page.words
    return who


def waiting(page: Page) -> list[str]:
    return [form.action for form in page.forms if form.action.startswith("/quarantine/")]


def test_a_row_is_mended_where_it_is_wrong_and_waits_no_more(
    empty: TestClient, office: Headers, database: str
) -> None:
    page = opened(empty, "/quarantine", office)
    late, misspelt = waiting(page)
    assert page.form(misspelt).fields[VALUE] == "3 tỷ"
    done = submitted(empty, page, misspelt, office, cell_value="3000000000")
    assert "is recorded and waits no more" in done.words
    assert (waiting(done), entries_in(database)) == ([late], 14)
    done = submitted(empty, done, late, office)
    assert "No row waits" in done.words
    assert entries_in(database) == 15


def test_a_row_that_is_refused_again_shows_what_was_typed_and_why(empty: TestClient, office: Headers) -> None:
    page = opened(empty, "/quarantine", office)
    _, misspelt = waiting(page)
    refused = submitted(empty, page, misspelt, office, cell_value="-1")
    assert refused.status == 422
    assert "goes on waiting" in refused.words
    assert refused.form(misspelt).fields[VALUE] == "-1"
    assert "Dòng" in opened(empty, misspelt, office, "vi").words


def test_cells_that_were_typed_go_along_when_the_session_has_ended(
    empty: TestClient, office: Headers
) -> None:
    page = opened(empty, "/quarantine", office)
    _, misspelt = waiting(page)
    refused = submitted(empty, page, misspelt, cell_value="3000000000")
    assert refused.status == 401
    assert refused.form(misspelt).fields[VALUE] == "3000000000"
    fields = refused.form(misspelt).fields
    again = Page(empty.post("/sign-in/again", data=fields, headers={"Accept": "text/html"}))
    kept = again.form("/sign-in").fields["return_to"]
    assert opened(empty, kept, office).form(misspelt).fields[VALUE] == "3000000000"


def test_rows_of_an_office_are_there_for_those_who_record_for_it(
    empty: TestClient, office: Headers, database: str
) -> None:
    row = waiting(opened(empty, "/quarantine", office))[0]
    assert opened(empty, row, in_session(database, "supervisor", OTHER)).status == 404
    assert opened(empty, row, in_session(database, "auditor")).status == 403
    assert opened(empty, "/quarantine").status == 401
