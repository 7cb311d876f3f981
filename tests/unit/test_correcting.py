from auctions.domain.asset.possible import Stage
from tests.unit.given import PRICE, entry, given, refusal, struck, when
from tests.unit.situations import APPRAISED, FAILED, ROUND

BOUGHT_FOR = 800_000_000


def test_a_wrong_value_is_struck_and_entered_anew_with_the_rounds_that_took_it() -> None:
    file = given(*ROUND)
    anew = entry("appraised", 2, value=BOUGHT_FOR)
    assert refusal(file, struck(2), anew).details == {"entry_no": 3, "because": "price-not-in-force"}
    announced = entry("round_announced", 3, round_no=1, starting_price=BOUGHT_FOR)
    numbered = when(file, struck(2), anew, struck(3), announced)
    assert [number for number, _ in numbered] == [4, 5, 6, 7]
    assert file.state == given("seized", anew, announced).state


def test_the_order_within_one_correction_does_not_matter() -> None:
    file = given(*ROUND)
    announced = entry("round_announced", 3, round_no=1, starting_price=BOUGHT_FOR)
    when(file, announced, entry("appraised", 2, value=BOUGHT_FOR), struck(3), struck(2))
    assert (file.state.price, file.state.stage) == (BOUGHT_FOR, Stage.ANNOUNCED)


def test_a_whole_round_is_struck_in_one_command_though_no_single_strike_is_possible_first() -> None:
    file = given(*FAILED, "price_reduced")
    assert refusal(file, struck(3)).details["entry_no"] == 4
    assert refusal(file, struck(3), struck(4)).details["entry_no"] == 5
    when(file, struck(3), struck(4), struck(5))
    assert file.state == given(*APPRAISED).state


def test_a_seizure_is_entered_anew_with_its_right_day() -> None:
    file = given(entry("seized", 4), entry("appraised", 6))
    assert refusal(file, entry("seized", 5)).code == "already-seized"
    when(file, struck(1), entry("seized", 5))
    assert file.state.stage is Stage.AWAITING_ROUND
    assert refusal(file, struck(4), entry("seized", 7)).details == {"entry_no": 2, "because": "not-seized"}


def test_an_entry_anew_on_a_day_before_another_entry_of_that_day_comes_after_it() -> None:
    file = given(entry("seized", 4), entry("appraised", 4))
    assert refusal(file, struck(1), entry("seized", 4)).details == {"entry_no": 2, "because": "not-seized"}
    when(file, struck(1), entry("seized", 4), struck(2), entry("appraised", 4))
    assert file.state.price == PRICE


def test_an_entry_anew_that_is_itself_wrong_is_refused_for_itself_and_the_strike_with_it() -> None:
    refused = refusal(given(*ROUND), struck(3), entry("round_announced", 3, round_no=1, starting_price=1))
    assert refused.code == "price-not-in-force"


def test_an_entry_cannot_be_struck_in_the_command_that_enters_it() -> None:
    refused = refusal(given("seized"), entry("cost_accrued", 5), struck(2))
    assert refused.code == "no-such-entry"


def test_another_kind_is_refused_while_a_survey_of_the_old_kind_stands() -> None:
    file = given("seized", entry("surveyed", 2, attributes={"area_m2": "91.5"}))
    vessel = entry("seized", 1, kind="vessel")
    assert refusal(file, struck(1), vessel).details == {"entry_no": 2, "because": "unknown-attribute"}
    when(file, struck(1), vessel, struck(2))
    assert file.state.attributes == {}


def test_every_strike_of_a_correction_needs_a_second_person() -> None:
    file = given("seized", "cost_accrued", "cost_accrued")
    assert refusal(file, struck(2), struck(3, approved_by="clerk")).code == "second-person-needed"
