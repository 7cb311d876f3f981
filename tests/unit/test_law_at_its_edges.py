"""The law where terms of two regimes, offices or rounds meet."""

from datetime import date

import pytest

from auctions.application.offices import change_rules
from auctions.application.recording import Actor, record
from auctions.domain.asset.law import Law, law
from auctions.domain.asset.next_actions import next_actions
from auctions.domain.asset.plan import plan
from auctions.rules.rulebook import RulebookError
from auctions.store.memory import MemoryStore
from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import (
    ACCEPTED,
    CREDITOR_ASKED,
    CUT_TWICE,
    LAND,
    VALUED,
    called_off,
    defaulted,
    failed,
)
from tests.unit.rules_table import at, broken, lived, moved
from tests.unit.test_offices import CLERK, STREAM, limited
from tests.unit.test_rulebooks import counting, read, with_line

VN = law("vn")


def test_a_later_failure_had_no_old_term_so_the_new_one_runs_from_the_first_of_july() -> None:
    life = moved(failed(2), date(2026, 6, 22))
    assert broken(VN, (*life, at("2026-07-03", "parties_notified", of="failure"))) == []


def test_delivery_to_the_creditor_had_no_old_term_so_the_new_one_runs_from_the_first_of_july() -> None:
    taken = (*failed(3), CREDITOR_ASKED, ACCEPTED, at("2024-07-10", "taken_in_lieu"))
    assert broken(VN, (*moved(taken, date(2026, 6, 15)), at("2026-08-17", "delivered"))) == []


@pytest.mark.parametrize(
    ("won", "day"), [("2026-06-15", date(2026, 7, 15)), ("2026-06-21", date(2026, 7, 21))]
)
def test_a_term_that_outlasts_a_version_and_the_next_ends_by_the_one_after(won: str, day: date) -> None:
    shorter = law("vn", (("PAY-01", date(2026, 6, 20), 20),), 1)
    announced = at("2026-04-01", "round_announced", round_no=1, starting_price=PRICE)
    life = (LAND, VALUED, announced, at(won, "round_won", round_no=1))
    found = shorter.deadline(lived(life).state, at(won, "sale_paid"))
    assert found
    assert (found.day, found.rule.key) == (day, "N-PAY-01.usual")


def test_the_earliest_auction_is_lawful_when_registration_closes_on_a_saturday() -> None:
    fields = {
        "round_no": 1,
        "starting_price": PRICE,
        "posted_on": "2025-05-05",
        "registration_to": "2025-06-28",
    }
    like = at("2025-06-02", "round_announced", **fields)
    first = VN.earliest(lived((LAND, VALUED)).state, like, date(2025, 6, 29), "auction_day")
    held = at("2025-06-02", "round_announced", auction_at=first.isoformat(), **fields)
    assert (first, broken(VN, (LAND, VALUED, held))) == (date(2025, 7, 2), [])


def test_after_a_default_a_round_is_announced_and_no_price_reduced() -> None:
    state = lived((*failed(1), *defaulted(2))).state
    names = [action.action for action in next_actions(state, VN)]
    assert "announce" in names
    assert "reduce_price" not in names


def test_a_plan_after_a_default_goes_on_with_a_round() -> None:
    state = lived((*failed(1), *defaulted(2))).state
    assert plan(state, VN, cut=500, rounds=2, today=date(2024, 7, 1)).steps


def test_the_debtors_window_ends_on_its_own_day_whatever_is_entered_later() -> None:
    life = (*failed(3), CREDITOR_ASKED, ACCEPTED, at("2024-08-01", "surveyed"))
    due = {action.action: action.due for action in next_actions(lived(life).state, VN)}
    assert due.get("redeem") in {None, date(2024, 7, 1)}
    due = {action.action: action.due for action in next_actions(lived(life).state, law("it"))}
    assert due.get("redeem") is None


def test_the_flag_of_in_lieu_and_the_law_say_the_same_after_a_cancelled_round() -> None:
    life = (*failed(3), *called_off(4, CUT_TWICE))
    lawful = broken(VN, (*life, at("2024-06-03", "in_lieu_offered"))) == []
    assert lawful is lived(life).state.in_lieu_open


@pytest.mark.parametrize("words", ["{limit.x}", "{limit[0]}", "{limit:d}"])
def test_any_placeholder_but_the_limit_alone_is_told(words: str) -> None:
    with pytest.raises(RulebookError):
        read(with_line(f'en = "{words}"', "en"))


def test_a_rule_that_succeeds_none_is_told() -> None:
    book = read(counting('since = ["seized"]\nsucceeds = "R-99"'))
    with pytest.raises(RulebookError, match="R-99"):
        Law(book, "land")


def test_a_late_decision_keeps_the_version_of_the_law_that_judged_it() -> None:
    store = MemoryStore()
    transferred = at("2024-06-05", "transferred", to_office="KV-5")
    record(store, stream_id=STREAM, entries=(*failed(1), transferred), by=CLERK, as_found=True)
    change_rules(
        store, [limited("FAIL-03", 9).model_copy(update={"office": "KV-3"})], by=Actor("clerk", "KV-3")
    )
    cut = at("2024-06-03", "price_reduced", to_price=940_000_000, decided_by="agreement")
    record(store, stream_id=STREAM, entries=(cut,), by=CLERK)
    assert store.read([STREAM])[STREAM][-1].envelope.rulebook.endswith("+1")
