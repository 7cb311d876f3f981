import pytest

from auctions.domain.asset.decisions import File, check
from auctions.domain.asset.events import ENTRIES
from auctions.domain.asset.possible import EXITS, POSSIBLE, Stage
from auctions.domain.asset.state import State
from auctions.domain.errors import Refused
from tests.unit.given import fitting, given, struck, when
from tests.unit.situations import SITUATIONS, Situation

EVERY_SITUATION = pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS.keys())
NAMES = ENTRIES.keys() - {"entry_struck"}


def is_possible(name: str, file: File) -> bool:
    entry = fitting(name, file.state, 50)
    try:
        when(File(file.lines), entry)
    except Refused:
        return False
    return True


@EVERY_SITUATION
def test_in_every_situation_exactly_the_entries_written_out_are_possible(situation: Situation) -> None:
    file = given(*situation.steps)
    assert {name for name in NAMES if is_possible(name, file)} == situation.possible


@EVERY_SITUATION
def test_the_last_entry_of_a_file_can_be_struck_in_every_situation(situation: Situation) -> None:
    file = given(*situation.steps)
    before = given(*situation.steps[:-1]).state
    if situation.steps:
        when(file, struck(file.version))
    assert file.state == before


def test_every_stage_has_a_situation_and_every_mark_of_the_table_is_used_in_one() -> None:
    used = {(name, found.stage) for found in SITUATIONS.values() for name in found.possible}
    assert {found.stage for found in SITUATIONS.values()} == set(Stage)
    assert {(name, stage) for name, stages in POSSIBLE.items() for stage in stages} == used


def test_the_table_has_a_row_for_every_entry_but_the_strike() -> None:
    assert POSSIBLE.keys() == NAMES


def test_what_leaves_the_file_is_seven_stages() -> None:
    sold_or_given_up = {"delivered", "taken_in_lieu", "redeemed", "returned", "released"}
    assert sold_or_given_up | {"split", "merged"} == EXITS


def test_a_strike_is_possible_before_all_else_the_table_says() -> None:
    check(State(), struck(1))
