"""Random lives of a file: entries of every kind, late ones and strikes, of which many are refused."""

from contextlib import suppress
from copy import deepcopy
from datetime import date
from itertools import pairwise
from random import Random

from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import (
    AssetEntry,
    EntryStruck,
    PriceReduced,
    RoundAnnounced,
    RoundFailed,
)
from auctions.domain.asset.possible import EXITS, POSSIBLE
from auctions.domain.asset.state import Numbered, fold, standing, struck_by
from auctions.domain.errors import Refused
from tests.unit.given import day, fitting, given, struck, when

Step = tuple[str, int, int]
Walk = list[Step]
NAMES = sorted(POSSIBLE)
KEEPING = ["cost_accrued", "document_filed", "identified", "surveyed", "transferred"]
NOTED = {"appraisal_contracted", "auction_contracted", "parties_notified", "reappraisal_requested"}
LEAVING = {"redeemed", "released", "returned_to_debtor", "split", "merged"}
ASIDE = {*KEEPING, *NOTED, *LEAVING, "appraised", "suspended"}
kinds = st.sampled_from(["next"] * 8 + ["any", "late", "kept late", "strike"])
walks = st.lists(st.tuples(kinds, st.integers(0, 500), st.integers(0, 3)), min_size=15, max_size=40)


def proposed(file: File, kind: str, choice: int, days: int) -> AssetEntry:
    """A strike, or an entry so many days after the last one; a late one so many before it."""
    if kind == "strike":
        return struck(max(1, file.version - days))
    next_ones = [name for name in NAMES if file.state.stage in POSSIBLE[name] and name not in ASIDE]
    among = {"next": next_ones, "kept late": KEEPING}.get(kind) or NAMES
    last = max(0, (file.state.last_on - day(0)).days)
    on = max(0, last - 3 * days) if kind.endswith("late") else min(100, last + days)
    return fitting(among[choice % len(among)], file.state, on)


def walked(walk: Walk) -> File:
    """A file that was seized and appraised, and then what of the walk is not refused."""
    file = given("seized", "appraised")
    for step in walk:
        before = list(file.lines), deepcopy(file.state)
        try:
            when(file, proposed(file, *step))
        except Refused:
            assert (file.lines, file.state) == before
    return file


def days_of(lines: list[Numbered]) -> list[date]:
    return sorted({entry.on for _, entry in lines})


def without_strikes(file: File) -> list[Numbered]:
    out = struck_by(file.lines)
    return [(no, entry) for no, entry in file.lines if no not in out and not isinstance(entry, EntryStruck)]


@settings(max_examples=60, deadline=None)
@over(walks)
def test_the_state_a_file_keeps_is_the_one_its_lines_fold_to(walk: Walk) -> None:
    file = walked(walk)
    assert file.state == fold(file.lines) == File(file.lines).state


@settings(max_examples=60, deadline=None)
@over(walks)
def test_every_file_is_possible_again_from_the_beginning(walk: Walk) -> None:
    lines = walked(walk).lines
    again = File()
    when(again, *(entry for _, entry in standing(lines)))
    assert again.state == fold(lines)


@settings(max_examples=60, deadline=None)
@over(walks)
def test_the_state_of_a_day_is_the_fold_of_the_entries_up_to_it(walk: Walk) -> None:
    lines = without_strikes(file := walked(walk))
    for until in days_of(file.lines):
        known = [(no, entry) for no, entry in lines if entry.on <= until]
        assert fold(file.lines, until=until) == fold(known)
    assert fold(file.lines, until=day(-1)) == fold([])


@settings(max_examples=60, deadline=None)
@over(walks)
def test_a_struck_entry_has_no_influence(walk: Walk) -> None:
    file = walked(walk)
    assert file.state == fold(without_strikes(file))


@settings(max_examples=60, deadline=None)
@over(walks)
def test_the_counters_count_each_its_own(walk: Walk) -> None:
    file = walked(walk)
    entries, state = [entry for _, entry in without_strikes(file)], file.state
    assert len(state.rounds) == sum(isinstance(entry, RoundAnnounced) for entry in entries)
    assert state.failed_rounds == sum(isinstance(entry, RoundFailed) for entry in entries)
    assert state.reductions == sum(isinstance(entry, PriceReduced) for entry in entries)
    assert state.reductions <= state.failed_rounds <= len(state.rounds)
    assert all(earlier.round_no < later.round_no for earlier, later in pairwise(state.rounds))


@settings(max_examples=60, deadline=None)
@over(walks)
def test_every_reduction_lowers_the_price_and_every_round_has_one_in_force(
    walk: Walk,
) -> None:
    state = walked(walk).state
    for earlier, later in pairwise(state.steps):
        assert later.price < earlier.price or later.cause == "reappraised"
    assert {found.starting_price for found in state.rounds} <= {step.price for step in state.steps}


@settings(max_examples=60, deadline=None)
@over(walks)
def test_an_asset_is_unsold_or_won_or_gone_and_never_two_of_them(walk: Walk) -> None:
    state = walked(walk).state
    gone = state.stage in EXITS
    sold = state.sold_for is not None and not gone
    assert [state.unsold, sold, gone].count(True) == (state.seized is not None)
    assert not (state.preempted and state.round)


@settings(max_examples=60, deadline=None)
@over(walks, st.randoms())
def test_entries_of_distinct_days_tell_the_same_in_whatever_order_they_are_recorded(
    walk: Walk, random: Random
) -> None:
    entries = [entry for _, entry in standing(walked(walk).lines)]
    apart = [entry.model_copy(update={"on": day(number)}) for number, entry in enumerate(entries)]
    together = File()
    when(together, *random.sample(apart, len(apart)))
    assert together.state == fold(enumerate(apart, 1))
    one_by_one = recorded_singly(random.sample(apart, len(apart)))
    in_order = sorted((entry for _, entry in one_by_one.lines), key=lambda entry: entry.on)
    assert one_by_one.state == fold(enumerate(in_order, 1))


def recorded_singly(entries: list[AssetEntry]) -> File:
    """A file of the entries that are possible when each is recorded for itself; each is tried twice."""
    file = File()
    for entry in entries * 2:
        if entry not in [recorded for _, recorded in file.lines]:
            with suppress(Refused):
                when(file, entry)
    return file
