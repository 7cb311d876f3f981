"""An entry is struck and entered again by a page, beside what stands, and approved by a second person."""

import pytest
from starlette.testclient import TestClient

from auctions.domain.asset.events import asset_id
from auctions.domain.roles import Role
from tests.web.keys import Headers, in_session
from tests.web.reading_pages import BROWSER, Page, opened, submitted
from tests.web.register import FIELD, LAND, OFFICE, OTHER

FILE = asset_id(OFFICE, LAND)
STRIKE = f"/assets/{FILE}/strike/8"
WHY = "đánh máy sai số tiền"
LIST = "/strike-proposals"


@pytest.fixture
def coordinator(changing: TestClient, database: str) -> Headers:
    """The session of a coordinator of the office that has the land."""
    assert changing
    return in_session(database, Role.COORDINATOR)


@pytest.fixture
def supervisor(changing: TestClient, database: str) -> Headers:
    """The session of a supervisor of the office that has the land."""
    assert changing
    return in_session(database, Role.SUPERVISOR)


def proposed(web: TestClient, who: Headers, path: str = STRIKE, **filled: str) -> Page:
    """What comes of proposing to strike an entry of the land."""
    strike = {"strike_on": "2025-03-03", "strike_basis": "QĐ 17", "strike_reason": WHY}
    page = opened(web, path, who)
    fields = page.form(path).fields
    page.form(path).fields.update({**strike, **filled})
    assert fields
    return submitted(web, page, path, who)


def address(page: Page) -> str:
    """Where a proposal is decided."""
    return next(form.action for form in page.forms if form.action.startswith(f"{LIST}/"))


def entries(web: TestClient, who: Headers) -> list[str]:
    """The names of what stands in the file."""
    history = web.get(f"/v1/assets/{FILE}/history", headers=who).json()["entries"]
    return [each["entry"] for each in history]


def test_an_entry_is_entered_again_corrected_and_stands_when_a_supervisor_approves_it(
    changing: TestClient, coordinator: Headers, supervisor: Headers
) -> None:
    asked = opened(changing, f"/assets/{FILE}/strike/9", coordinator)
    assert asked.form(f"/assets/{FILE}/strike/9").fields["starting_price"] == "855000000"
    page = proposed(changing, coordinator, f"/assets/{FILE}/strike/9", step_price="10 triệu")
    assert (page.status, "Waiting" in page.words) == (200, True)
    assert "10,000,000" in page.words
    assert "a supervisor of the office other than you" in page.words
    listed = opened(changing, LIST, supervisor)
    assert WHY in listed.words
    mine = opened(changing, listed.links[LAND], supervisor)
    done = submitted(changing, mine, f"{listed.links[LAND]}/approval", supervisor)
    assert f"approved by {Role.SUPERVISOR}-{OFFICE}" in done.words
    assert entries(changing, supervisor)[-2:] == ["entry_struck", "round_announced"]
    assert "No proposal waits" in opened(changing, LIST, supervisor).words
    assert "Đã phê duyệt" in opened(changing, listed.links[LAND], supervisor, "vi").words
    assert LAND in opened(changing, f"{LIST}?state=approved", supervisor).links


def test_an_entry_is_struck_alone_where_the_tick_is_taken_away(
    changing: TestClient, coordinator: Headers
) -> None:
    page = proposed(changing, coordinator, f"/assets/{FILE}/strike/9", again="")
    assert "Is struck and not entered again" in page.words


def test_what_could_not_be_recorded_is_refused_at_its_field_and_all_that_was_typed_is_kept(
    changing: TestClient, coordinator: Headers
) -> None:
    path = f"/assets/{FILE}/strike/9"
    refused = proposed(changing, coordinator, path, strike_reason="", starting_price="9 tỷ rưỡi")
    assert (refused.status, "This is needed" in refused.words) == (422, True)
    kept = refused.form(path).fields
    assert (kept["starting_price"], kept["strike_basis"]) == ("9 tỷ rưỡi", "QĐ 17")
    refused = submitted(changing, refused, path, coordinator, strike_reason=WHY)
    assert (refused.status, "cannot be read as it is typed" in refused.words) == (422, True)
    refused = submitted(changing, refused, path, coordinator, starting_price="900 triệu")
    assert (refused.status, "The price in force is" in refused.words) == (409, True)


