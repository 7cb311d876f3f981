"""A strike is proposed by one person of the office that has the file, and approved by another."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from api.models_of_recording import Recorded
from tests.web.keys import held
from tests.web.register import OTHER
from tests.web.striking import CORRECTION, PATH, Office, code, proposal
from tests.web.test_problems import told


@pytest.fixture
def office(recording: TestClient, database: str) -> Office:
    """The people of the office that has the land; its file stands at nine entries."""
    return Office(recording, database)


@pytest.fixture
def other(recording: TestClient, database: str) -> Office:
    """The people of another office."""
    return Office(recording, database, OTHER)


def test_a_strike_that_a_coordinator_proposes_is_recorded_when_a_supervisor_approves_it(
    office: Office,
) -> None:
    answer = office.proposes()
    waiting = proposal(answer)
    assert (answer.status_code, answer.headers["location"]) == (201, f"{PATH}/{waiting.proposal_id}")
    assert (waiting.state, waiting.asset_ref, waiting.version, waiting.positions) == ("open", "TS-1", 9, [])
    assert (waiting.proposed_by, waiting.entries) == ("COORDINATOR-1", CORRECTION["entries"])
    assert (office.listed(), len(office.file())) == ([str(waiting.proposal_id)], 9), "nothing is recorded yet"

    approved = office.approves(str(waiting.proposal_id))
    recorded = Recorded.model_validate_json(approved.content)
    assert (approved.status_code, recorded.version, recorded.positions) == (201, 11, [26, 27])
    assert approved.headers["etag"] == '"v11"'
    strike, anew = office.file()[9:]
    assert (strike["actor"], strike["data"]["approved_by"]) == ("COORDINATOR-1", "SUPERVISOR-1")
    assert (anew["entry"], anew["actor"]) == ("round_announced", "COORDINATOR-1")

    ended = office.shown(str(waiting.proposal_id))
    assert (ended.state, ended.approved_by, ended.positions) == ("approved", "SUPERVISOR-1", [26, 27])
    assert (office.listed(), office.listed(state="approved")) == ([], [str(waiting.proposal_id)])


def test_approved_again_it_is_answered_by_the_same_bytes_and_recorded_once(office: Office) -> None:
    waiting = office.proposed()
    first, second = office.approves(waiting), office.approves(waiting)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert len(office.file()) == 11


def test_two_who_approve_at_once_record_it_once(office: Office) -> None:
    waiting = office.proposed()
    with ThreadPoolExecutor(2) as people:
        answers = list(people.map(office.approves, [waiting] * 2, [office.supervisor, office.deputy]))
    assert len(office.file()) == 11
    recorded = [answer for answer in answers if answer.status_code == 201]
    assert len(recorded) <= 1
    assert {code(answer) for answer in answers if answer not in recorded} <= {
        "proposal-ended",
        "command-under-way",
    }
    by = office.shown(waiting).approved_by
    assert office.file()[9]["data"]["approved_by"] == by
    assert code(office.approves(waiting, office.deputy if by == "SUPERVISOR-1" else None)) == "proposal-ended"


def test_nobody_approves_what_they_proposed_themselves(office: Office) -> None:
    own = str(proposal(office.proposes(office.supervisor)).proposal_id)
    refused = told(office.approves(own))
    assert (refused.status, [fault.code for fault in refused.errors]) == (409, ["second-person-needed"])
    shown = office.shown(own)
    assert (shown.state, shown.approved_by, len(office.file())) == ("open", None, 9)
    assert office.approves(own, office.deputy).status_code == 201


def test_only_supervisors_approve(office: Office, database: str) -> None:
    waiting = office.proposed()
    for who in (office.colleague, held(database, "auditor"), held(database, "administrator")):
        assert code(office.approves(waiting, who)) == "not-allowed"
    assert office.shown(waiting).state == "open"


def test_another_office_neither_proposes_nor_sees_nor_ends_it(office: Office, other: Office) -> None:
    waiting = office.proposed()
    assert code(other.proposes()) == "not-allowed"
    answers = [
        other.approves(waiting),
        other.drops(waiting, other.supervisor),
        other.web.get(f"{PATH}/{waiting}", headers=other.supervisor),
    ]
    assert [code(answer) for answer in answers] == ["proposal-not-found"] * 3
    assert (other.listed(), office.listed()) == ([], [waiting])


def test_auditors_see_the_proposals_of_all_offices_and_nobody_else_does(
    office: Office, database: str
) -> None:
    waiting = office.proposed()
    auditor = held(database, "auditor", "")
    assert office.listed(auditor) == [waiting]
    assert office.shown(waiting, auditor).proposed_by == "COORDINATOR-1"
    assert code(office.web.get(PATH)) == "sign-in-needed"
    for role in ("client", "administrator"):
        assert code(office.web.get(PATH, headers=held(database, role))) == "not-allowed"


def test_the_proposals_are_listed_page_by_page_the_newest_first(office: Office) -> None:
    waiting = [office.proposed() for _ in range(3)]
    first = office.web.get(PATH, params={"limit": 2}, headers=office.supervisor).json()
    rest = office.web.get(
        PATH, params={"limit": 2, "cursor": first["next"]}, headers=office.supervisor
    ).json()
    assert [each["proposal_id"] for each in first["items"] + rest["items"]] == waiting[::-1]
    assert rest["next"] is None
    unknown = office.web.get(PATH, params={"cursor": "x"}, headers=office.supervisor)
    assert [fault.code for fault in told(unknown).errors] == ["cursor-unknown"]
    gone = office.web.get(PATH, params={"state": "gone"}, headers=office.supervisor)
    assert [fault.parameter for fault in told(gone).errors] == ["state"]
