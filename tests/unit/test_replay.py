"""How a file grew: what each entry changed, which came late, which were struck, what the law found."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.law import Law, law
from auctions.domain.days import VIETNAM
from auctions.domain.event import Envelope, Recorded
from projections.replay import Step, replay
from tests.unit.given import PRICE, day, entry, struck
from tests.unit.rows_law_of_2008 import failed, reduced
from tests.unit.rules_table import at

ASSET = UUID(int=17)
FAILED = (
    entry("seized", 1),
    entry("appraised", 2),
    entry("round_announced", 3, round_no=1, starting_price=PRICE),
    entry("round_failed", 6, round_no=1),
)
CUT = entry("price_reduced", 9, to_price=900_000_000)
NOTICE = at("2024-06-03", "parties_notified", of="failure")
EARLY_CUT = at("2024-06-12", "price_reduced", to_price=950_000_000, decided_by="officer")


def file(*commands: AssetEntry | tuple[AssetEntry, ...]) -> list[Recorded]:
    """A file whose entry n is at position 10 n; the entries of a tuple were recorded by one command."""
    lines: list[Recorded] = []
    for number, command in enumerate(commands):
        envelope = Envelope("CB-7", "KV-3", "officer", UUID(int=number))
        for each in command if isinstance(command, tuple) else (command,):
            at_nine = datetime(2025, 6, 1, 9, tzinfo=VIETNAM) + timedelta(days=len(lines))
            place = len(lines) + 1
            lines.append(Recorded(ASSET, place, each, 10 * place, at_nine, envelope))
    return lines


def of_vietnam(_: str) -> Law:
    return law("vn")


def steps(*commands: AssetEntry | tuple[AssetEntry, ...], until: int | None = None) -> list[Step]:
    return replay(file(*commands), of_vietnam, until=None if until is None else day(until))


def changed(step: Step) -> dict[str, tuple[Any, Any]]:
    return {change.field: (change.before, change.after) for change in step.changes}


def rules(step: Step) -> list[tuple[int, str]]:
    return [(finding.entry_no, finding.breach.rule.key) for finding in step.found]


def test_a_step_tells_what_changed_and_nothing_else() -> None:
    *_, failure, cut = steps(*FAILED, CUT)
    assert changed(failure) == {
        "stage": ("announced", "awaiting_reduction"),
        "failed_rounds": (0, 1),
        "round": (1, None),
        "round_1": (None, {"outcome": "failed", "ended_on": day(6), "reason": "no_registrant"}),
    }
    assert changed(cut) == {
        "stage": ("awaiting_reduction", "awaiting_round"),
        "price": (PRICE, 900_000_000),
        "reductions": (0, 1),
    }
    assert not cut.late
    assert cut.strike is None


def test_the_seizure_begins_with_nothing() -> None:
    (seizure,) = steps(FAILED[0])
    assert changed(seizure) == {
        "office": ("", "KV-3"),
        "stage": ("unfiled", "awaiting_appraisal"),
        "unsold": (False, True),
    }
    assert not seizure.late


def test_the_round_under_way_is_told_with_its_auction() -> None:
    nine = datetime(2025, 1, 20, 9, tzinfo=VIETNAM)
    announced = entry("round_announced", 3, round_no=1, starting_price=PRICE, auction_at=nine)
    moved = entry("round_postponed", 4, round_no=1, auction_at=nine + timedelta(days=7))
    *_, first, put_off = steps(*FAILED[:2], announced, moved)
    assert changed(first) == {
        "stage": ("awaiting_round", "announced"),
        "rounds": (0, 1),
        "round": (None, 1),
        "auction_at": (None, nine),
    }
    assert changed(put_off) == {"auction_at": (nine, nine + timedelta(days=7))}


def test_an_entry_that_lands_earlier_is_late_and_tells_what_it_changed_of_the_later_state() -> None:
    *_, cost, again = steps(*FAILED, CUT, entry("cost_accrued", 8), entry("cost_accrued", 9))
    assert (cost.late, again.late) == (True, False)
    assert changed(cost) == {"costs": (0, 2_500_000)}


def test_a_result_entered_anew_tells_what_is_told_of_the_round_now() -> None:
    anew = entry("round_failed", 6, round_no=1, reason="no_bid")
    *_, last = steps(*FAILED, (struck(4), anew))
    assert changed(last) == {
        "round_1": tuple(
            {"outcome": "failed", "ended_on": day(6), "reason": reason}
            for reason in ("no_registrant", "no_bid")
        )
    }


def test_an_entry_that_changes_nothing_says_so() -> None:
    *_, filed = steps(*FAILED, entry("document_filed", 7))
    assert (filed.changes, filed.found, filed.lifted) == ([], [], [])


def test_a_struck_entry_tells_which_entry_strikes_it_and_the_strike_what_it_undid() -> None:
    *_, cut, strike = steps(*FAILED, CUT, struck(5))
    assert cut.strike is strike.line
    assert changed(cut)["price"] == (PRICE, 900_000_000)
    assert changed(strike)["price"] == (900_000_000, PRICE)
    assert strike.strike is None


def test_a_result_that_is_struck_is_told_no_more() -> None:
    *_, strike = steps(*FAILED, struck(4))
    result = {"outcome": "failed", "ended_on": day(6), "reason": "no_registrant"}
    assert changed(strike)["round_1"] == (result, None)


def test_what_is_seized_anew_after_the_seizure_was_struck_is_not_late() -> None:
    *_, strike, anew = steps(FAILED[0], struck(1), FAILED[0])
    assert changed(strike)["stage"] == ("awaiting_appraisal", "unfiled")
    assert not anew.late


def test_what_one_command_records_is_known_at_once_and_changes_the_file_with_its_last_entry() -> None:
    anew = entry("price_reduced", 9, to_price=950_000_000)
    *_, announced, first, second, last = steps(
        *FAILED,
        CUT,
        entry("round_announced", 12, round_no=2, starting_price=900_000_000),
        (struck(6), struck(5), anew),
    )
    assert announced.together == []
    assert first.together == second.together == last.together == [7, 8, 9]
    assert [step.changes for step in (first, second)] == [[], []]
    assert changed(last) == {
        "stage": ("announced", "awaiting_round"),
        "price": (900_000_000, 950_000_000),
        "rounds": (2, 1),
        "round": (2, None),
    }
    assert [step.late for step in (first, second, last)] == [False, False, True]


def test_an_entry_that_breaks_the_law_of_its_day_has_its_finding_and_loses_it_when_struck() -> None:
    strike = at("2024-06-20", "entry_struck", entry_no=5)
    *_, cut, struck_out = steps(*failed(1), *reduced(850_000_000), strike)
    assert rules(cut) == [(5, "FAIL-03")]
    (found,) = cut.found
    assert (found.breach.asked, found.breach.allowed) == (850_000_000, 900_000_000)
    assert (struck_out.found, struck_out.lifted) == ([], [found])


def test_a_late_entry_has_the_findings_that_another_gets_by_it() -> None:
    *_, cut, notice = steps(*failed(1), EARLY_CUT, NOTICE)
    assert (cut.found, notice.late) == ([], True)
    assert rules(notice) == [(5, "FAIL-02")]


def test_entries_of_one_command_have_each_their_own_findings_the_last_those_of_others() -> None:
    cost = at("2024-06-12", "cost_accrued")
    *_, cut, own = steps(*failed(1), (*reduced(850_000_000), cost))
    assert (rules(cut), rules(own)) == ([(5, "FAIL-03")], [])
    *_, notice, last = steps(*failed(1), EARLY_CUT, (NOTICE, cost))
    assert (rules(notice), rules(last)) == ([], [(5, "FAIL-02")])


def test_as_of_a_day_entries_are_left_out_that_do_not_bear_on_it() -> None:
    told = steps(*FAILED, CUT, entry("cost_accrued", 20), entry("cost_accrued", 2), until=6)
    assert [step.line.entry_no for step in told] == [1, 2, 3, 4, 7]
    assert changed(told[-1]) == {"costs": (0, 2_500_000)}
    told = steps(*FAILED, CUT, struck(5), entry("cost_accrued", 20), until=9)
    assert [step.line.entry_no for step in told] == [1, 2, 3, 4, 5, 6]
    assert changed(told[-1])["price"] == (900_000_000, PRICE)


def test_a_command_that_is_left_out_in_part_changes_the_day_with_the_last_entry_that_bears_on_it() -> None:
    told = steps(*FAILED[:2], (entry("cost_accrued", 3), entry("cost_accrued", 8)), until=5)
    assert [(step.line.entry_no, step.together) for step in told] == [(1, []), (2, []), (3, [3, 4])]
    assert changed(told[-1]) == {"costs": (0, 2_500_000)}


def test_an_entry_is_late_by_the_file_of_then_whatever_day_is_asked_about() -> None:
    told = steps(*FAILED[:2], entry("cost_accrued", 30), entry("cost_accrued", 4), until=5)
    assert [(step.line.entry_no, step.late) for step in told] == [(1, False), (2, False), (4, True)]
