"""What no longer bears on a file: days nothing is counted from, and days of offers kept apart."""

from datetime import date

import pytest

from auctions.domain.asset.law import law
from auctions.domain.asset.state import State
from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import ANNOUNCED, CONTRACTED, DELIVERED, LAND, PAID, VALUED, WON, failed
from tests.unit.rules_table import Life, at, broken, lived

VN = law("vn")
SOLD = (LAND, VALUED, CONTRACTED, ANNOUNCED, WON)
LATE = at("2024-09-16", "sale_paid")
CO_OWNERS = at("2024-09-02", "preemption_offered", until="2024-12-02")
BOUGHT = at("2024-09-03", "preemption_answered", accepted=True)
UNDONE: dict[str, Life] = {
    "default": (*SOLD, at("2024-07-04", "winner_defaulted", round_no=1)),
    "annulment": (*SOLD, at("2024-07-04", "result_annulled", round_no=1)),
}
undone = pytest.mark.parametrize("life", UNDONE.values(), ids=UNDONE)


@undone
def test_what_co_owners_pay_is_not_counted_from_a_win_that_was_undone(life: Life) -> None:
    assert broken(VN, (*SOLD, LATE)) == ["PAY-01"]
    bought = (*life, CO_OWNERS, BOUGHT)
    assert broken(VN, (*bought, LATE)) == []
    assert VN.deadline(lived(bought).state, LATE) is None


@undone
def test_a_win_after_one_that_was_undone_is_paid_in_its_own_time(life: Life) -> None:
    again = at("2024-08-01", "round_announced", round_no=2, starting_price=PRICE)
    won = at("2024-08-19", "round_won", round_no=2)
    assert broken(VN, (*life, again, won, at("2024-09-18", "sale_paid"))) == []
    assert broken(VN, (*life, again, won, at("2024-09-19", "sale_paid"))) == ["PAY-01"]


@undone
def test_the_next_auction_is_not_counted_from_a_contract_before_a_win_that_was_undone(life: Life) -> None:
    held = {"round_no": 2, "starting_price": PRICE, "auction_at": "2024-10-01"}
    again = at("2024-08-01", "round_announced", **held)
    assert broken(VN, (*life, again)) == []
    anew = at("2024-08-01", "auction_contracted")
    assert broken(VN, (*life, anew, again)) == ["AUC-02.real_estate"]


def test_after_an_annulment_nothing_is_counted_from_payment_delivery_or_the_win() -> None:
    settled = (
        PAID,
        DELIVERED,
        at("2024-06-03", "proceeds_distributed"),
        at("2024-06-03", "title_registered"),
    )
    days = lived((*SOLD, *settled, at("2024-07-04", "result_annulled", round_no=1))).state.days
    assert days.keys() == {"seized", "appraised", "round_announced", "result_annulled"}


def test_after_a_default_nothing_is_counted_from_the_win() -> None:
    assert lived(UNDONE["default"]).state.days.keys() == {
        *("seized", "appraised", "round_announced", "winner_defaulted")
    }


def until(state: State) -> tuple[date | None, date | None, date | None]:
    """Until when the offers and the suspension last, in the order the test enters them."""
    return state.in_lieu_until, state.preemption_until, state.suspended_until


def test_the_last_days_of_offers_and_of_a_suspension_are_kept_apart() -> None:
    in_lieu = at("2024-06-03", "in_lieu_offered", until="2024-06-13")
    co_owners = at("2024-06-03", "preemption_offered", until="2024-06-18")
    suspended = at("2024-06-04", "suspended", until="2024-09-01")
    kept = date(2024, 6, 13), date(2024, 6, 18), date(2024, 9, 1)
    assert until(lived(failed(3)).state) == (None, None, None)
    assert until(lived((*failed(3), in_lieu)).state) == (kept[0], None, None)
    assert until(lived((*failed(3), in_lieu, co_owners)).state) == (*kept[:2], None)
    assert until(lived((*failed(3), in_lieu, co_owners, suspended)).state) == kept
    assert until(lived((*failed(3), co_owners, in_lieu, suspended)).state) == kept


def test_an_offer_anew_without_a_last_day_drops_the_one_before() -> None:
    in_lieu, co_owners = at("2024-06-03", "in_lieu_offered"), at("2024-06-03", "preemption_offered")
    until_june = (
        at("2024-06-03", "in_lieu_offered", until="2024-06-13"),
        at("2024-06-03", "preemption_offered", until="2024-06-18"),
    )
    assert until(lived((*failed(3), *until_june, in_lieu, co_owners)).state) == (None, None, None)
