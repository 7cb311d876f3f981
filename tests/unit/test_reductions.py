import pytest

from auctions.domain.asset.possible import Stage
from auctions.domain.asset.state import Step
from tests.unit.given import PRICE, day, entry, given, refusal
from tests.unit.situations import APPRAISED, FAILED, HAMMER, ROUND


def test_a_reduction_sets_the_price_in_force_and_is_counted() -> None:
    file = given(*FAILED, entry("price_reduced", 6, to_price=PRICE - 1))
    assert file.state.steps == [Step("appraised", day(2), PRICE), Step("reduced", day(6), PRICE - 1)]
    assert (file.state.price, file.state.reductions) == (PRICE - 1, 1)
    assert file.state.stage is Stage.AWAITING_ROUND


def test_a_reduction_without_a_failed_round_is_refused() -> None:
    refused = refusal(given(*APPRAISED), entry("price_reduced", 9, to_price=1))
    assert refused.code == "no-failed-round"
    assert refused.message == "no round has failed since the last price was set"
    assert refused.details == {"stage": "awaiting_round", "possible_in": ["awaiting_reduction"]}


def test_a_second_reduction_after_one_failed_round_is_refused() -> None:
    refused = refusal(given(*FAILED, "price_reduced"), entry("price_reduced", 9, to_price=1))
    assert refused.code == "no-failed-round"


@pytest.mark.parametrize("to_price", [PRICE, PRICE + 1])
def test_a_reduction_that_reduces_nothing_is_refused(to_price: int) -> None:
    refused = refusal(given(*FAILED), entry("price_reduced", 9, to_price=to_price))
    assert refused.code == "price-not-reduced"
    assert refused.message == f"{to_price:,} is not below the price in force, 1,000,000,000 dong"
    assert refused.details == {"asked": to_price, "below": PRICE}


@pytest.mark.parametrize("undone", ["winner_defaulted", "result_annulled"])
def test_a_round_that_was_won_and_then_undone_opens_no_reduction(undone: str) -> None:
    file = given(*HAMMER, undone)
    assert refusal(file, entry("price_reduced", 9, to_price=1)).code == "no-failed-round"


@pytest.mark.parametrize(("steps", "stage"), [(ROUND, "announced"), (HAMMER, "won")])
def test_a_reduction_while_a_round_is_open_or_won_is_refused(steps: tuple[str, ...], stage: str) -> None:
    refused = refusal(given(*steps), entry("price_reduced", 9, to_price=1))
    assert refused.code == "not-in-this-stage"
    assert refused.details["stage"] == stage


def test_each_reduction_counts_from_the_price_before_it() -> None:
    file = given(*FAILED, "price_reduced", "round_announced", "round_failed", "price_reduced")
    assert [step.price for step in file.state.steps] == [1_000_000_000, 900_000_000, 810_000_000]
    assert (file.state.reductions, file.state.failed_rounds) == (2, 2)


def test_the_attempt_the_failure_and_the_reduction_are_counted_apart() -> None:
    file = given(*FAILED, "round_announced", "round_cancelled", "price_reduced", "round_announced")
    state = file.state
    assert (state.rounds[-1].round_no, state.failed_rounds, state.reductions) == (3, 1, 1)
