"""A proposal ends once: it is approved, withdrawn, refused or stale, whatever is cut off on the way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from auctions.application.offices import change_rules
from auctions.application.recording import Actor, today
from auctions.domain.office.events import LimitOverridden
from auctions.store.postgres import PostgresStore
from tests.unit.given import day
from tests.web.register import OFFICE
from tests.web.sending import held_up
from tests.web.striking import LOWER, PATH, WHY, Office, code, cut_off, proposal
from tests.web.test_commands import AT, COST, FILE, posted
from tests.web.test_problems import told


@pytest.fixture
def office(recording: TestClient, database: str) -> Office:
    """The people of the office that has the land; its file stands at nine entries."""
    return Office(recording, database)


def test_a_proposal_is_stale_once_others_have_recorded_in_the_file(office: Office) -> None:
    waiting = office.proposed()
    posted(office.web, f"/{FILE}/costs", COST, office.colleague, AT)
    assert (office.shown(waiting).state, office.listed(), office.listed(state="stale")) == (
        "stale",
        [],
        [waiting],
    )
    for _ in range(2):
        answer = office.approves(waiting)
        assert (answer.status_code, code(answer), answer.headers["etag"]) == (412, "stale-file", '"v10"')
    assert len(office.file()) == 10
    assert proposal(office.drops(waiting)).state == "withdrawn"


def test_who_proposed_it_withdraws_it_with_a_reason_and_it_is_not_approved(office: Office) -> None:
    waiting = office.proposed()
    assert [
        fault.parameter
        for fault in told(office.web.delete(f"{PATH}/{waiting}", headers=office.coordinator)).errors
    ] == ["reason"]
    for _ in range(2):
        dropped = proposal(office.drops(waiting))
        assert (dropped.state, dropped.dropped_by, dropped.reason) == (
            "withdrawn",
            "COORDINATOR-1",
            WHY["reason"],
        )
    assert (code(office.approves(waiting)), len(office.file())) == ("proposal-ended", 9)
    assert code(office.drops(waiting, office.supervisor)) == "proposal-ended"


def test_a_supervisor_of_the_office_refuses_it_and_a_colleague_does_not(office: Office) -> None:
    waiting = office.proposed()
    assert code(office.drops(waiting, office.colleague)) == "not-allowed"
    assert proposal(office.drops(waiting, office.supervisor)).state == "refused"
    assert code(office.drops(waiting)) == "proposal-ended"
    assert (office.listed(), office.listed(state="refused")) == ([], [waiting])


def test_what_is_approved_is_neither_withdrawn_nor_refused(office: Office) -> None:
    waiting = office.proposed()
    office.approves(waiting)
    for who in (office.coordinator, office.deputy):
        assert code(office.drops(waiting, who)) == "proposal-ended"
    assert office.shown(waiting).state == "approved"


def test_a_proposal_is_not_withdrawn_while_its_approval_is_being_recorded(
    office: Office, database: str
) -> None:
    waiting = office.proposed()
    with ThreadPoolExecutor(1) as people, held_up(database) as holder:
        approving = people.submit(office.approves, waiting)
        while office.shown(waiting).approved_by is None:
            assert not approving.done()
        dropped = office.drops(waiting)
        holder.execute("SELECT pg_advisory_unlock_all()")
        assert approving.result().status_code == 201
    assert (code(dropped), told(dropped).detail) == ("proposal-ended", "SUPERVISOR-1 has approved it")
    assert office.shown(waiting).state == "approved"


def test_an_approval_cut_off_before_it_was_recorded_is_mended_by_approving_again(
    office: Office, database: str
) -> None:
    waiting = office.proposed()
    cut_off(database, waiting)
    assert (office.shown(waiting).state, len(office.file())) == ("open", 9)
    assert code(office.drops(waiting)) == "proposal-ended"
    assert office.approves(waiting).status_code == 201
    assert (office.shown(waiting).state, len(office.file())) == ("approved", 11)


def test_an_approval_cut_off_is_mended_by_another_supervisor_in_the_name_of_the_first(
    office: Office, database: str
) -> None:
    waiting = office.proposed()
    cut_off(database, waiting)
    answer = office.approves(waiting, office.deputy)
    assert (code(answer), told(answer).detail) == ("proposal-ended", "SUPERVISOR-1 has approved it")
    assert office.file()[9]["data"]["approved_by"] == "SUPERVISOR-1"


def test_an_approval_cut_off_whose_file_has_moved_on_is_stale(office: Office, database: str) -> None:
    waiting = office.proposed()
    cut_off(database, waiting)
    posted(office.web, f"/{FILE}/costs", COST, office.colleague, AT)
    assert code(office.approves(waiting)) == "stale-file"
    assert office.shown(waiting).approved_by is None
    assert proposal(office.drops(waiting)).state == "withdrawn"


def test_an_approval_whose_service_ends_before_it_is_told_is_told_by_the_next_one(
    office: Office, database: str
) -> None:
    waiting = office.proposed()
    lost = office.approves(waiting)
    posted(office.web, f"/{FILE}/costs", COST, office.colleague, {"If-Match": '"v11"'})
    with TestClient(create_app(database)) as next_one:
        again = next_one.post(f"{PATH}/{waiting}/approval", headers=office.supervisor)
    assert (again.status_code, again.content) == (201, lost.content)
    assert len(office.file()) == 12


def test_a_proposal_that_the_law_no_longer_allows_is_refused_and_goes_on_waiting(
    office: Office, store: PostgresStore
) -> None:
    waiting = office.proposed({"entries": LOWER})
    stricter = LimitOverridden(
        on=today(), office=OFFICE, rule="FAIL-03", limit=6, effective_on=day(0), reason="circular 4"
    )
    change_rules(store, [stricter], by=Actor("administrator", OFFICE))
    refused = told(office.approves(waiting))
    assert ({fault.code for fault in refused.errors}, len(office.file())) == ({"unlawful"}, 9)
    assert (office.shown(waiting).state, office.shown(waiting).approved_by) == ("open", None)
    assert proposal(office.drops(waiting, office.supervisor)).state == "refused"