def test_what_was_typed_goes_along_when_the_session_has_ended(
    changing: TestClient, coordinator: Headers
) -> None:
    page = opened(changing, STRIKE, coordinator)
    ended = submitted(changing, page, STRIKE, strike_reason=WHY, strike_basis="QĐ 17")
    assert (ended.status, ended.form(STRIKE).fields["strike_reason"]) == (401, WHY)
    again = Page(changing.post("/sign-in/again", data=ended.form(STRIKE).fields, headers=BROWSER))
    kept = opened(changing, again.form("/sign-in").fields["return_to"], coordinator).form(STRIKE).fields
    assert (kept["strike_reason"], kept["strike_basis"]) == (WHY, "QĐ 17")


def test_a_supervisor_refuses_and_who_proposed_withdraws_with_a_reason(
    changing: TestClient, coordinator: Headers, supervisor: Headers
) -> None:
    first = address(proposed(changing, coordinator, f"/assets/{FILE}/strike/9"))
    refusing = opened(changing, first, supervisor)
    ended = submitted(changing, refusing, first, reason="theo biên bản")
    assert ended.status == 401
    back = Page(changing.post("/sign-in/again", data=ended.form("/sign-in/again").fields, headers=BROWSER))
    refusing = opened(changing, back.form("/sign-in").fields["return_to"], supervisor)
    assert refusing.form(first).fields["reason"] == "theo biên bản"
    assert "theo biên bản" in submitted(changing, refusing, first, supervisor).words
    assert "Refused by a supervisor" in opened(changing, first, coordinator).words
    second = address(proposed(changing, coordinator, f"/assets/{FILE}/strike/9"))
    mine = opened(changing, second, coordinator)
    assert "Withdrawn" in submitted(changing, mine, second, coordinator, reason="nhầm").words


def test_what_others_recorded_meanwhile_makes_a_proposal_one_that_is_overtaken(
    changing: TestClient, coordinator: Headers, supervisor: Headers
) -> None:
    first = address(proposed(changing, coordinator, f"/assets/{FILE}/strike/9"))
    second = address(proposed(changing, coordinator, f"/assets/{FILE}/strike/9", step_price="1"))
    before = opened(changing, second, supervisor)
    submitted(changing, opened(changing, first, supervisor), f"{first}/approval", supervisor)
    refused = submitted(changing, before, f"{second}/approval", supervisor)
    assert refused.status == 412
    assert "others have recorded in the file since" in opened(changing, second, supervisor).words


def test_strikes_are_for_those_who_have_the_file_and_auditors_read_them(
    changing: TestClient, coordinator: Headers, database: str
) -> None:
    path = address(proposed(changing, coordinator, f"/assets/{FILE}/strike/9"))
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.CLIENT):
        assert opened(changing, STRIKE, in_session(database, role)).status == 403
    assert (
        opened(changing, STRIKE).status
        == opened(changing, LIST).status
        == opened(changing, path).status
        == 401
    )
    other = in_session(database, Role.SUPERVISOR, OTHER)
    assert opened(changing, STRIKE, other).status == 403
    assert opened(changing, path, other).status == 404
    assert LAND not in opened(changing, LIST, other).links
    read = opened(changing, path, in_session(database, Role.AUDITOR))
    assert (read.status, [form.action for form in read.forms if form.action.startswith(LIST)]) == (200, [])
    theirs = asset_id(OTHER, FIELD)
    assert opened(changing, f"/assets/{theirs}/strike/1", coordinator).status == 403
