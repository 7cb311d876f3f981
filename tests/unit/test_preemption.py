"""Co-owners buy before others: asked at a price, they accept, pay and take the asset, or refuse."""

import pytest

from auctions.domain.asset.decisions import File
from auctions.domain.asset.possible import Stage
from tests.unit.given import PRICE, day, entry, given, refusal, struck, when
from tests.unit.situations import APPRAISED, ASKED, CO_OWNERS, FAILED, HAMMER, ROUND

PAID = (*CO_OWNERS, "sale_paid")


def answered(on: int, *, accepted: bool) -> File:
    return given(*ASKED, entry("preemption_answered", on, accepted=accepted))


def test_co_owners_who_were_asked_have_not_bought() -> None:
    state = given(*ASKED).state
    assert (state.preemption, state.preempted, state.sold_for) == ("offered", False, None)
    assert (state.unsold, state.stage) == (True, Stage.AWAITING_ROUND)


def test_co_owners_who_accept_have_bought_at_the_price_they_were_asked() -> None:
    state = answered(9, accepted=True).state
    assert (state.preemption, state.preempted, state.sold_for) == ("accepted", True, PRICE - 7)
    assert (state.unsold, state.stage, state.won, state.price) == (False, Stage.WON, None, PRICE)


def test_co_owners_who_refuse_leave_the_asset_unsold() -> None:
    state = answered(9, accepted=False).state
    assert (state.preemption, state.preempted, state.sold_for) == ("refused", False, None)
    assert (state.unsold, state.stage) == (True, Stage.AWAITING_ROUND)


def test_an_answer_to_a_second_offer_counts_at_its_price() -> None:
    file = given(*ASKED, entry("preemption_offered", 5, price=PRICE - 100), "preemption_answered")
    assert file.state.sold_for == PRICE - 100


def test_what_co_owners_bought_is_paid_delivered_registered_and_distributed() -> None:
    state = given(*PAID).state
    assert (state.stage, state.paid, state.unsold, state.sold_for) == (Stage.PAID, PRICE, False, PRICE - 7)
    state = given(*PAID, "delivered", "title_registered", "proceeds_distributed").state
    assert (state.stage, state.exited_on, state.delivered_on) == (Stage.DELIVERED, day(6), day(6))
    assert (state.title_registered, state.distributed, state.sold_for) == (True, True, PRICE - 7)


def test_what_co_owners_bought_is_not_delivered_before_they_paid() -> None:
    assert refusal(given(*CO_OWNERS), entry("delivered", 9)).code == "not-in-this-stage"


@pytest.mark.parametrize("name", ["round_announced", "preemption_offered", "redeemed", "released"])
def test_what_co_owners_bought_is_neither_announced_nor_offered_nor_given_back(name: str) -> None:
    fields = {"round_no": 1, "starting_price": PRICE} if name == "round_announced" else {}
    assert refusal(given(*CO_OWNERS), entry(name, 9, **fields)).code == "not-in-this-stage"


@pytest.mark.parametrize("name", ["redeemed", "released", "returned_to_debtor", "split", "merged"])
def test_no_exit_while_a_suspended_asset_was_bought_by_co_owners(name: str) -> None:
    refused = refusal(given(*CO_OWNERS, "suspended"), entry(name, 90))
    assert refused.code == "preempted"
    assert refused.message == f"{name} while a co-owner has bought the asset"


@pytest.mark.parametrize("name", ["winner_defaulted", "result_annulled"])
def test_a_purchase_by_co_owners_is_no_won_round_that_could_be_undone(name: str) -> None:
    assert refusal(given(*CO_OWNERS), entry(name, 9, round_no=1)).code == "round-not-won"
    file = given(*HAMMER, "winner_defaulted", "preemption_offered", "preemption_answered")
    assert refusal(file, entry(name, 9, round_no=1)).code == "round-not-won"


