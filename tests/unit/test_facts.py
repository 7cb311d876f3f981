"""The facts that a rule can speak of, by name; what the file does not tell is unknown."""

from datetime import date

import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.facts import FACTS, MOMENTS
from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import (
    ACCEPTED,
    APPRAISED,
    ASKED,
    CREDITOR_ASKED,
    LAND,
    OFFERED,
    REFUSED,
    VALUED,
    VESSEL,
    called_off,
    failed,
    reduced,
)
from tests.unit.rules_table import Life, at, lived

NOTHING: Life = ()
SEIZED = at("2024-06-03", "seized", co_owned=True, secured_debt=700)
ALONE = at("2024-06-03", "seized", co_owned=False)
COST = at("2024-06-03", "cost_accrued", amount=30)
SURVEYED = at("2024-06-03", "surveyed")
ASKED_CO_OWNERS = at("2024-06-03", "preemption_offered", until="2024-09-03")
TAKEN_UP = at("2024-06-03", "preemption_answered", accepted=True)
PASSED_OVER = at("2024-06-03", "preemption_answered", accepted=False)
SUSPENDED = at("2024-06-03", "suspended")
CONTRACT = at("2024-06-03", "appraisal_contracted")


def noticed(*refs: str) -> AssetEntry:
    return at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE, notice_refs=refs)


def won(**known: int) -> AssetEntry:
    return at("2024-06-03", "round_won", round_no=1, **known)


TOLD: dict[str, list[tuple[Life, AssetEntry, object]]] = {
    "appraisal_contracted": [
        ((SEIZED,), SURVEYED, False),
        ((SEIZED, CONTRACT), SURVEYED, True),
        ((SEIZED, CONTRACT, APPRAISED), SURVEYED, False),
    ],
    "appraised": [((SEIZED,), SURVEYED, False), ((LAND, VALUED), SURVEYED, True)],
    "co_owned": [
        (NOTHING, SURVEYED, None),
        ((SEIZED,), SURVEYED, True),
        ((ALONE,), SURVEYED, False),
        ((at("2024-06-03", "seized"),), SURVEYED, None),
    ],
    "costs": [((SEIZED,), SURVEYED, 0), ((SEIZED, COST, COST), SURVEYED, 60)],
    "failed_rounds": [((LAND, VALUED), SURVEYED, 0), (failed(3), SURVEYED, 3)],
    "in_lieu": [
        (failed(3), SURVEYED, None),
        ((*failed(3), OFFERED), SURVEYED, "offered"),
        ((*failed(3), CREDITOR_ASKED, ACCEPTED), SURVEYED, "accepted"),
        ((*failed(3), CREDITOR_ASKED, REFUSED), SURVEYED, "refused"),
    ],
    "last_outcome": [
        ((LAND, VALUED), SURVEYED, None),
        ((LAND, VALUED, noticed()), SURVEYED, None),
        (failed(1), SURVEYED, "failed"),
        ((*failed(1), *called_off(2)), SURVEYED, "cancelled"),
    ],
    "movable": [
        (NOTHING, SURVEYED, None),
        ((LAND,), SURVEYED, False),
        ((VESSEL,), SURVEYED, True),
    ],
    "notices": [
        ((LAND, VALUED), noticed(), None),
        ((LAND, VALUED), noticed("N1"), 1),
        ((LAND, VALUED), noticed("N1", "N2"), 2),
        ((LAND, VALUED), SURVEYED, None),
    ],
    "preemption": [
        ((LAND, VALUED), SURVEYED, None),
        ((LAND, VALUED, ASKED_CO_OWNERS), SURVEYED, "offered"),
        ((LAND, VALUED, ASKED_CO_OWNERS, TAKEN_UP), SURVEYED, "accepted"),
        ((LAND, VALUED, ASKED_CO_OWNERS, PASSED_OVER), SURVEYED, "refused"),
    ],
    "price_in_force": [
        ((SEIZED,), SURVEYED, None),
        ((LAND, VALUED), SURVEYED, PRICE),
        ((*failed(1), *reduced(900)), SURVEYED, 900),
    ],
    "reductions": [(failed(1), SURVEYED, 0), (failed(3), SURVEYED, 2)],
    "requests": [((LAND, VALUED), ASKED, 1), ((LAND, VALUED, ASKED), ASKED, 2)],
    "rounds": [
        ((LAND, VALUED), SURVEYED, 0),
        (failed(2), SURVEYED, 2),
        ((*failed(1), *called_off(2)), SURVEYED, 2),
    ],
    "secured_debt": [
        (NOTHING, SURVEYED, None),
        ((SEIZED,), SURVEYED, 700),
        ((ALONE,), SURVEYED, None),
    ],
    "single_bidder": [
        (NOTHING, won(), None),
        (NOTHING, won(registrants=1), True),
        (NOTHING, won(bidders=1), True),
        (NOTHING, won(registrants=5, bidders=1), True),
        (NOTHING, won(registrants=2), False),
        (NOTHING, won(registrants=0, bidders=0), False),
        (NOTHING, SURVEYED, None),
    ],
    "suspended": [
        ((LAND, VALUED), SURVEYED, False),
        ((LAND, VALUED, SUSPENDED), SURVEYED, True),
        ((LAND, VALUED, SUSPENDED, at("2024-06-03", "resumed")), SURVEYED, False),
    ],
}


@pytest.mark.parametrize("name", TOLD)
def test_a_fact_tells_what_the_file_says_at_the_moment_of_an_entry(name: str) -> None:
    for life, entry, value in TOLD[name]:
        assert FACTS[name](lived(life).state, entry) == value


def test_every_fact_is_told_here() -> None:
    assert TOLD.keys() == FACTS.keys()


def test_until_when_co_owners_may_buy_is_told_by_the_last_offer() -> None:
    known = MOMENTS["preemption_until"]
    assert known(lived((LAND, VALUED)).state, SURVEYED) is None
    assert known(lived((LAND, VALUED, ASKED_CO_OWNERS)).state, SURVEYED) == date(2024, 9, 3)
    longer = at("2024-06-03", "preemption_offered", until="2024-10-03")
    assert known(lived((LAND, VALUED, ASKED_CO_OWNERS, longer)).state, SURVEYED) == date(2024, 10, 3)


def test_a_posting_without_a_day_of_its_own_is_of_the_day_of_the_announcement() -> None:
    posted = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE, posted_on="2024-05-30")
    state = lived((LAND, VALUED)).state
    assert MOMENTS["posting_day"](state, posted) == date(2024, 5, 30)
    assert MOMENTS["posting_day"](state, noticed()) == date(2024, 6, 3)
    assert MOMENTS["posting_day"](state, SURVEYED) == date(2024, 6, 3)
