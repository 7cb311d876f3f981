"""The ladder ahead: when the value falls to the costs or to the debt, and what waits for an answer."""

from datetime import date

import pytest

from auctions.domain.asset.law import law
from auctions.domain.asset.plan import Plan, Reached, plan
from auctions.domain.errors import Refused
from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import ACCEPTED, CREDITOR_ASKED, failed
from tests.unit.rules_table import Life, at, lived

VN = law("vn")
TODAY = date(2024, 6, 3)
OF_A_BILLION = (at("2024-01-02", "seized"), at("2024-01-02", "appraised", value=PRICE))


def costing(amount: int, of: Life) -> Life:
    return (*of, at("2024-05-31", "cost_accrued", amount=amount))


def ahead(life: Life, cut: int = 1000, rounds: int = 2) -> Plan:
    """The plan on 3 June 2024 at a cut in hundredths of a per cent."""
    return plan(lived(life).state, VN, cut=cut, rounds=rounds, today=TODAY)


@pytest.mark.parametrize(
    ("costs", "reached"),
    [
        (PRICE, Reached(TODAY, 0)),
        (900_000_000, Reached(date(2024, 6, 11), 1)),
        (PRICE - 1, Reached(date(2024, 6, 11), 1)),
    ],
)
def test_a_reduction_that_is_pending_brings_the_value_to_the_costs_after_the_last_failed_round(
    costs: int, reached: Reached
) -> None:
    told = ahead(costing(costs, failed(1, of=OF_A_BILLION)))
    assert told.steps[0].starting_price == 900_000_000
    assert told.falls_to_costs == reached


def test_one_dong_less_is_reached_after_the_round_ahead() -> None:
    told = ahead(costing(899_999_999, failed(1, of=OF_A_BILLION)))
    first = told.steps[0]
    assert told.falls_to_costs == Reached(first.reduced_on, first.round_no)


def test_the_debt_is_reached_with_the_costs_at_a_pending_reduction_too() -> None:
    owing = (at("2024-01-02", "seized", secured_debt=850_000_000), OF_A_BILLION[1])
    told = ahead(costing(50_000_000, failed(1, of=owing)))
    assert told.falls_to_debt == Reached(told.steps[0].announced_on, 1)
    assert told.falls_to_costs != told.falls_to_debt


def test_a_reduction_that_is_pending_waits_until_the_creditor_had_ten_days_to_answer() -> None:
    free = ahead(failed(3, of=OF_A_BILLION))
    waiting = ahead((*failed(3, of=OF_A_BILLION), CREDITOR_ASKED))
    assert free.steps[0].announced_on == TODAY
    assert waiting.steps[0].announced_on == date(2024, 6, 11)


@pytest.mark.parametrize("cut", [0, 1000])
def test_what_the_creditor_takes_has_no_ladder_ahead(cut: int) -> None:
    with pytest.raises(Refused) as refused:
        ahead((*failed(3, of=OF_A_BILLION), CREDITOR_ASKED, ACCEPTED), cut=cut)
    assert refused.value.code == "nothing-to-plan"
