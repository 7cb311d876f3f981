"""A read model as of a day is the read model of the entries up to that day."""

from contextlib import suppress
from uuid import UUID

from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import EntryStruck
from auctions.domain.asset.law import Law, law
from auctions.domain.asset.possible import POSSIBLE
from auctions.domain.asset.state import struck_by
from auctions.domain.errors import Refused
from projections.projection import folded
from projections.registry import read_models
from tests.unit.given import day, entry, fitting, given, struck, when

NAMES = sorted(POSSIBLE)
numbers = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(2, 60)), max_size=25)


def lived(steps: list[tuple[str, int]], strike: int) -> File:
    file = given(entry("seized", 1), entry("appraised", 2))
    for name, on in sorted(steps, key=lambda step: step[1] // 10):
        with suppress(Refused):
            when(file, fitting(name, file.state, on))
    with suppress(Refused):
        when(file, struck(strike))
    return file


def of_vietnam(_: str) -> Law:
    return law("vn")


@settings(max_examples=60, deadline=None)
@over(numbers, st.integers(1, 12), st.integers(0, 61))
def test_the_rows_as_of_a_day_are_those_of_the_file_cut_off_after_it(
    steps: list[tuple[str, int]], strike: int, until: int
) -> None:
    file = lived(steps, strike)
    out = struck_by(file.lines)
    cut = [
        (number, line)
        for number, line in file.lines
        if number not in out and not isinstance(line, EntryStruck) and line.on <= day(until)
    ]
    for model in read_models().values():
        then = model.rows(folded(UUID(int=1), file.lines, of_vietnam, until=day(until)))
        assert then == (model.rows(folded(UUID(int=1), cut, of_vietnam)) if cut else [])
        assert until or not then
