"""An office chooses its rulebook and sets limits of its own; each change is an entry of its file."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from auctions.application.offices import change_rules
from auctions.application.recording import Actor, OfficeLaws, load, record
from auctions.domain.asset.breaches import Unlawful
from auctions.domain.asset.events import asset_id
from auctions.domain.asset.law import law
from auctions.domain.errors import Refused
from auctions.domain.office.decisions import check
from auctions.domain.office.events import (
    ENTRIES,
    BookClosed,
    LimitOverridden,
    OfficeEntry,
    RulebookChosen,
    office_id,
)
from auctions.domain.office.state import State, evolve, fold
from auctions.rules.rulebook import rulebooks
from auctions.store.memory import MemoryStore
from tests.unit.rows_law_of_2008 import failed, reduced
from tests.unit.rules_table import at, lived

TODAY = date(2024, 6, 3)
CLERK = Actor("clerk", "KV-3")
STREAM = asset_id("KV-3", "TS-17")


def chosen(rulebook: str, on: date = TODAY, office: str = "KV-3") -> RulebookChosen:
    return RulebookChosen(on=on, office=office, rulebook=rulebook)


def limited(rule: str, limit: int, effective_on: date = TODAY, on: date = TODAY) -> LimitOverridden:
    fields = {"office": "KV-3", "rule": rule, "limit": limit, "reason": "directive of the head"}
    return LimitOverridden.model_validate({"on": on, "effective_on": effective_on} | fields)


def refusal(entry: OfficeEntry, *before: OfficeEntry) -> Refused:
    with pytest.raises(Refused) as caught:
        check(fold(before), entry, today=TODAY)
    return caught.value


def test_an_office_that_chose_nothing_judges_by_the_law_of_vietnam() -> None:
    assert fold([]) == State("vn", (), 0)
    assert fold([]).law.version == f"vn:{rulebooks()['vn'].version}"


def test_an_office_judges_by_the_rulebook_it_chose_last() -> None:
    state = fold([chosen("it"), chosen("kr-30")])
    assert state == State("kr-30", (), 2)
    assert state.law.book.id == "kr-30"
    assert state.law.version == f"kr-30:{rulebooks()['kr-30'].version}+2"


def test_limits_are_kept_in_the_order_they_were_decided() -> None:
    state = fold([limited("FAIL-03", 5), limited("FAIL-03", 8, date(2024, 1, 1))])
    assert state == State("vn", (("FAIL-03", TODAY, 5), ("FAIL-03", date(2024, 1, 1), 8)), 2)
    found = [(rule.valid_from, rule.limit) for rule in state.law.book.rule if rule.key == "FAIL-03"]
    assert found == [(date(2015, 7, 1), 10), (date(2024, 1, 1), 8)]
    assert state.law.version.endswith("+2")


def test_another_rulebook_drops_the_limits_and_the_same_one_keeps_them() -> None:
    state = fold([limited("FAIL-03", 5)])
    assert evolve(state, chosen("vn")) == State("vn", (("FAIL-03", TODAY, 5),), 2)
    assert evolve(state, chosen("it")) == State("it", (), 2)
    assert fold([limited("FAIL-03", 5), chosen("it"), chosen("vn")]) == State("vn", (), 3)


def test_a_rulebook_that_is_none_is_refused_with_those_there_are() -> None:
    refused = refusal(chosen("fr"))
    assert refused.code == "unknown-rulebook"
    assert refused.message == "fr is no rulebook: expected it, kr-20, kr-30, vn"
    check(fold([]), chosen("kr-20"), today=TODAY)


@pytest.mark.parametrize("entry", [chosen("it"), limited("FAIL-03", 5)], ids=lambda entry: entry.entry_name())
def test_a_change_is_not_dated_in_the_future(entry: OfficeEntry) -> None:
    check(fold([]), entry, today=TODAY)
    tomorrow = entry.model_copy(update={"on": TODAY + timedelta(1)})
    refused = refusal(tomorrow)
    assert refused.code == "dated-in-the-future"
    assert refused.message == f"{entry.entry_name()} on 2024-06-04, after today, 2024-06-03"


def test_a_limit_may_take_effect_in_the_future() -> None:
    check(fold([]), limited("FAIL-03", 5, date(2030, 1, 1)), today=TODAY)


@pytest.mark.parametrize("rule", ["FAIL-99", "VAL-03", "FAIL-07", "CO-01", "IT-591.half", "fail-03"])
def test_a_rule_without_a_number_in_the_rulebook_is_refused_with_those_that_have_one(rule: str) -> None:
    refused = refusal(limited(rule, 5))
    assert refused.code == "unknown-rule"
    begin = f"{rule} is no rule with a number in rulebook vn: expected VAL-01, REV-01.once, "
    assert refused.message.startswith(begin)
    assert refused.message.endswith(", LDG-13.registration_again")
    assert "FAIL-07" not in refused.message.removeprefix(rule)


def test_a_limit_is_of_the_rulebook_chosen_last() -> None:
    check(fold([chosen("it")]), limited("IT-591.half", 40), today=TODAY)
    assert refusal(limited("FAIL-03", 5), chosen("it")).code == "unknown-rule"


@pytest.mark.parametrize(
    ("rule", "stricter", "looser", "law_says", "article"),
    [
        ("FAIL-03", 9, 11, 10, "L26/2008 art 104(5)"),
        ("FAIL-02", 11, 9, 10, "L26/2008 art 104(1)"),
        ("FAIL-04", 3, 1, 2, "L26/2008 art 104(2)"),
        ("FAIL-05", 31, 29, 30, "L26/2008 art 104(2)"),
        ("N-FAIL-02.window", 6, 4, 5, "D152/2026 art 65(6), 66"),
        ("LDG-04.least", 6, 4, 5, "L01/2016 art 39(1)"),
        ("LDG-04.most", 19, 21, 20, "L01/2016 art 39(1)"),
    ],
)
def test_a_limit_that_is_sure_in_the_law_is_only_made_stricter(
    rule: str, stricter: int, looser: int, law_says: int, article: str
) -> None:
    check(fold([]), limited(rule, stricter), today=TODAY)
    check(fold([]), limited(rule, law_says), today=TODAY)
    refused = refusal(limited(rule, looser))
    assert refused.code == "limit-not-stricter"
    assert refused.message == f"{rule} is sure ({article}, {law_says}): it can only be made stricter"
    assert refused.details == {"asked": looser, "allowed": law_says}


@pytest.mark.parametrize("rule", ["N-FAIL-03", "LDG-02.movable", "LDG-13.movable", "N-FAIL-01.in_lieu"])
@pytest.mark.parametrize("limit", [0, 1, 50])
def test_a_limit_that_is_not_sure_is_set_either_way(rule: str, limit: int) -> None:
    check(fold([]), limited(rule, limit), today=TODAY)


def test_a_rule_that_was_sure_once_is_only_made_stricter() -> None:
    assert refusal(limited("LDG-03", 1)).code == "limit-not-stricter"
    check(fold([]), limited("LDG-03", 3), today=TODAY)


MOST = [
    ("N-FAIL-03", 100, "percent"),
    ("LDG-04.least", 100, "percent"),
    ("FAIL-02", 3650, "day"),
    ("LDG-13.movable", 2500, "working_day"),
    ("CO-01.movable", 120, "month"),
    ("FAIL-04", 1000, "times"),
]


@pytest.mark.parametrize(("rule", "most", "unit"), MOST)
def test_a_limit_above_what_its_unit_can_bear_is_refused(rule: str, most: int, unit: str) -> None:
    check(fold([]), limited(rule, most), today=TODAY)
    refused = refusal(limited(rule, most + 1))
    assert refused.code == "limit-out-of-range"
    assert refused.message == f"{most + 1} is no limit in {unit}: expected at most {most}"
    assert refused.details == {"asked": most + 1, "allowed": most}


def test_a_rule_with_two_units_over_time_takes_a_limit_that_both_can_bear() -> None:
    check(fold([]), limited("LDG-03", 2500), today=TODAY)
    assert refusal(limited("LDG-03", 2501)).details["allowed"] == 2500


def test_a_limit_out_of_range_is_told_before_one_that_is_not_stricter() -> None:
    assert refusal(limited("FAIL-03", 101)).code == "limit-out-of-range"
    assert refusal(limited("FAIL-03", 100)).code == "limit-not-stricter"


@pytest.mark.parametrize(("rule", "most", "unit"), MOST)
def test_the_highest_limit_still_judges(rule: str, most: int, unit: str) -> None:
    assert unit
    strict = law("vn", ((rule, TODAY, most),), 1)
    state = lived(failed(1)).state
    for name, fields in (
        ("round_announced", {"round_no": 2, "starting_price": 1, "auction_at": "2024-06-20"}),
        ("price_reduced", {"to_price": 1}),
        ("preemption_offered", {"until": "2024-06-20"}),
        ("in_lieu_offered", {}),
    ):
        like = at("2024-06-03", name, **fields)
        strict.judge(state, like)
        strict.deadline(state, like)
        strict.deadline(state, like, "posting_day")
        assert strict.earliest(state, like, TODAY) >= TODAY


def test_the_entries_of_an_office_have_their_names() -> None:
    named = {"rulebook_chosen": RulebookChosen, "limit_overridden": LimitOverridden}
    assert named | {"book_closed": BookClosed} == ENTRIES
    assert office_id("KV-3") == office_id("KV-3") != office_id("KV-5")


def test_changes_recorded_together_are_checked_one_after_the_other() -> None:
    store = MemoryStore()
    receipt = change_rules(store, [chosen("it"), limited("IT-591.quarter", 20)], by=CLERK)
    assert len(receipt.positions) == 2
    assert OfficeLaws(store)("KV-3").version == f"it:{rulebooks()['it'].version}+2"
    assert OfficeLaws(store)("KV-5").version == f"vn:{rulebooks()['vn'].version}"
    with pytest.raises(Refused, match="IT-591"):
        change_rules(store, [limited("FAIL-03", 5)], by=CLERK)
    with pytest.raises(Refused):
        change_rules(store, [chosen("vn"), limited("FAIL-03", 11)], by=CLERK)
    change_rules(store, [chosen("vn"), limited("FAIL-03", 5)], by=CLERK)
    assert OfficeLaws(store)("KV-3").version == f"vn:{rulebooks()['vn'].version}+4"
    lines = store.read([office_id("KV-3")])[office_id("KV-3")]
    assert [line.entry_no for line in lines] == [1, 2, 3, 4]
    assert {line.envelope.actor for line in lines} == {"clerk"}


def test_a_change_dated_in_the_future_is_not_recorded() -> None:
    store = MemoryStore()
    with pytest.raises(Refused) as caught:
        change_rules(store, [chosen("it", date(2900, 1, 1))], by=CLERK)
    assert caught.value.code == "dated-in-the-future"
    assert store.log == []


def test_decisions_are_held_to_the_offices_own_limit_and_keep_which_law_judged_them() -> None:
    store = MemoryStore()
    record(store, stream_id=STREAM, entries=failed(1), by=CLERK, as_found=True)
    change_rules(store, [limited("FAIL-03", 5)], by=CLERK)
    with pytest.raises(Unlawful) as caught:
        record(store, stream_id=STREAM, entries=reduced(940_000_000), by=CLERK)
    assert caught.value.details["allowed"] == 950_000_000
    outcome = record(store, stream_id=STREAM, entries=reduced(949_999_999), by=CLERK)
    assert [(note.rule.key, note.tolerated) for note in outcome.notes] == [("FAIL-03", True)]
    envelopes = [line.envelope for line in store.read([STREAM])[STREAM]]
    assert [envelope.rulebook for envelope in envelopes] == [
        "",
        "",
        "",
        "",
        f"vn:{rulebooks()['vn'].version}+1",
    ]


def test_a_window_that_must_run_out_is_made_longer_by_an_office() -> None:
    state = fold([limited("FAIL-02", 15)])
    longer = [rule for rule in state.law.book.rule if rule.key == "FAIL-02" and rule.valid_from == TODAY]
    assert [(rule.after, rule.at_least, rule.at_most) for rule in longer] == [(15, None, None)]
    officer = at("2024-06-14", "price_reduced", to_price=950_000_000, decided_by="officer")
    found = state.law.judge(lived(failed(1)).state, officer)
    assert [(breach.asked, breach.allowed) for breach in found] == [("2024-06-14", "2024-06-18")]


@pytest.mark.parametrize(("on", "refuses"), [("2024-06-03", "KV-3"), ("2024-06-06", "KV-5")])
def test_a_late_decision_is_held_to_the_limit_of_the_office_that_had_the_file_on_its_day(
    on: str, refuses: str
) -> None:
    moved = at("2024-06-05", "transferred", to_office="KV-5")
    cut = at(on, "price_reduced", to_price=940_000_000, decided_by="agreement")
    for strict in ("KV-3", "KV-5"):
        store = MemoryStore()
        record(store, stream_id=STREAM, entries=(*failed(1), moved), by=CLERK, as_found=True)
        limit = limited("FAIL-03", 5).model_copy(update={"office": strict})
        change_rules(store, [limit], by=Actor("clerk", strict))
        if strict == refuses:
            with pytest.raises(Unlawful, match=r"allowed at least 950,000,000"):
                record(store, stream_id=STREAM, entries=(cut,), by=CLERK)
        else:
            assert record(store, stream_id=STREAM, entries=(cut,), by=CLERK).notes == []


def test_a_seizure_is_decided_under_the_law_of_the_office_that_seizes() -> None:
    store = MemoryStore()
    change_rules(store, [chosen("kr-20")], by=CLERK)
    command_id = uuid4()
    first = record(store, stream_id=STREAM, entries=failed(1)[:1], by=CLERK, command_id=command_id)
    again = record(store, stream_id=STREAM, entries=failed(1)[:1], by=CLERK, command_id=command_id)
    assert again == first
    line = store.read([STREAM])[STREAM][0]
    assert line.envelope.rulebook == f"kr-20:{rulebooks()['kr-20'].version}+1"
    assert load(store, [STREAM])[STREAM].state.office == "KV-3"
