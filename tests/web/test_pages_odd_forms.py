"""Forms that no page of ours sends are refused: none of them is a fault of the service."""

import pytest
from starlette.testclient import TestClient

from auctions.domain.roles import Role
from tests.web.keys import in_session
from tests.web.reading_pages import BROWSER, Page
from tests.web.test_pages_who_may import NAMED, SENT
from tests.web.under_way import FILE

LONG = "9" * 5000
NUMBERS = ("limit", "days", "starting_price", "to_price", "amount", "deposit", "round_no", "registrants")
ELSEWHERE = "https://elsewhere.example/"
FORMS: dict[str, dict[str, str]] = {
    "without any field of ours": {"note": "x"},
    "with a token that is no ASCII": {"csrf_token": "ư"},
    "with a key that is no ASCII": {"key": "ư"},
    "with a version that is none": {"version": "²"},
    "with a key of two lines": {"key": "a\r\nb: c"},
    "with numbers too long to be read": dict.fromkeys((*NUMBERS, "version"), LONG),
    "with numbers in other digits": dict.fromkeys((*NUMBERS, "version"), "²"),
    "with amounts too large to be kept": dict.fromkeys(NUMBERS, "9" * 30),
    "of thousands of fields": {f"field-{number}": "1" for number in range(4000)},
    "of names that stand in paths": dict.fromkeys(("office", "account", "key_id", "name"), "a/../b"),
    "with markup in it": dict.fromkeys(("user", "kind", "cell_<b>", "<b>.x", "actor", "office"), "<script>"),
    "that leads elsewhere": {"return_to": ELSEWHERE, "form": ELSEWHERE, "user": "NOBODY", "password": "x"},
}


@pytest.mark.parametrize("told", FORMS)
@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_a_form_that_no_page_sends_is_refused(web: TestClient, register: str, role: Role, told: str) -> None:
    who = in_session(register, role)
    named = NAMED | {"noun": "round-announcements", "asset_id": str(FILE)}
    named |= dict.fromkeys(("import_id", "quarantine_id", "proposal_id"), str(FILE))
    for path in SENT:
        fields = {"csrf_token": who["X-CSRF-Token"], "key": "k-1", "version": "0"} | FORMS[told]
        headers = {**BROWSER, "Cookie": who["Cookie"]}
        answer = web.post(path.format(**named), data=fields, headers=headers, follow_redirects=False)
        assert (path, answer.status_code < 500) == (path, True)
        assert "<script>" not in answer.text
        assert "elsewhere" not in answer.headers.get("location", "")
    web.cookies.clear()  # for the other tests this browser has chosen no language


def test_an_amount_too_large_to_be_kept_is_refused_in_its_form(web: TestClient, register: str) -> None:
    who, path = in_session(register, Role.SUPERVISOR), f"/assets/{FILE}/record/round-announcements"
    fields = {"csrf_token": who["X-CSRF-Token"], "key": "k-2", "version": "0", "starting_price": "9" * 30}
    page = Page(web.post(path, data=fields, headers={**BROWSER, "Cookie": who["Cookie"]}))
    assert (page.status, page.form(path).fields["starting_price"]) == (422, "9" * 30)
