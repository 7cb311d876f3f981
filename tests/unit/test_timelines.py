"""What a timeline keeps of a file: through which legal days each row holds, and what was known when."""

import pytest

from projections.timeline import Period, Periods, Row, Span, Timeline, spans
from projections.times import NO_DAY, NO_POSITION
from tests.unit.given import day

A, B, C = ("a",), ("b",), ("c",)
Told = tuple[str, int, int | None, int, int | None]
"""A row, from day to day, known from position to position; None is without end."""


def told(periods: list[Period] | tuple[Period, ...]) -> list[Told]:
    found = []
    for (row, on_from, on_to), known_from, known_to in periods:
        end = None if on_to == NO_DAY else (on_to - day(0)).days
        known = None if known_to == NO_POSITION else known_to
        found.append((row[0], (on_from - day(0)).days, end, known_from, known))
    return sorted(found, key=str)


def all_of(timeline: Timeline) -> list[Told]:
    begun, ended = timeline.since(0)
    assert ended == []
    return told(list(begun))


def restated(timeline: Timeline, position: int, *days: tuple[int, list[Row]]) -> None:
    timeline.restate(spans((day(number), rows) for number, rows in days), position)


@pytest.fixture
def timeline() -> Timeline:
    """A holds from day 1, B from day 5 on, known from positions 10 and 20."""
    kept = Timeline()
    kept.stand([A], day(1), 10)
    kept.stand([B], day(5), 20)
    return kept


def test_a_row_holds_from_its_day_without_end() -> None:
    timeline = Timeline()
    timeline.stand([A], day(1), 10)
    assert all_of(timeline) == [("a", 1, None, 10, None)]


def test_a_row_that_another_follows_was_known_without_end_and_is_known_until_its_last_day(
    timeline: Timeline,
) -> None:
    assert all_of(timeline) == [("a", 1, 5, 20, None), ("a", 1, None, 10, 20), ("b", 5, None, 20, None)]


def test_a_row_that_goes_on_holding_is_told_of_once(timeline: Timeline) -> None:
    before = all_of(timeline)
    timeline.stand([B], day(9), 30)
    assert all_of(timeline) == before


def test_a_row_that_gives_way_on_its_own_day_held_on_no_day() -> None:
    timeline = Timeline()
    timeline.stand([A], day(1), 10)
    timeline.stand([B], day(1), 20)
    assert all_of(timeline) == [("a", 1, None, 10, 20), ("b", 1, None, 20, None)]


def test_a_change_that_is_taken_back_the_same_day_leaves_the_row_as_it_was(timeline: Timeline) -> None:
    timeline.stand([A], day(5), 30)
    assert all_of(timeline) == [
        ("a", 1, 5, 20, None),
        ("a", 1, None, 10, 20),
        ("a", 5, None, 30, None),
        ("b", 5, None, 20, 30),
    ]
    restated(timeline, 40, (1, [A]), (5, [A]))
    assert [each for each in all_of(timeline) if each[4] is None] == [("a", 1, None, 40, None)]


def test_a_file_that_tells_nothing_any_more_ends_its_rows(timeline: Timeline) -> None:
    timeline.stand([], day(9), 30)
    known = [each for each in all_of(timeline) if each[4] is None]
    assert known == [("a", 1, 5, 20, None), ("b", 5, 9, 30, None)]


def test_rows_of_several_things_come_and_go_each_for_itself() -> None:
    timeline = Timeline()
    timeline.stand([A, B], day(1), 10)
    timeline.stand([A, C], day(2), 20)
    assert all_of(timeline) == [
        ("a", 1, None, 10, None),
        ("b", 1, 2, 20, None),
        ("b", 1, None, 10, 20),
        ("c", 2, None, 20, None),
    ]


def test_a_late_entry_parts_the_days_and_what_it_does_not_bear_on_stays_known(timeline: Timeline) -> None:
    restated(timeline, 30, (1, [A]), (3, [C]), (5, [B]))
    assert all_of(timeline) == [
        ("a", 1, 3, 30, None),
        ("a", 1, 5, 20, 30),
        ("a", 1, None, 10, 20),
        ("b", 5, None, 20, None),
        ("c", 3, 5, 30, None),
    ]


def test_a_strike_lets_what_stood_before_hold_on(timeline: Timeline) -> None:
    restated(timeline, 30, (1, [A]))
    assert all_of(timeline) == [
        ("a", 1, 5, 20, 30),
        ("a", 1, None, 10, 20),
        ("a", 1, None, 30, None),
        ("b", 5, None, 20, 30),
    ]


def test_what_is_struck_and_entered_anew_in_other_words_gives_way_to_them(timeline: Timeline) -> None:
    restated(timeline, 30, (1, [A]), (5, [C]))
    assert all_of(timeline) == [
        ("a", 1, 5, 20, None),
        ("a", 1, None, 10, 20),
        ("b", 5, None, 20, 30),
        ("c", 5, None, 30, None),
    ]


def test_what_is_struck_and_entered_anew_in_the_same_words_changes_nothing(timeline: Timeline) -> None:
    before = all_of(timeline)
    restated(timeline, 30, (1, [A]), (5, [B]))
    assert all_of(timeline) == before
    assert timeline.since(20) == Periods([], [])


def test_what_changed_since_a_position_is_what_began_after_it_and_what_ended(timeline: Timeline) -> None:
    begun, ended = timeline.since(10)
    assert told(list(begun)) == [("a", 1, 5, 20, None), ("b", 5, None, 20, None)]
    assert told(list(ended)) == [("a", 1, None, 10, 20)]
    assert timeline.since(20) == Periods([], [])
    timeline.stand([C], day(6), 30)
    timeline.stand([A], day(7), 40)
    begun, ended = timeline.since(20)
    assert told(list(begun)) == [
        ("a", 7, None, 40, None),
        ("b", 5, 6, 30, None),
        ("c", 6, 7, 40, None),
        ("c", 6, None, 30, 40),
    ]
    assert told(list(ended)) == [("b", 5, None, 20, 30)]


def test_a_settled_timeline_goes_on_from_what_holds_without_end(timeline: Timeline) -> None:
    timeline.settle()
    assert all_of(timeline) == [("b", 5, None, 20, None)]
    timeline.stand([C], day(6), 30)
    begun, ended = timeline.since(20)
    assert told(list(begun)) == [("b", 5, 6, 30, None), ("c", 6, None, 30, None)]
    assert told(list(ended)) == [("b", 5, None, 20, 30)]


def test_spans_are_of_the_rows_at_the_end_of_each_day() -> None:
    days: list[tuple[int, list[Row]]] = [(1, [A]), (3, [A, B]), (4, [B]), (7, [A])]
    found = list(spans((day(number), rows) for number, rows in days))
    assert found == [
        Span(A, day(1), day(4)),
        Span(B, day(3), day(7)),
        Span(A, day(7), NO_DAY),
    ]
    assert list(spans([])) == []
