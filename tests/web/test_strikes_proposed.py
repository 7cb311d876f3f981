"""What is proposed is judged at once and kept once; a strike that nobody approved is not recorded."""

from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.web.keys import held
from tests.web.register import OTHER
from tests.web.striking import ANEW, CORRECTION, LOWER, STRIKE, Office, code, proposal
from tests.web.test_commands import AT, FILE, STRUCK, posted
from tests.web.test_problems import told


@pytest.fixture
def office(recording: TestClient, database: str) -> Office:
    """The people of the office that has the land; its file stands at nine entries."""
    return Office(recording, database)


@pytest.fixture
def other(recording: TestClient, database: str) -> Office:
    """The people of another office."""
    return Office(recording, database, OTHER)


def test_a_proposal_sent_twice_is_one_whatever_has_become_of_it(office: Office) -> None:
    first, second = office.proposes(key="k-1"), office.proposes(key="k-1")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    waiting = str(proposal(first).proposal_id)
    assert office.listed() == [waiting]
    office.approves(waiting)
    late = office.proposes(key="k-1")
    assert (late.status_code, proposal(late).state) == (201, "approved")


def test_something_else_under_a_key_that_was_used_is_refused(office: Office, other: Office) -> None:
    key = str(uuid4())
    office.proposes(key=key)
    alone = {"entries": [STRIKE]}
    others = [
        office.proposes(None, alone, key=key),
        office.proposes(None, CORRECTION, {"If-Match": '"v8"'}, key=key),
        office.proposes(key=key, ask="?as_found=true"),
        office.proposes(office.colleague, key=key),
        other.proposes(key=key),
    ]
    assert [(answer.status_code, code(answer)) for answer in others] == [(422, "command-id-reused")] * 5


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ([STRIKE | {"entry_no": 99}], "no-such-entry"),
        ([STRIKE, STRIKE], "already-struck"),
        ([STRIKE | {"entry_no": 2}], "contradicted"),
        ([STRIKE | {"on": "2999-01-01"}], "dated-in-the-future"),
        ([STRIKE, ANEW | {"starting_price": 1}], "price-not-in-force"),
        ([*LOWER[:2], LOWER[2] | {"to_price": 700_000_000}], "unlawful"),
    ],
)
def test_what_is_impossible_or_unlawful_is_refused_at_once_as_a_command_is(
    office: Office, entries: list[object], fault: str
) -> None:
    refused = told(office.proposes(body={"entries": entries}))
    assert (refused.status, refused.code, {each.code for each in refused.errors}) == (409, "refused", {fault})
    assert office.listed() == []


def test_a_fact_that_broke_the_law_is_proposed_and_approved_as_found(office: Office) -> None:
    lower = {"entries": [*LOWER[:2], LOWER[2] | {"to_price": 700_000_000}]}
    waiting = office.proposed(lower, "?as_found=true")
    assert office.shown(waiting).as_found
    assert office.approves(waiting).status_code == 201
    assert office.file()[-1]["data"]["to_price"] == 700_000_000


def test_an_entry_that_is_too_large_is_refused_at_once(office: Office) -> None:
    into = [f"{number}-{'x' * 190}" for number in range(200)]
    split = {"entry": "split", "on": "2025-01-24", "into": into}
    assert code(office.proposes(body={"entries": [STRIKE, split]})) == "body-too-large"


def test_what_was_decided_on_an_older_file_is_refused_at_once(office: Office) -> None:
    answer = office.proposes(None, CORRECTION, {"If-Match": '"v8"'})
    assert (code(answer), answer.headers["etag"], office.listed()) == ("stale-file", '"v9"', [])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"entries": [ANEW]}, "/entries"),
        ({"entries": []}, "/entries"),
        ({"entries": [STRIKE], "of": 1}, "/entries"),
        ({"entries": [STRIKE | {"approved_by": "SUPERVISOR-1"}]}, "/entries/0/approved_by"),
        ({"entries": [ANEW, STRIKE | {"reason": ""}]}, "/entries/1/reason"),
        ({"entries": [STRIKE, {"entry": "sold"}]}, "/entries/1/entry"),
    ],
)
def test_a_body_that_is_no_proposal_is_told_with_its_place(
    office: Office, body: object, pointer: str
) -> None:
    refused = told(office.proposes(body=body))
    assert (refused.code, [fault.pointer for fault in refused.errors]) == ("body-refused", [pointer])


def test_a_proposal_needs_a_key_and_the_version_it_was_decided_on(office: Office) -> None:
    path = f"/v1/assets/{FILE}/strike-proposals"
    assert (
        code(office.web.post(path, json=CORRECTION, headers=office.coordinator)) == "idempotency-key-needed"
    )
    keyed = office.coordinator | {"Idempotency-Key": "k-1"}
    assert code(office.web.post(path, json=CORRECTION, headers=keyed)) == "precondition-needed"


@pytest.mark.parametrize("role", ["coordinator", "supervisor"])
def test_a_strike_that_nobody_has_approved_here_is_not_recorded(office: Office, role: str) -> None:
    by = held(office.url, role)
    struck = {"entry": "entry_struck", **STRUCK}
    of_lot = {"entries": [{"asset_id": str(FILE), **struck}]}
    answers = [
        posted(office.web, f"/{FILE}/strikes", STRUCK, by, AT),
        posted(office.web, f"/{FILE}/strikes?as_found=false", STRUCK, by, AT),
        posted(office.web, f"/{FILE}/entries", {"entries": [ANEW, struck]}, by, AT),
        office.web.post("/v1/lots/L-1/entries", json=of_lot, headers=by | {"Idempotency-Key": "k-1"}),
    ]
    assert [(answer.status_code, code(answer)) for answer in answers] == [(409, "approval-needed")] * 4
    assert len(office.file()) == 9


def test_a_strike_that_was_approved_on_paper_is_recorded_as_found(office: Office) -> None:
    answer = posted(office.web, f"/{FILE}/strikes?as_found=true", STRUCK, office.coordinator, AT)
    assert answer.status_code == 201
    assert office.file()[-1]["data"]["approved_by"] == STRUCK["approved_by"]
