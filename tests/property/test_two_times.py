"""What histories tell of any day as known at any position is what a fold of the entries of then tells."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from auctions.domain.asset.decisions import File
from auctions.domain.asset.possible import POSSIBLE
from auctions.domain.errors import Refused
from projections.following import Followed, followed
from projections.history import History
from projections.log import Event, LawsOverTime, commands, numbered
from projections.projection import folded
from projections.registry import read_models
from projections.timeline import Period, Row
from projections.unsold_totals import PROJECTION as TOTALS
from tests.unit.given import day, entry, fitting, given, struck, when

ASSET = UUID(int=7)
LAWS = LawsOverTime([])
HISTORIES = [model for model in read_models().values() if isinstance(model, History)]
NAMES = sorted(POSSIBLE)
steps = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 40), st.booleans()), max_size=30)


def lived(asked: list[tuple[str, int, bool]]) -> list[Event]:
    """A file of random entries, many of them late, some struck and some of these entered anew by the same
    command, at every third position of the log."""
    file: File = given(entry("seized", 1), entry("appraised", 2))
    begins = {1, 2}
    for name, on, strikes in asked:
        number = on % file.version + 1
        anew = [file.lines[number - 1][1]] if strikes and name < "p" else []
        wanted = [struck(number), *anew] if strikes else [fitting(name, file.state, on)]
        with suppress(Refused):
            version = file.version
            when(file, *wanted)
            begins.add(version + 1)
    return [Event(3 * number, ASSET, number, line, number in begins) for number, line in file.lines]


def by_commands(events: list[Event], entries: int) -> list[Event]:
    """The events of the commands recorded by so many entries."""
    while 0 < entries < len(events) and not events[entries].begins:
        entries -= 1
    return events[:entries]


def at(periods: list[Period], as_of: date, known_at: int) -> list[Row]:
    return [
        period.span.row
        for period in periods
        if period.span.on_from <= as_of < period.span.on_to
        and period.known_from <= known_at < period.known_to
    ]


@settings(max_examples=150, deadline=None)
@over(steps, st.integers(0, 41), st.integers(0, 40))
def test_rows_of_a_day_as_known_at_a_position_are_those_of_the_file_of_then(
    asked: list[tuple[str, int, bool]], until: int, entries: int
) -> None:
    events = lived(asked)
    known = numbered(by_commands(events, entries))
    periods = followed(ASSET, events, LAWS, HISTORIES).touched(0, LAWS.at(0)).periods
    file = folded(ASSET, known, LAWS.at(0), until=day(until)) if known else None
    for model in HISTORIES:
        found = at(list(periods[model.name].begun), day(until), 3 * entries + 2)
        assert sorted(found, key=str) == sorted(model.rows(file) if file else [], key=str), model.name


@settings(max_examples=100, deadline=None)
@over(steps, st.integers(1, 40))
def test_a_file_followed_page_by_page_changes_as_one_that_is_read_whole(
    asked: list[tuple[str, int, bool]], page: int
) -> None:
    events = lived(asked)
    file = Followed(ASSET, HISTORIES)
    stored: dict[str, set[Period]] = {model.name: set() for model in HISTORIES}
    done = 0
    while done < len(events):
        taken = by_commands(events, done + page)[done:] or list(next(commands(events[done:])))
        since = events[done].position - 1
        done += len(taken)
        for command in commands(taken):
            lines = numbered(command)
            if file.takes(lines):
                file.take(lines, command[-1].position, LAWS.at(0))
            else:
                file = followed(ASSET, events[:done], LAWS, HISTORIES)
                break
        for name, changed in file.touched(since, LAWS.at(0)).periods.items():
            for ended in changed.ended:
                stored[name].remove(ended._replace(known_to=2**63 - 1))
            stored[name] |= {*changed.begun, *changed.ended}
        file.settle()
    whole = followed(ASSET, events, LAWS, HISTORIES).touched(0, LAWS.at(0)).periods
    assert stored == {name: set(periods.begun) for name, periods in whole.items()}


@settings(max_examples=100, deadline=None)
@over(steps)
def test_no_two_periods_of_one_row_overlap_in_both_times(asked: list[tuple[str, int, bool]]) -> None:
    periods = followed(ASSET, lived(asked), LAWS, HISTORIES).touched(0, LAWS.at(0)).periods
    for model in HISTORIES:
        keys = len(model.primary_key.split(", "))
        for row, on_from, on_to, known_from, known_to in map(flat, periods[model.name].begun):
            same = [
                other
                for other in map(flat, periods[model.name].begun)
                if other[0][:keys] == row[:keys]
                and other[1] < on_to
                and on_from < other[2]
                and other[3] < known_to
                and known_from < other[4]
            ]
            assert len(same) == 1


def flat(period: Period) -> tuple[Row, date, date, int, int]:
    return (*period.span, period.known_from, period.known_to)


@settings(max_examples=60, deadline=None)
@over(steps)
def test_the_totals_of_a_file_add_up_to_the_row_that_stands(asked: list[tuple[str, int, bool]]) -> None:
    touched = followed(ASSET, lived(asked), LAWS, [TOTALS]).touched(0, LAWS.at(0))
    ever = [row for row in TOTALS.replayed([touched]) if row[0] == "province" and row[2] == "ever"]
    row = TOTALS.rows(touched.file)
    assert sum(n for *_, n, _price, _first in ever) == len(row)
    assert sum(price for *_, price, _first in ever) == sum(price for *_, price, _first in row)
