import pytest

from auctions.domain.asset.possible import Stage
from tests.unit.given import day, entry, given, refusal
from tests.unit.situations import APPRAISED, FAILED, HAMMER, ROUND, SITUATIONS

LEFT = ["taken in lieu", "delivered", "redeemed", "returned", "released", "split", "merged"]


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("redeemed", Stage.REDEEMED),
        ("returned_to_debtor", Stage.RETURNED),
        ("released", Stage.RELEASED),
    ],
)
def test_an_asset_leaves_the_file_on_its_day_unsold_no_more(name: str, stage: Stage) -> None:
    file = given(*FAILED, entry(name, 20))
    assert (file.state.exit, file.state.exited_on, file.state.unsold) == (stage, day(20), False)


@pytest.mark.parametrize("left", LEFT)
def test_nothing_is_entered_after_an_exit_but_what_follows_it(left: str) -> None:
    found = SITUATIONS[left]
    refused = refusal(given(*found.steps), entry("cost_accrued", 90))
    assert refused.code == "after-exit"
    assert refused.message == f"cost_accrued after the asset left the file ({found.stage})"
    assert refused.details["stage"] == found.stage


@pytest.mark.parametrize("name", ["price_reduced", "round_failed"])
def test_a_reduction_or_a_result_after_an_exit_is_refused_for_the_exit(name: str) -> None:
    fields = {"to_price": 1} if name == "price_reduced" else {"round_no": 1}
    assert refusal(given(*FAILED, "redeemed"), entry(name, 90, **fields)).code == "after-exit"


@pytest.mark.parametrize("name", ["redeemed", "released", "returned_to_debtor"])
def test_no_exit_while_a_suspended_round_is_won(name: str) -> None:
    refused = refusal(given(*HAMMER, "suspended"), entry(name, 90))
    assert refused.code == "round-won"
    assert refused.message == f"{name} while round 1 is won"


@pytest.mark.parametrize("name", ["redeemed", "released", "returned_to_debtor"])
def test_no_exit_but_the_sale_while_a_round_is_won(name: str) -> None:
    assert refusal(given(*HAMMER), entry(name, 90)).code == "not-in-this-stage"


def test_no_return_to_the_debtor_while_a_suspended_round_is_announced() -> None:
    refused = refusal(given(*ROUND, "suspended"), entry("returned_to_debtor", 90))
    assert refused.code == "round-announced"
    assert refused.message == "returned_to_debtor while round 1 is announced"


@pytest.mark.parametrize("name", ["redeemed", "released"])
@pytest.mark.parametrize("steps", [ROUND, (*ROUND, "suspended")])
def test_the_debtor_redeems_and_the_seizure_is_released_while_a_round_is_announced(
    name: str, steps: tuple[str, ...]
) -> None:
    assert given(*steps, name).state.exited_on == day(len(steps) + 1)


def test_no_second_exit() -> None:
    assert refusal(given(*APPRAISED, "redeemed"), entry("released", 90)).code == "after-exit"
