from datetime import UTC, datetime

import pytest

from auctions.domain.asset.possible import Stage
from auctions.domain.asset.state import Round
from tests.unit.given import PRICE, day, entry, given, refusal, when
from tests.unit.situations import APPRAISED, FAILED, HAMMER, ROUND

NINE = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)
RESULTS = ["round_failed", "round_won", "round_postponed", "round_cancelled"]


def test_an_announced_round_stands_with_its_day_its_price_and_its_time() -> None:
    file = given(*APPRAISED, entry("round_announced", 3, round_no=1, starting_price=PRICE, auction_at=NINE))
    assert file.state.rounds == [Round(1, day(3), PRICE, NINE, day(3))]
    assert file.state.round is file.state.rounds[0]
    assert file.state.won is None


def test_a_round_at_another_price_than_the_one_in_force_is_refused() -> None:
    refused = refusal(given(*APPRAISED), entry("round_announced", 3, round_no=1, starting_price=PRICE - 1))
    assert refused.code == "price-not-in-force"
    assert refused.message == "starting price 999,999,999 is not the price in force, 1,000,000,000 dong"
    assert refused.details == {"asked": PRICE - 1, "expected": PRICE}


def test_a_round_number_that_was_used_is_refused_with_the_next_one() -> None:
    refused = refusal(given(*FAILED), entry("round_announced", 9, round_no=1, starting_price=PRICE))
    assert refused.code == "round-number-used"
    assert refused.message == "round 1 after round 1"
    assert refused.details == {"expected": 2}


def test_a_register_that_begins_with_a_later_round_is_taken_as_it_is() -> None:
    file = given(*APPRAISED, entry("round_announced", 3, round_no=7, starting_price=PRICE))
    assert [found.round_no for found in file.state.rounds] == [7]


def test_a_second_round_while_one_is_announced_is_refused() -> None:
    refused = refusal(given(*ROUND), entry("round_announced", 9, round_no=2, starting_price=PRICE))
    assert refused.code == "not-in-this-stage"


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_of_a_round_that_was_not_announced_is_refused(name: str) -> None:
    refused = refusal(given(*APPRAISED), entry(name, 9, round_no=4))
    assert refused.code == "round-not-announced"
    assert refused.message == "round 4 is not announced"
    assert refused.details["stage"] == "awaiting_round"


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_of_another_round_than_the_announced_is_refused(name: str) -> None:
    refused = refusal(given(*ROUND), entry(name, 9, round_no=2))
    assert refused.code == "another-round"
    assert refused.message == "round 1 is under way, not 2"
    assert refused.details == {"expected": 1}


def test_a_failed_round_is_counted_and_opens_a_reduction() -> None:
    file = given(*ROUND, entry("round_failed", 8, round_no=1, reason="all_absent"))
    assert file.state.rounds == [Round(1, day(3), PRICE, None, day(3), None, "failed", day(8), "all_absent")]
    assert (file.state.failed_rounds, file.state.reducible, file.state.last_round_on) == (1, True, day(8))
    assert file.state.round is None


def test_a_won_round_keeps_its_hammer_price_and_is_no_failed_one() -> None:
    file = given(*ROUND, entry("round_won", 8, round_no=1, price=PRICE + 7))
    assert file.state.won == Round(1, day(3), PRICE, None, day(3), None, "won", day(8), None, PRICE + 7)
    assert (file.state.failed_rounds, file.state.reducible, file.state.last_round_on) == (0, False, day(8))


def test_a_postponed_round_keeps_its_announcement_and_gets_its_new_time() -> None:
    file = given(*ROUND, entry("round_postponed", 5, round_no=1, auction_at=NINE))
    assert file.state.rounds == [Round(1, day(3), PRICE, NINE, day(3))]
    when(file, entry("round_postponed", 6, round_no=1))
    assert file.state.rounds[0].auction_at is None
    assert file.state.last_round_on is None


def test_a_cancelled_round_opens_no_reduction_and_its_number_is_used() -> None:
    file = given(*ROUND, entry("round_cancelled", 5, round_no=1, reason="notice was late"))
    assert file.state.rounds == [
        Round(1, day(3), PRICE, None, day(3), None, "cancelled", day(5), "notice was late")
    ]
    assert (file.state.failed_rounds, file.state.reducible) == (0, False)
    assert refusal(file, entry("price_reduced", 9, to_price=1)).code == "no-failed-round"
    assert refusal(file, entry("round_announced", 9, round_no=1, starting_price=PRICE)).details == {
        "expected": 2
    }


def test_a_round_may_follow_a_failed_one_without_a_reduction() -> None:
    file = given(*FAILED, "round_announced", "round_cancelled")
    assert file.state.stage is Stage.AWAITING_REDUCTION
    assert [found.outcome for found in file.state.rounds] == ["failed", "cancelled"]


def test_a_result_for_a_round_that_was_won_is_refused() -> None:
    refused = refusal(given(*HAMMER), entry("round_failed", 9, round_no=1))
    assert refused.code == "round-not-announced"
