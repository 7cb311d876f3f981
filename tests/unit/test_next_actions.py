"""What comes next in a file: who must or may do what, not before and by which day, from which rule."""

import pytest

from auctions.domain.asset.law import law
from auctions.domain.asset.next_actions import ACTIONS, Action, next_actions
from auctions.domain.asset.possible import EXITS, Stage
from auctions.domain.asset.state import State
from tests.unit.given import given
from tests.unit.rows_law_of_2008 import CUT_TWICE, called_off, defaulted, failed, failed_again
from tests.unit.rows_of_next_actions import NEXT, ROUND, SEIZED, VALUED, Told
from tests.unit.rules_table import Life, lived, nine_o_clock
from tests.unit.situations import SITUATIONS, Situation

VN = law("vn")


def told(action: Action) -> Told:
    days = [day.isoformat() if day else None for day in (action.not_before, action.due)]
    rule = action.rule.key if action.rule else None
    return (action.action, action.who, "must" if action.must else "may", days[0], days[1], rule)


@pytest.mark.parametrize(("life", "expected"), NEXT.values(), ids=NEXT)
def test_what_comes_next_by_whom_by_when_and_why(life: Life, expected: list[Told]) -> None:
    assert [told(action) for action in next_actions(lived(life).state, VN)] == expected


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)
def test_every_open_file_has_a_next_action_and_a_closed_one_has_none(situation: Situation) -> None:
    state = given(*situation.steps).state
    after = {"delivered", "distribute", "register_title", "deliver"}
    names = {action.action for action in next_actions(state, VN)}
    if situation.stage is Stage.UNFILED or is_closed(state):
        assert names == set()
    elif situation.stage in EXITS:
        assert names
        assert names <= after
    else:
        assert names
    assert names <= ACTIONS.keys()


def is_closed(state: State) -> bool:
    """Nothing is left to do: the asset left the file, and of one that was handed over all is settled."""
    handed = state.exit in {Stage.DELIVERED, Stage.TAKEN_IN_LIEU}
    settled = bool(state.delivered_on) and state.distributed and state.title_registered
    return state.exit is not None and (settled or not handed)


def test_the_actions_of_all_stages_are_the_ones_that_have_a_name() -> None:
    names = {action for _, expected in NEXT.values() for action, *_ in expected}
    assert names == ACTIONS.keys()
    assert all(ACTIONS.values())


@pytest.mark.parametrize(
    ("after", "asked"),
    [
        ((), True),
        (called_off(4, CUT_TWICE), False),
        (defaulted(4, CUT_TWICE), False),
        (failed_again(4, CUT_TWICE), True),
    ],
    ids=["failed", "cancelled", "defaulted", "failed again"],
)
def test_the_creditor_is_asked_only_when_the_last_round_failed(after: Life, *, asked: bool) -> None:
    actions = next_actions(lived((*failed(3), *after)).state, VN)
    assert ("ask_creditor" in [action.action for action in actions]) is asked


def test_an_auction_has_its_time() -> None:
    actions = next_actions(lived((SEIZED, VALUED, ROUND)).state, VN)
    assert {action.action: action.at for action in actions} == {
        "hold": nine_o_clock("2024-06-26"),
        "report_result": None,
        "redeem": None,
    }


def test_what_comes_next_without_days_where_the_rulebook_has_none() -> None:
    for life, expected in (NEXT["appraised"], NEXT["announced"], NEXT["won"]):
        actions = next_actions(lived(life).state, law("kr-20"))
        assert [action.action for action in actions] == [name for name, *_ in expected]
        assert {action.rule for action in actions} == {None}
