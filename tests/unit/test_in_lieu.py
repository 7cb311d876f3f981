import pytest

from auctions.domain.asset.possible import Stage
from tests.unit.given import day, entry, given, refusal
from tests.unit.situations import FAILED, OFFERED, TAKEN

AGAIN = ("price_reduced", "round_announced", "round_failed")


@pytest.mark.parametrize(("accepted", "told"), [(True, "accepted"), (False, "refused")])
def test_the_creditor_answers_an_offer(*, accepted: bool, told: str) -> None:
    file = given(*OFFERED)
    assert file.state.in_lieu == "offered"
    file = given(*OFFERED, entry("in_lieu_answered", 9, accepted=accepted))
    assert file.state.in_lieu == told


def test_an_answer_without_an_offer_is_refused() -> None:
    refused = refusal(given(*FAILED), entry("in_lieu_answered", 9))
    assert refused.code == "in-lieu-not-offered"
    assert refused.message == "an answer without an open offer in lieu"


def test_a_second_answer_to_one_offer_is_refused() -> None:
    file = given(*OFFERED, "in_lieu_answered")
    assert refusal(file, entry("in_lieu_answered", 9, accepted=False)).code == "in-lieu-not-offered"


@pytest.mark.parametrize("steps", [FAILED, OFFERED])
def test_taking_without_an_accepted_offer_is_refused(steps: tuple[str, ...]) -> None:
    refused = refusal(given(*steps), entry("taken_in_lieu", 9))
    assert refused.code == "in-lieu-not-accepted"
    assert refused.message == "taken in lieu without an accepted offer"


def test_taking_after_a_refused_offer_is_refused_until_it_is_offered_and_accepted_again() -> None:
    steps = (*OFFERED, entry("in_lieu_answered", 6, accepted=False))
    assert refusal(given(*steps), entry("taken_in_lieu", 9)).code == "in-lieu-not-accepted"
    file = given(*steps, "in_lieu_offered", "in_lieu_answered", "taken_in_lieu")
    assert file.state.stage is Stage.TAKEN_IN_LIEU


@pytest.mark.parametrize("step", ["price_reduced", "round_announced", "appraised"])
def test_an_offer_falls_with_the_next_reduction_round_or_appraisal(step: str) -> None:
    assert given(*OFFERED, "in_lieu_answered", step).state.in_lieu is None


def test_an_asset_taken_in_lieu_leaves_the_file_that_day_and_its_delivery_is_told_apart() -> None:
    file = given(*TAKEN, entry("delivered", 20))
    assert (file.state.exit, file.state.exited_on) == (Stage.TAKEN_IN_LIEU, day(7))
    assert file.state.delivered_on == day(20)


def test_in_lieu_opens_after_the_second_reduction_when_the_last_round_failed() -> None:
    assert not given(*FAILED).state.in_lieu_open
    assert not given(*FAILED, *AGAIN).state.in_lieu_open
    assert not given(*FAILED, *AGAIN, "price_reduced").state.in_lieu_open
    assert not given(*FAILED, *AGAIN, *AGAIN, "price_reduced").state.in_lieu_open
    assert given(*FAILED, *AGAIN, *AGAIN).state.in_lieu_open
    assert given(*FAILED, *AGAIN, *AGAIN, *AGAIN).state.in_lieu_open


def test_a_round_called_off_or_won_and_undone_closes_in_lieu_until_another_fails() -> None:
    opened = (*FAILED, *AGAIN, *AGAIN, "round_announced")
    assert not given(*opened, "round_cancelled").state.in_lieu_open
    assert given(*opened, "round_cancelled", "round_announced", "round_failed").state.in_lieu_open
    assert not given(*opened, "round_won", "winner_defaulted").state.in_lieu_open
    assert not given(*FAILED, *AGAIN, *AGAIN, "suspended").state.in_lieu_open
