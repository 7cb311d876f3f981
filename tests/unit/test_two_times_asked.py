"""The two times of a question, as a condition on what holds and is known."""

from projections.times import NO_DAY, NO_POSITION, NOW, Times
from tests.unit.given import day

TODAY = f"x.on_to = '{NO_DAY}'"
ALL = f"x.known_to = {NO_POSITION}"
THAT_DAY = "x.on_from <= %(as_of)s AND x.on_to > %(as_of)s"
THEN = "x.known_from <= %(known_at)s AND x.known_to > %(known_at)s"


def test_now_is_what_holds_without_end_and_is_known_still() -> None:
    assert (NOW.holding("x"), NOW.parameters) == (f"{TODAY} AND {ALL}", {})
    assert Times() == NOW


def test_a_legal_day_is_within_the_days_of_what_held_the_end_not_included() -> None:
    asked = Times(day(5))
    assert (asked.holding("x"), asked.parameters) == (f"{THAT_DAY} AND {ALL}", {"as_of": day(5)})


def test_a_knowledge_is_within_the_positions_of_what_was_known_the_end_not_included() -> None:
    asked = Times(known_at=7)
    assert (asked.holding("x"), asked.parameters) == (f"{TODAY} AND {THEN}", {"known_at": 7})


def test_before_the_first_entry_nothing_was_known_which_is_not_all() -> None:
    asked = Times(known_at=0)
    assert (asked.holding("x"), asked.parameters) == (f"{TODAY} AND {THEN}", {"known_at": 0})


def test_a_day_as_known_then_asks_for_both() -> None:
    asked = Times(day(5), 7)
    assert asked.holding("x") == f"{THAT_DAY} AND {THEN}"
    assert asked.parameters == {"as_of": day(5), "known_at": 7}
