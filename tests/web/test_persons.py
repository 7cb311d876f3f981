"""Persons over HTTP: entered by their office, shown to who may and noted, erased; hidden from others."""

from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.examples import PERSON
from api.models_of_persons import PersonAnswer, PersonReadPage
from auctions.store.sealing import new_key
from tests.web.keys import Headers, held
from tests.web.register import OFFICE, OTHER
from tests.web.test_problems import told

DEBTOR = "/v1/persons/DEBTOR-17"
READS = "/v1/person-reads/DEBTOR-17"
ERASING = {"reason": "request 12"}
UNSEEN = ["DEBTOR-17", "DEBTOR-18"]
"""One that is kept and one that is not."""

WRONG: list[tuple[object, str]] = [
    ({}, "/name"),
    ({"name": ""}, "/name"),
    ({**PERSON, "name": 17}, "/name"),
    ({**PERSON, "identity_no": 1_099_000_001}, "/identity_no"),
    ({**PERSON, "contact": "x" * 2001}, "/contact"),
    ({**PERSON, "born": 1990}, "/born"),
    ([PERSON], "/"),
]


@pytest.fixture
def client(database: str) -> Iterator[TestClient]:
    """A client of a service that keeps persons."""
    with TestClient(create_app(database, persons_key=new_key())) as client:
        yield client


@pytest.fixture
def kept(client: TestClient, database: str) -> TestClient:
    """A client of a service that keeps the debtor of an office."""
    assert entered(client, held(database, "coordinator")).status_code == 204
    return client


@pytest.fixture
def auditor(database: str) -> Headers:
    return held(database, "auditor", "")


@pytest.fixture
def supervisor(database: str) -> Headers:
    return held(database, "supervisor")


def entered(client: TestClient, by: Headers, path: str = DEBTOR, person: object = PERSON) -> Response:
    answer: Response = client.put(path, json=person, headers=by)
    return answer


def reads(client: TestClient, auditor: Headers, **asked: str) -> PersonReadPage:
    answer = client.get(READS, params={"office": OFFICE, **asked}, headers=auditor)
    return PersonReadPage.model_validate_json(answer.content, strict=True)


def code(answer: Response) -> str:
    return told(answer).code


@pytest.mark.parametrize("role", ["coordinator", "supervisor", "auditor"])
def test_the_office_and_auditors_are_shown_a_person_and_keep_no_copy(
    kept: TestClient, database: str, role: str
) -> None:
    answer = kept.get(DEBTOR, params={"office": OFFICE}, headers=held(database, role))
    shown = PersonAnswer.model_validate_json(answer.content, strict=True)
    assert shown.model_dump(exclude={"made_at"}) == {"office": OFFICE, "reference": "DEBTOR-17", **PERSON}
    assert (answer.headers["cache-control"], answer.headers["vary"]) == ("no-store", "Authorization, Cookie")
    assert "etag" not in answer.headers


def test_who_is_shown_a_person_is_noted_under_the_request_before_it_is_answered(
    kept: TestClient, auditor: Headers, supervisor: Headers
) -> None:
    first = kept.get(DEBTOR, headers=supervisor)
    second = kept.get(DEBTOR, params={"office": OFFICE, "reason": "complaint 7"}, headers=auditor)
    page = reads(kept, auditor)
    assert [
        (each.actor, each.actor_office, each.role, each.reason, each.request_id) for each in page.items
    ] == [
        (f"supervisor-{OFFICE}", OFFICE, "supervisor", None, first.headers["x-request-id"]),
        ("auditor-", "", "auditor", "complaint 7", second.headers["x-request-id"]),
    ]


def test_who_was_shown_a_person_is_listed_page_by_page(
    kept: TestClient, auditor: Headers, supervisor: Headers
) -> None:
    asked = [kept.get(DEBTOR, headers=supervisor).headers["x-request-id"] for _ in range(3)]
    first = reads(kept, auditor, limit="2")
    rest = reads(kept, auditor, limit="2", cursor=str(first.next))
    assert ([each.request_id for each in first.items + rest.items], rest.next) == (asked, None)


def test_a_person_whose_reading_cannot_be_noted_is_not_shown(
    kept: TestClient, database: str, auditor: Headers
) -> None:
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("ALTER TABLE auctions.person_reads ADD CHECK (reason IS NOT NULL) NOT VALID")
    answer = kept.get(DEBTOR, params={"office": OFFICE}, headers=auditor)
    assert (code(answer), str(PERSON["name"]) in answer.text) == ("internal-error", False)
    assert kept.get(DEBTOR, params={"office": OFFICE, "reason": "complaint 7"}, headers=auditor).is_success


@pytest.mark.parametrize("reference", UNSEEN)
@pytest.mark.parametrize("office", [None, OFFICE])
def test_another_office_is_told_nothing_of_a_person(
    kept: TestClient, database: str, auditor: Headers, reference: str, office: str | None
) -> None:
    path, other = f"/v1/persons/{reference}", held(database, "supervisor", OTHER)
    asked = {"office": office} if office else {}
    assert code(kept.get(path, params=asked, headers=other)) == "person-not-found"
    assert code(kept.delete(path, params=ERASING, headers=other)) == "person-not-found"
    assert entered(kept, other, path, {"name": "Trần Thị Mẫu"}).status_code == 204
    assert kept.get(path, headers=other).json()["name"] == "Trần Thị Mẫu"
    assert kept.get(DEBTOR, params={"office": OFFICE}, headers=auditor).json()["name"] == PERSON["name"]
    assert [each.actor for each in reads(kept, auditor).items] == ["auditor-"]


