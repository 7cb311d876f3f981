from auctions.domain.asset.state import Step
from tests.unit.given import PRICE, day, entry, given, refusal, when
from tests.unit.situations import APPRAISED, FAILED, ROUND


def test_an_appraisal_sets_the_price_in_force() -> None:
    file = given("seized", entry("appraised", 2, value=3_000, reason=None))
    assert file.state.price == 3_000
    assert file.state.steps == [Step("appraised", day(2), 3_000)]


def test_a_second_appraisal_without_its_reason_is_refused() -> None:
    refused = refusal(given(*APPRAISED), entry("appraised", 9, reason=None))
    assert refused.code == "reappraisal-without-reason"
    assert refused.message == "a second appraisal needs its reason"


def test_a_reappraisal_with_a_reason_sets_the_price_anew_upwards_too() -> None:
    file = given(*APPRAISED, entry("appraised", 9, value=PRICE + 5))
    assert file.state.steps[1:] == [Step("reappraised", day(9), PRICE + 5)]


def test_a_reappraisal_closes_the_reduction_and_the_offer_that_a_failed_round_opened() -> None:
    file = given(*FAILED, "in_lieu_offered", "appraised")
    assert file.state.reducible is False
    assert file.state.in_lieu is None
    assert refusal(file, entry("price_reduced", 9, to_price=1)).code == "no-failed-round"


def test_an_appraisal_while_a_round_is_announced_is_refused() -> None:
    refused = refusal(given(*ROUND), entry("appraised", 9))
    assert refused.code == "not-in-this-stage"
    assert refused.message == "appraised is not possible while the file is announced"
    assert refused.details["stage"] == "announced"


def test_a_reappraisal_leaves_the_counters_alone() -> None:
    file = given(*FAILED, "price_reduced")
    when(file, entry("appraised", 9))
    assert (file.state.failed_rounds, file.state.reductions, len(file.state.rounds)) == (1, 1, 1)
