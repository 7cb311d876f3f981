from dataclasses import replace
from datetime import date

import pytest

from auctions.domain.asset.possible import Stage
from auctions.domain.asset.state import State, fold
from tests.unit.given import day, given
from tests.unit.situations import SITUATIONS, Situation

UNSOLD = {
    "seized",
    "appraised",
    "announced",
    "postponed",
    "cancelled",
    "failed",
    "reduced",
    "appraised anew",
    "announced anew at the same price",
    "offered in lieu",
    "accepted in lieu",
    "defaulted",
    "annulled",
    "annulled after payment",
    "annulled after delivery",
    "suspended before appraisal",
    "suspended before a round",
    "suspended with a round announced",
    "suspended after a failure",
    "resumed",
    "pre-emption offered",
    "pre-emption offered after a failure",
    "pre-emption open while announced",
    "pre-emption fallen with the failure",
    "pre-emption accepted and refused",
    "pre-emption refused while announced",
}


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS.keys())
def test_every_situation_has_its_stage(situation: Situation) -> None:
    assert given(*situation.steps).state.stage is situation.stage


def test_unsold_is_seized_and_in_none_of_won_paid_or_an_exit() -> None:
    unsold = {name for name, found in SITUATIONS.items() if given(*found.steps).state.unsold}
    assert unsold == UNSOLD


def test_a_file_not_begun_waits_for_nothing_and_has_no_price() -> None:
    state = State()
    assert (state.stage, state.unsold, state.price, state.round, state.won) == (
        Stage.UNFILED,
        False,
        None,
        None,
        None,
    )
    assert (state.last_on, state.costs, state.failed_rounds, state.reductions) == (date.min, 0, 0, 0)


def test_the_state_of_an_earlier_day_is_told_by_the_entries_up_to_that_day_inclusive() -> None:
    file = given("seized", "appraised", "round_announced", "round_failed")
    stages = [fold(file.lines, until=day(number)).stage for number in range(5)]
    assert stages == [
        Stage.UNFILED,
        Stage.AWAITING_APPRAISAL,
        Stage.AWAITING_ROUND,
        Stage.ANNOUNCED,
        Stage.AWAITING_REDUCTION,
    ]


def test_two_folds_share_nothing_that_changes() -> None:
    lines = given("seized", "appraised", "round_announced").lines
    first, second = fold(lines), fold(lines)
    first.rounds[0].outcome = "failed"
    first.steps.clear()
    assert second == fold(lines) == replace(second)
