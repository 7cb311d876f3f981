from auctions.domain.asset.possible import Stage
from auctions.domain.asset.state import fold, standing, struck_by
from tests.unit.given import PRICE, entry, given, refusal, struck, when
from tests.unit.situations import APPRAISED, FAILED, HANDED, ROUND


def test_a_struck_entry_stays_in_the_file_and_counts_no_more() -> None:
    file = given("seized", "cost_accrued", "cost_accrued", struck(2))
    assert file.version == 4
    assert file.state.costs == 2_500_000
    assert struck_by(file.lines) == {2: 4}
    assert [number for number, _ in standing(file.lines)] == [1, 3]


def test_a_strike_counts_from_the_beginning_whatever_its_own_day() -> None:
    file = given("seized", "cost_accrued", struck(2, on=90))
    assert fold(file.lines, until=file.lines[1][1].on).costs == 0


def test_a_strike_may_be_dated_before_other_entries_and_is_no_last_entry() -> None:
    file = given(*ROUND, "cost_accrued", struck(4, on=2))
    assert (file.version, file.state.costs, file.state.last_on) == (5, 0, file.lines[2][1].on)


def test_a_strike_approved_by_who_enters_it_is_refused() -> None:
    refused = refusal(given("seized", "cost_accrued"), struck(2, approved_by="clerk"))
    assert refused.code == "second-person-needed"
    assert refused.message == "a strike is approved by another person than clerk"


def test_a_strike_of_an_entry_the_file_has_not_is_refused() -> None:
    refused = refusal(given("seized"), struck(2))
    assert refused.code == "no-such-entry"
    assert refused.message == "the file has no entry 2 to strike"
    assert refused.details == {"entry_no": 2}


def test_a_strike_of_a_strike_is_refused() -> None:
    refused = refusal(given("seized", "cost_accrued", struck(2)), struck(3))
    assert refused.code == "strike-of-a-strike"
    assert refused.message == "entry 3 is a strike: enter anew instead"
    assert refused.details == {"entry_no": 3}


def test_a_second_strike_of_one_entry_is_refused_with_the_first() -> None:
    refused = refusal(given("seized", "cost_accrued", struck(2)), struck(2))
    assert refused.code == "already-struck"
    assert refused.message == "entry 2 is struck by entry 3"
    assert refused.details == {"entry_no": 2}


def test_one_entry_struck_twice_together_is_refused() -> None:
    refused = refusal(given("seized", "cost_accrued"), struck(2), struck(2))
    assert refused.message == "entry 2 is struck by entry 3"


def test_a_strike_that_takes_the_ground_from_a_later_entry_names_it() -> None:
    refused = refusal(given(*FAILED, "price_reduced"), struck(4))
    assert refused.code == "contradicted"
    assert refused.details == {"entry_no": 5, "because": "not-in-this-stage"}


def test_the_seizure_is_struck_only_when_it_is_all_that_stands() -> None:
    assert refusal(given(*APPRAISED), struck(1)).details == {"entry_no": 2, "because": "not-seized"}
    file = given(*APPRAISED, struck(2), struck(1))
    assert file.state.stage is Stage.UNFILED
    assert file.version == 4


def test_an_exit_that_was_struck_is_as_if_it_never_was() -> None:
    file = given(*HANDED, struck(6))
    assert (file.state.stage, file.state.exited_on, file.state.delivered_on) == (Stage.PAID, None, None)


def test_a_struck_number_is_not_given_again() -> None:
    file = given("seized", "cost_accrued", struck(2))
    cost = entry("cost_accrued", 9)
    assert when(file, cost) == [(4, cost)]


def test_a_round_number_that_was_struck_may_be_announced_again() -> None:
    file = given(*ROUND, struck(3), entry("round_announced", 9, round_no=1, starting_price=PRICE))
    assert [found.announced_on for found in file.state.rounds] == [file.lines[4][1].on]
