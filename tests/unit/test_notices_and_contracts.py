"""Contracts and notices keep their days as long as they bear on the file; a posting has its day."""

from datetime import date

import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.state import State
from tests.unit.given import PRICE, day, entry, given, refusal, struck
from tests.unit.situations import APPRAISED, FAILED, HANDED, OFFERED, ROUND

NOTICE_OF = {"appraisal": "appraisal_notified", "failure": "failure_notified", "in_lieu": "in_lieu_notified"}
AGAIN = ("round_announced", "round_failed")


def days(state: State, *names: str) -> list[date | None]:
    return [state.days.get(name) for name in names]


def test_the_last_entry_of_a_name_keeps_its_legal_day() -> None:
    file = given("seized", "surveyed", entry("surveyed", 8), entry("surveyed", 5))
    assert file.state.days == {"seized": day(1), "surveyed": day(8)}


@pytest.mark.parametrize("of", NOTICE_OF)
def test_a_notice_keeps_its_day_by_what_it_is_of(of: str) -> None:
    state = given(*OFFERED, "in_lieu_answered", entry("parties_notified", 9, of=of)).state
    assert days(state, *NOTICE_OF.values()) == [day(9) if kind == of else None for kind in NOTICE_OF]
    assert state.days["parties_notified"] == day(9)


def test_a_notice_that_is_struck_is_as_if_it_never_was() -> None:
    state = given(*APPRAISED, "parties_notified", struck(3)).state
    assert days(state, "parties_notified", "appraisal_notified") == [None, None]


def test_the_contract_with_the_appraiser_the_request_and_the_notice_lapse_with_the_new_appraisal() -> None:
    lapsing = ("appraisal_contracted", "reappraisal_requested", "appraisal_notified")
    asked = (*APPRAISED, "parties_notified", "reappraisal_requested", "appraisal_contracted")
    assert days(given(*asked).state, *lapsing) == [day(5), day(4), day(3)]
    state = given(*asked, "appraised").state
    assert days(state, *lapsing, "appraised") == [None, None, None, day(6)]
    assert state.reappraisals_requested == 1


def test_every_request_for_a_reappraisal_is_counted() -> None:
    file = given(*APPRAISED, "reappraisal_requested", "appraised", "reappraisal_requested")
    assert file.state.reappraisals_requested == 2
    assert given(*APPRAISED, "reappraisal_requested", struck(3)).state.reappraisals_requested == 0


def test_the_contract_for_the_auction_and_the_notice_of_the_failure_lapse_with_the_next_failure() -> None:
    told = (*FAILED, entry("parties_notified", 5, of="failure"), "auction_contracted")
    lapsing = ("failure_notified", "auction_contracted")
    assert days(given(*told).state, *lapsing) == [day(5), day(6)]
    assert days(given(*told, "round_announced").state, *lapsing) == [day(5), day(6)]
    assert days(given(*told, *AGAIN).state, *lapsing, "round_failed") == [None, None, day(8)]


def test_the_contract_for_the_auction_outlasts_a_round_that_was_called_off() -> None:
    state = given(*APPRAISED, "auction_contracted", "round_announced", "round_cancelled").state
    assert state.days["auction_contracted"] == day(3)


def test_the_offer_in_lieu_its_answer_and_the_notice_of_it_lapse_with_the_next_round() -> None:
    told = (*OFFERED, "in_lieu_answered", entry("parties_notified", 7, of="in_lieu"))
    lapsing = ("in_lieu_offered", "in_lieu_answered", "in_lieu_notified")
    assert days(given(*told).state, *lapsing) == [day(5), day(6), day(7)]
    assert days(given(*told, "round_announced").state, *lapsing) == [None, None, None]


def test_a_second_offer_in_lieu_waits_for_an_answer_of_its_own() -> None:
    told = (*OFFERED, "in_lieu_answered", entry("parties_notified", 7, of="in_lieu"), "in_lieu_offered")
    lapsing = ("in_lieu_offered", "in_lieu_answered", "in_lieu_notified")
    assert days(given(*told).state, *lapsing) == [day(8), None, None]


def test_what_followed_a_sale_lapses_with_its_annulment() -> None:
    lapsing = ("sale_paid", "delivered", "title_registered", "proceeds_distributed")
    sold = (*HANDED, "title_registered", "proceeds_distributed")
    assert days(given(*sold).state, *lapsing) == [day(5), day(6), day(7), day(8)]
    assert days(given(*sold, "result_annulled").state, *lapsing) == [None] * 4


@pytest.mark.parametrize("name", ["reappraisal_requested", "parties_notified", "auction_contracted"])
def test_no_request_notice_or_contract_for_an_auction_before_the_first_appraisal(name: str) -> None:
    assert refusal(given("seized"), entry(name, 9)).code == "not-in-this-stage"


NOTHING = {
    "an appraisal before the first": (("seized", "suspended"), "appraisal"),
    "a failure before any round": (APPRAISED, "failure"),
    "a failure while the first round is announced": (ROUND, "failure"),
    "in lieu before an offer": (FAILED, "in_lieu"),
    "in lieu before the answer": (OFFERED, "in_lieu"),
    "in lieu when the creditor refused": (
        (*OFFERED, entry("in_lieu_answered", 6, accepted=False)),
        "in_lieu",
    ),
    "in lieu when the next round is announced": (
        (*OFFERED, "in_lieu_answered", "round_announced"),
        "in_lieu",
    ),
}


@pytest.mark.parametrize(("steps", "of"), NOTHING.values(), ids=NOTHING)
def test_the_parties_are_not_told_of_what_did_not_happen(
    steps: tuple[str | AssetEntry, ...], of: str
) -> None:
    refused = refusal(given(*steps), entry("parties_notified", 20, of=of))
    assert refused.code == "nothing-to-notify"
    assert refused.message == f"a notice of {of} before there was any"


def test_the_parties_may_be_told_of_a_failure_when_the_next_round_is_announced_already() -> None:
    file = given(*FAILED, "round_announced", entry("parties_notified", 9, of="failure"))
    assert file.state.days["failure_notified"] == day(9)


@pytest.mark.parametrize("name", ["appraisal_contracted", "auction_contracted"])
def test_no_contract_while_a_round_is_announced(name: str) -> None:
    assert refusal(given(*ROUND), entry(name, 9)).code == "not-in-this-stage"


def test_a_round_was_posted_on_its_announcements_day_where_no_other_is_given() -> None:
    assert given(*ROUND).state.rounds[0].posted_on == day(3)
    announced = entry("round_announced", 9, round_no=1, starting_price=PRICE, posted_on=day(12))
    found = given(*APPRAISED, announced).state.rounds[0]
    assert (found.announced_on, found.posted_on) == (day(9), day(12))


def test_assets_sold_together_share_their_lot_in_the_round() -> None:
    assert given(*ROUND).state.rounds[0].lot_ref is None
    announced = entry("round_announced", 9, round_no=1, starting_price=PRICE, lot_ref="LO-4")
    assert given(*APPRAISED, announced).state.rounds[0].lot_ref == "LO-4"
