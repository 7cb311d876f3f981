import pytest

from auctions.domain.asset.possible import Stage
from auctions.domain.errors import Contradicted
from tests.unit.given import PRICE, day, entry, given, refusal, when
from tests.unit.situations import APPRAISED, FAILED, ROUND

YEAR_OF_ROUNDS = (*FAILED, "price_reduced", "round_announced")


def test_a_late_entry_is_taken_on_its_legal_day() -> None:
    file = given(*APPRAISED, entry("round_announced", 9, round_no=1, starting_price=PRICE))
    late = entry("transferred", 5)
    assert when(file, late) == [(4, late)]
    assert (file.version, file.state.office, file.state.stage) == (4, "KV-5", Stage.ANNOUNCED)
    assert file.state.last_on == day(9)


def test_two_entries_of_one_day_are_taken_in_the_order_of_their_numbers() -> None:
    first, second = entry("transferred", 5, to_office="KV-8"), entry("transferred", 5, to_office="KV-9")
    assert given(entry("seized", 5), first, second).state.office == "KV-9"
    assert given(*APPRAISED, entry("surveyed", 6), first, second).state.office == "KV-9"


def test_a_late_survey_does_not_undo_what_a_newer_one_told() -> None:
    file = given("seized", entry("surveyed", 9, condition="rusted"), entry("surveyed", 5, condition="afloat"))
    assert file.state.condition == "rusted"


def test_a_late_appraisal_that_takes_the_price_from_under_a_round_names_the_round() -> None:
    file = given(*APPRAISED, entry("round_announced", 9, round_no=1, starting_price=PRICE))
    refused = refusal(file, entry("appraised", 5, value=PRICE + 1))
    assert isinstance(refused, Contradicted)
    assert refused.code == "contradicted"
    assert refused.details == {"entry_no": 3, "because": "price-not-in-force"}
    assert refused.message == (
        "contradicted by entry 3 (round_announced): "
        "starting price 1,000,000,000 is not the price in force, 1,000,000,001 dong"
    )


def test_an_earlier_first_appraisal_is_contradicted_by_one_that_now_lacks_its_reason() -> None:
    file = given("seized", entry("appraised", 9, reason=None))
    assert refusal(file, entry("appraised", 5)).details == {
        "entry_no": 2,
        "because": "reappraisal-without-reason",
    }


def test_a_late_entry_that_lacks_its_own_ground_is_refused_for_itself() -> None:
    refused = refusal(given(*YEAR_OF_ROUNDS), entry("price_reduced", 2, to_price=1))
    assert refused.code == "no-failed-round"


@pytest.mark.parametrize(
    ("name", "on", "contradicted"),
    [("redeemed", 3, 4), ("suspended", 3, 4), ("returned_to_debtor", 4, 5), ("released", 6, 0)],
)
def test_a_late_exit_or_suspension_is_contradicted_by_the_next_entry(
    name: str, on: int, contradicted: int
) -> None:
    file = given(*YEAR_OF_ROUNDS)
    if contradicted:
        assert refusal(file, entry(name, on)).details["entry_no"] == contradicted
    else:
        assert when(file, entry(name, on)) == [(7, entry(name, on))]


def test_a_late_round_that_failed_before_the_reduction_is_taken_whole_or_not_at_all() -> None:
    file = given(*APPRAISED, entry("round_announced", 20, round_no=2, starting_price=PRICE))
    announced = entry("round_announced", 8, round_no=1, starting_price=PRICE)
    assert refusal(file, announced).details == {"entry_no": 3, "because": "not-in-this-stage"}
    when(file, announced, entry("round_failed", 9, round_no=1))
    assert [found.round_no for found in file.state.rounds] == [1, 2]
    assert (file.state.failed_rounds, file.state.reducible) == (1, True)


def test_entries_recorded_together_may_be_given_in_any_order() -> None:
    file = given()
    when(file, entry("appraised", 4), entry("seized", 2))
    assert file.state.stage is Stage.AWAITING_ROUND
    assert [number for number, _ in file.lines] == [1, 2]


def test_entries_recorded_together_are_refused_together() -> None:
    file = given(*ROUND)
    good, bad = entry("cost_accrued", 8), entry("round_won", 9, round_no=2)
    assert refusal(file, good, bad).code == "another-round"
    assert refusal(file, good, entry("cost_accrued", 101)).code == "dated-in-the-future"


def test_entries_after_the_last_are_recorded_together_on_top_of_it() -> None:
    file = given(*ROUND)
    entries = [entry("round_failed", 8, round_no=1), entry("price_reduced", 9, to_price=7)]
    assert when(file, *entries) == [(4, entries[0]), (5, entries[1])]
    assert file.state.price == 7
