import pytest

from auctions.domain.asset.possible import Stage
from tests.unit.given import entry, given, refusal
from tests.unit.situations import APPRAISED, FAILED, HAMMER, OFFERED, ROUND


def test_a_suspended_file_goes_on_where_it_stood() -> None:
    file = given(*FAILED, "suspended")
    assert (file.state.stage, file.state.suspended, file.state.unsold) == (Stage.SUSPENDED, True, True)
    file = given(*FAILED, "suspended", "resumed")
    assert (file.state.stage, file.state.suspended) == (Stage.AWAITING_REDUCTION, False)


def test_an_open_offer_outlasts_a_suspension() -> None:
    assert given(*OFFERED, "suspended", "resumed", "in_lieu_answered").state.in_lieu == "accepted"


def test_a_second_suspension_is_refused() -> None:
    refused = refusal(given("seized", "suspended"), entry("suspended", 9))
    assert refused.code == "not-in-this-stage"
    assert refused.message == "suspended is not possible while the file is suspended"


def test_resuming_what_is_not_suspended_is_refused() -> None:
    assert refusal(given(*APPRAISED), entry("resumed", 9)).code == "not-in-this-stage"


@pytest.mark.parametrize("name", ["round_failed", "round_won"])
def test_a_result_of_an_announced_round_while_suspended_is_refused_for_the_suspension(name: str) -> None:
    refused = refusal(given(*ROUND, "suspended"), entry(name, 9, round_no=1))
    assert refused.code == "not-in-this-stage"
    assert refused.message == f"{name} is not possible while the file is suspended"


def test_a_round_is_cancelled_while_suspended() -> None:
    file = given(*ROUND, "suspended", "round_cancelled", "resumed")
    assert file.state.stage is Stage.AWAITING_ROUND


@pytest.mark.parametrize("name", ["round_postponed", "round_cancelled"])
@pytest.mark.parametrize("steps", [APPRAISED, FAILED, HAMMER])
def test_moving_or_cancelling_while_suspended_needs_an_announced_round(
    name: str, steps: tuple[str, ...]
) -> None:
    refused = refusal(given(*steps, "suspended"), entry(name, 9, round_no=1))
    assert refused.code == "round-not-announced"
    assert refused.message == "round 1 is not announced"


def test_a_result_annulled_while_suspended_leaves_the_file_suspended() -> None:
    file = given(*HAMMER, "suspended", "result_annulled")
    assert (file.state.stage, file.state.won, file.state.unsold) == (Stage.SUSPENDED, None, True)