def test_a_refusal_after_the_acceptance_undoes_a_purchase_that_was_not_paid() -> None:
    file = given(*CO_OWNERS, entry("preemption_answered", 9, accepted=False))
    assert (file.state.preemption, file.state.sold_for, file.state.unsold) == ("refused", None, True)
    when(file, entry("round_announced", 10, round_no=1, starting_price=PRICE))
    assert file.state.stage is Stage.ANNOUNCED


def test_a_purchase_that_was_paid_is_not_undone_by_a_refusal() -> None:
    assert refusal(given(*PAID), entry("preemption_answered", 9, accepted=False)).code == "not-in-this-stage"


def test_accepting_after_a_failed_round_and_refusing_again_still_leaves_the_reduction_open() -> None:
    file = given(*FAILED, "preemption_offered", "preemption_answered", "preemption_answered", "price_reduced")
    assert file.state.reductions == 1


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_without_an_offer_is_refused(*, accepted: bool) -> None:
    refused = refusal(given(*APPRAISED), entry("preemption_answered", 9, accepted=accepted))
    assert refused.code == "preemption-not-offered"
    assert refused.message == "an answer without an open offer of pre-emption"


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_after_a_refusal_is_refused(*, accepted: bool) -> None:
    file = answered(9, accepted=False)
    refused = refusal(file, entry("preemption_answered", 10, accepted=accepted))
    assert refused.code == "preemption-not-offered"


def test_a_second_acceptance_is_refused() -> None:
    refused = refusal(given(*CO_OWNERS), entry("preemption_answered", 9, accepted=True))
    assert refused.code == "preemption-not-offered"


def test_co_owners_cannot_accept_while_a_round_is_announced_until_it_is_cancelled() -> None:
    file = given(*ROUND, "preemption_offered")
    refused = refusal(file, entry("preemption_answered", 9, accepted=True))
    assert refused.code == "round-announced"
    assert refused.message == "pre-emption accepted while round 1 is announced"
    when(file, entry("round_cancelled", 9, round_no=1))
    when(file, entry("preemption_answered", 9, accepted=True))
    assert file.state.stage is Stage.WON


def test_co_owners_cannot_accept_what_a_round_has_sold() -> None:
    file = given(*ASKED, "round_announced", "round_won")
    refused = refusal(file, entry("preemption_answered", 9, accepted=True))
    assert refused.code == "round-won"
    assert refused.message == "pre-emption accepted while round 1 is won"
    assert file.state.sold_for == PRICE


def test_co_owners_may_refuse_while_a_round_is_announced() -> None:
    file = given(*ASKED, "round_announced", entry("preemption_answered", 9, accepted=False))
    assert (file.state.preemption, file.state.stage) == ("refused", Stage.ANNOUNCED)


def test_a_late_acceptance_before_a_round_that_was_announced_is_refused_with_its_number() -> None:
    file = given(*ASKED, entry("round_announced", 20, round_no=1, starting_price=PRICE))
    refused = refusal(file, entry("preemption_answered", 10, accepted=True))
    assert refused.code == "contradicted"
    assert refused.details["entry_no"] == 4


@pytest.mark.parametrize(
    "steps",
    [
        ("round_announced", "round_failed"),
        ("appraised",),
        ("round_announced", "round_failed", "preemption_offered", "price_reduced"),
    ],
)
def test_an_offer_falls_with_a_failed_round_or_a_new_price(steps: tuple[str, ...]) -> None:
    file = given(*ASKED, *steps)
    assert file.state.preemption is None
    refused = refusal(file, entry("preemption_answered", 50, accepted=True))
    assert refused.code == "preemption-not-offered"


def test_an_offer_stands_while_a_round_is_called_off() -> None:
    file = given(*ASKED, "round_announced", "round_cancelled", "preemption_answered")
    assert file.state.preempted


def test_an_acceptance_that_is_struck_leaves_the_offer_open() -> None:
    file = given(*CO_OWNERS, struck(4))
    assert (file.state.preemption, file.state.unsold) == ("offered", True)


def test_an_offer_is_struck_only_before_its_answer() -> None:
    refused = refusal(given(*CO_OWNERS), struck(3))
    assert refused.details == {"entry_no": 4, "because": "preemption-not-offered"}