@pytest.mark.parametrize("reference", UNSEEN)
def test_the_public_clients_and_administrators_are_told_the_same_whoever_is_kept(
    kept: TestClient, database: str, reference: str
) -> None:
    path = f"/v1/persons/{reference}"
    assert code(kept.get(path)) == "sign-in-needed"
    for role in ("client", "administrator"):
        assert code(kept.get(path, headers=held(database, role))) == "not-allowed"


def test_a_supervisor_erases_a_person_for_good(
    kept: TestClient, auditor: Headers, supervisor: Headers
) -> None:
    kept.get(DEBTOR, headers=supervisor)
    for _ in range(2):
        assert kept.delete(DEBTOR, params=ERASING, headers=supervisor).status_code == 204
    gone = kept.get(DEBTOR, headers=supervisor)
    assert (gone.status_code, code(gone), gone.headers["cache-control"]) == (410, "person-erased", "no-store")
    assert told(gone).detail.endswith(": request 12")
    assert code(entered(kept, supervisor)) == "person-erased"
    assert len(reads(kept, auditor).items) == 1


def test_only_supervisors_erase_and_only_with_a_reason(
    kept: TestClient, database: str, auditor: Headers, supervisor: Headers
) -> None:
    for who in (held(database, "coordinator"), auditor):
        assert code(kept.delete(DEBTOR, params=ERASING, headers=who)) == "not-allowed"
    refused = told(kept.delete(DEBTOR, headers=supervisor))
    assert [(fault.parameter, fault.code) for fault in refused.errors] == [("reason", "missing")]
    assert kept.get(DEBTOR, headers=supervisor).is_success


def test_only_auditors_see_to_whom_a_person_was_shown(
    kept: TestClient, supervisor: Headers, auditor: Headers
) -> None:
    assert code(kept.get(READS, headers=supervisor)) == "not-allowed"
    answer = kept.get("/v1/person-reads/DEBTOR-18", params={"office": OFFICE}, headers=auditor)
    assert code(answer) == "person-not-found"


def test_an_auditor_without_an_office_names_that_of_the_person(kept: TestClient, auditor: Headers) -> None:
    for path in (DEBTOR, READS):
        refused = told(kept.get(path, headers=auditor))
        assert [(fault.parameter, fault.code) for fault in refused.errors] == [("office", "missing")]


def test_a_reference_is_whatever_entries_name(
    client: TestClient, supervisor: Headers, auditor: Headers
) -> None:
    for reference in ("17/HS-2025", "Đương sự 17", "a?b#c", "100%", "17/reads", "17/"):
        path = f"/v1/persons/{quote(reference, safe='')}"
        assert entered(client, supervisor, path).status_code == 204
        assert client.get(path, headers=supervisor).json()["reference"] == reference
        listed = client.get(
            path.replace("persons", "person-reads"), params={"office": OFFICE}, headers=auditor
        ).json()
        assert len(listed["items"]) == 1
        assert client.delete(path, params=ERASING, headers=supervisor).status_code == 204


def test_a_reference_that_no_entry_could_name_is_refused(client: TestClient, supervisor: Headers) -> None:
    for reference in ("", "%20", "%00", "x" * 201):
        refused = told(entered(client, supervisor, f"/v1/persons/{reference}"))
        assert [fault.parameter for fault in refused.errors] == ["reference"], reference


def test_a_person_that_cannot_be_read_is_refused_by_its_place_without_repeating_it(
    client: TestClient, supervisor: Headers
) -> None:
    for person, pointer in WRONG:
        refused = entered(client, supervisor, person=person)
        assert [fault.pointer for fault in told(refused).errors] == [pointer]
        assert code(refused) == "body-refused"
        assert not [word for word in (PERSON["name"], PERSON["contact"]) if word in refused.text]
    assert code(client.get(DEBTOR, headers=supervisor)) == "person-not-found"


def test_who_works_for_no_office_keeps_no_person(client: TestClient, database: str) -> None:
    nowhere = held(database, "supervisor", "")
    assert code(entered(client, nowhere)) == "not-allowed"
    assert code(client.delete(DEBTOR, params=ERASING, headers=nowhere)) == "not-allowed"
    assert code(client.get(DEBTOR, headers=nowhere)) == "parameter-refused"


def test_a_service_without_a_key_keeps_and_shows_no_persons_but_erases_and_accounts_for_them(
    kept: TestClient, database: str, supervisor: Headers, auditor: Headers
) -> None:
    kept.get(DEBTOR, headers=supervisor)
    with TestClient(create_app(database)) as keyless:
        assert code(keyless.get(DEBTOR, headers=supervisor)) == "persons-not-kept"
        assert code(entered(keyless, supervisor)) == "persons-not-kept"
        assert len(reads(keyless, auditor).items) == 1
        assert keyless.delete(DEBTOR, params=ERASING, headers=supervisor).status_code == 204
    assert code(kept.get(DEBTOR, headers=supervisor)) == "person-erased"


def test_a_service_with_another_key_says_that_it_cannot_read(
    kept: TestClient, database: str, supervisor: Headers
) -> None:
    assert kept.get(DEBTOR, headers=supervisor).is_success
    with TestClient(create_app(database, persons_key=new_key())) as other:
        unread = other.get(DEBTOR, headers=supervisor)
        assert (unread.status_code, code(unread)) == (503, "person-unreadable")
