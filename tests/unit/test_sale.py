import pytest

from auctions.domain.asset.possible import Stage
from auctions.domain.asset.state import Round
from tests.unit.given import PRICE, day, entry, given, refusal
from tests.unit.situations import BOUGHT, FAILED, HAMMER, HANDED, ROUND, TAKEN


def test_a_paid_sale_is_delivered_registered_and_distributed() -> None:
    state = given(*HAMMER, entry("sale_paid", 5, amount=PRICE + 3)).state
    assert (state.stage, state.paid) == (Stage.PAID, PRICE + 3)
    state = given(*HANDED, "title_registered", "proceeds_distributed").state
    assert (state.stage, state.exited_on, state.delivered_on) == (Stage.DELIVERED, day(6), day(6))
    assert (state.title_registered, state.distributed) == (True, True)


def test_proceeds_may_be_distributed_before_delivery() -> None:
    state = given(*BOUGHT, "proceeds_distributed").state
    assert (state.distributed, state.title_registered, state.stage) == (True, False, Stage.PAID)


def test_a_delivery_before_payment_is_refused() -> None:
    assert refusal(given(*HAMMER), entry("delivered", 9)).code == "not-in-this-stage"


def test_title_registered_before_delivery_is_refused() -> None:
    refused = refusal(given(*TAKEN), entry("title_registered", 9))
    assert refused.code == "not-delivered"
    assert refused.message == "title registered before delivery"


@pytest.mark.parametrize("name", ["title_registered", "proceeds_distributed"])
def test_a_title_or_a_distribution_a_second_time_is_refused(name: str) -> None:
    refused = refusal(given(*HANDED, name), entry(name, 9))
    assert refused.code == "done-already"
    assert refused.message == f"{name} a second time"


def test_a_second_delivery_to_the_creditor_is_refused() -> None:
    refused = refusal(given(*TAKEN, "delivered"), entry("delivered", 20))
    assert refused.code == "done-already"


def test_a_winner_who_defaults_leaves_the_round_without_a_sale() -> None:
    file = given(*HAMMER, entry("winner_defaulted", 9, round_no=1, deposit_kept=7))
    assert file.state.rounds == [
        Round(1, day(3), PRICE, None, day(3), None, "defaulted", day(9), None, PRICE)
    ]
    assert (file.state.won, file.state.stage) == (None, Stage.AWAITING_ROUND)


def test_a_default_after_payment_is_refused() -> None:
    assert refusal(given(*BOUGHT), entry("winner_defaulted", 9, round_no=1)).code == "not-in-this-stage"


@pytest.mark.parametrize("name", ["winner_defaulted", "result_annulled"])
def test_undoing_another_round_than_the_won_one_is_refused(name: str) -> None:
    refused = refusal(given(*HAMMER), entry(name, 9, round_no=2))
    assert refused.code == "another-round"
    assert refused.details == {"expected": 1}


@pytest.mark.parametrize("steps", [(*ROUND, "suspended"), ("seized", "suspended")])
def test_annulling_while_suspended_a_result_that_was_not_won_is_refused(steps: tuple[str, ...]) -> None:
    refused = refusal(given(*steps), entry("result_annulled", 9, round_no=1))
    assert refused.code == "round-not-won"
    assert refused.message == "round 1 is not won"


def test_an_annulled_result_undoes_payment_delivery_title_and_distribution() -> None:
    file = given(
        *HANDED,
        "title_registered",
        "proceeds_distributed",
        entry("result_annulled", 20, round_no=1, reason="collusion"),
    )
    state = file.state
    assert state.rounds == [
        Round(1, day(3), PRICE, None, day(3), None, "annulled", day(20), "collusion", PRICE)
    ]
    assert (state.paid, state.delivered_on, state.exit, state.exited_on) == (None, None, None, None)
    assert (state.title_registered, state.distributed, state.unsold) == (False, False, True)


def test_an_asset_is_sold_again_after_an_annulled_result() -> None:
    again = (
        "round_announced",
        "round_won",
        "sale_paid",
        "delivered",
        "title_registered",
        "proceeds_distributed",
    )
    file = given(*HANDED, "title_registered", "proceeds_distributed", "result_annulled", *again)
    assert file.state.stage is Stage.DELIVERED
    assert [found.outcome for found in file.state.rounds] == ["annulled", "won"]


def test_a_failed_round_before_a_won_and_defaulted_one_still_opens_the_reduction() -> None:
    file = given(*FAILED, "round_announced", "round_won", "winner_defaulted", "price_reduced")
    assert file.state.reductions == 1
