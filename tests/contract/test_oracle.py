"""The oracle itself, on logs written by hand."""

import ast
import inspect
import sys
from datetime import date
from fractions import Fraction
from types import ModuleType

import pytest

from tests.contract import oracle, oracle_lists
from tests.contract.oracle import Line, file_at, ladder_at
from tests.contract.written_logs import (
    ALL,
    ANNOUNCED,
    APPRAISED,
    FAILED,
    LATER,
    PAID,
    REDUCED,
    SEIZED,
    SOLD,
    WON,
    Entry,
    bare,
    day,
    file,
    strike,
)


def told(name: str, lines: list[Line], on: date = LATER, known: int = ALL) -> object:
    found = file_at(lines, on, known)
    return found[name] if found else "not seized"


def test_an_asset_is_told_from_the_day_of_its_seizure_and_from_when_that_is_known() -> None:
    lines = file(("document_filed", 7, {}), ("seized", 5, SEIZED[2]))
    assert told("stage", lines, day(4)) == "not seized"
    assert told("stage", lines, day(5)) == "awaiting_appraisal"
    assert told("stage", lines, day(5), 1) == told("stage", lines, day(5), 0) == "not seized"


def test_a_late_entry_is_told_on_its_own_day_once_it_is_known() -> None:
    lines = file(SEIZED, ("appraised", 8, {"value": 500}), APPRAISED)
    assert told("price", lines, day(3), 2) is None
    assert told("price", lines, day(3), 3) == 1000
    assert ladder_at(lines, LATER, 3) == [
        ("appraised", "2025-01-02", 1000),
        ("reappraised", "2025-01-08", 500),
    ]
    assert ladder_at(lines, LATER, 2) == [("appraised", "2025-01-08", 500)]
    assert ladder_at(lines, day(1), 0) == []


def test_a_strike_counts_from_its_own_position_on_whatever_its_day() -> None:
    lines = file(SEIZED, APPRAISED, strike(2, on=30))
    assert [told("price", lines, day(2), known) for known in (1, 2, 3)] == [None, 1000, None]


def test_what_is_struck_and_entered_anew_is_told_as_it_was_known() -> None:
    lines = file(SEIZED, APPRAISED, strike(2), ("appraised", 4, {"value": 700}))
    assert [told("price", lines, day(3), known) for known in (2, 3, 4)] == [1000, None, None]
    assert [told("price", lines, day(4), known) for known in (2, 3, 4)] == [1000, None, 700]


def test_entries_of_one_day_are_taken_by_their_number() -> None:
    for prices in ([700, 800], [800, 700]):
        lines = file(SEIZED, *(("appraised", 2, {"value": price}) for price in prices))
        assert told("price", lines) == prices[1]


def test_a_struck_seizure_takes_the_asset_out_of_the_register() -> None:
    assert told("stage", file(SEIZED, strike(1)), known=2) == "not seized"


@pytest.mark.parametrize(
    ("entries", "stage"),
    [
        ((SEIZED,), "awaiting_appraisal"),
        ((SEIZED, APPRAISED), "awaiting_round"),
        ((SEIZED, APPRAISED, ANNOUNCED), "announced"),
        ((SEIZED, APPRAISED, ANNOUNCED, bare("round_postponed")), "announced"),
        ((SEIZED, APPRAISED, ANNOUNCED, bare("round_cancelled")), "awaiting_round"),
        ((SEIZED, APPRAISED, ANNOUNCED, FAILED), "awaiting_reduction"),
        ((SEIZED, APPRAISED, ANNOUNCED, FAILED, REDUCED), "awaiting_round"),
        (SOLD, "won"),
        ((*SOLD, bare("winner_defaulted")), "awaiting_round"),
        ((*SOLD, PAID), "paid"),
        ((*SOLD, PAID, bare("suspended")), "suspended"),
        ((*SOLD, PAID, bare("suspended"), bare("resumed")), "paid"),
        ((*SOLD, PAID, bare("delivered")), "delivered"),
        (
            (*SOLD, PAID, bare("delivered"), bare("result_annulled")),
            "awaiting_round",
        ),
        ((SEIZED, APPRAISED, ANNOUNCED, FAILED, bare("taken_in_lieu"), bare("delivered")), "taken_in_lieu"),
        ((SEIZED, bare("suspended"), bare("released")), "released"),
        ((SEIZED, bare("split")), "split"),
    ],
)
def test_the_stage_is_what_the_file_waits_for_or_how_the_asset_left(
    entries: tuple[Entry, ...], stage: str
) -> None:
    assert told("stage", file(*entries)) == stage
    assert told("unsold", file(*entries)) == (
        stage not in {"won", "paid", "delivered", "taken_in_lieu", "released", "split"}
        and not (stage == "suspended" and WON in entries)
    )


def test_co_owners_who_accepted_have_bought_at_the_price_they_were_offered() -> None:
    offered, accepted = (
        ("preemption_offered", 3, {"price": 990}),
        ("preemption_answered", 4, {"accepted": True}),
    )
    refused = ("preemption_answered", 5, {"accepted": False})
    assert told("sold_for", file(SEIZED, APPRAISED, offered)) is None
    assert told("sold_for", file(SEIZED, APPRAISED, offered, accepted)) == 990
    assert told("sold_for", file(SEIZED, APPRAISED, offered, accepted, refused)) is None


def test_in_lieu_opens_with_two_reductions_and_a_failed_round_after_them() -> None:
    again = [ANNOUNCED, FAILED, REDUCED, ANNOUNCED, FAILED]
    entries = [(name, number, data) for number, (name, _, data) in enumerate([*again, REDUCED, ANNOUNCED], 3)]
    lines = file(SEIZED, APPRAISED, *entries, bare("round_failed", 20), bare("round_announced", 21))
    open_on = [number for number in range(1, 28) if told("in_lieu_open", lines, day(number)) is True]
    assert open_on == [20]


def test_counters_office_costs_and_what_is_left_are_those_of_the_day() -> None:
    cost, moved = ("cost_accrued", 6, {"amount": 7}), ("transferred", 7, {"to_office": "KV-5"})
    found = file_at(file(SEIZED, APPRAISED, ANNOUNCED, FAILED, REDUCED, cost, cost, moved), LATER, ALL)
    assert found
    names = ("rounds", "failed_rounds", "reductions", "costs", "office", "last_round_on", "left_of_first")
    assert [found[name] for name in names] == [1, 1, 1, 14, "KV-5", "2025-01-04", Fraction(9, 10)]


@pytest.mark.parametrize("module", [oracle, oracle_lists])
def test_the_oracle_shares_no_code_with_the_product(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    froms = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    of_others = {name for name in froms + names if name.split(".")[0] not in sys.stdlib_module_names}
    assert of_others <= {"tests.contract.oracle"}
