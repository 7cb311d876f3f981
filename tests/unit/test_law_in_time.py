"""Each step meets the law of its day: files that straddle 30 June and 1 July 2026 (D152/2026 art 115(1))."""

from datetime import date

import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.law import law
from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import ACCEPTED, CREDITOR_ASKED, LAND, VALUED, VESSEL, failed
from tests.unit.rules_table import Life, at, broken, findings, lived, moved

VN = law("vn")
PREEMPTION = "preemption_offered"


def failed_on(on: str, attempts: int = 1) -> Life:
    return moved(failed(attempts), date.fromisoformat(on))


def told(failure: str, on: str) -> Life:
    return (*failed_on(failure), at(on, "parties_notified", of="failure"))


def cut(on: str, per_cent: int) -> Life:
    to_price = PRICE * (100 - per_cent) // 100
    return (*failed_on("2026-06-01"), at(on, "price_reduced", to_price=to_price, decided_by="agreement"))


@pytest.mark.parametrize(("on", "key"), [("2026-06-30", "FAIL-03"), ("2026-07-01", "N-FAIL-03")])
def test_a_cut_of_eleven_per_cent_breaks_the_law_of_its_own_day(on: str, key: str) -> None:
    assert broken(VN, cut(on, 11)) == [key]
    assert broken(VN, cut(on, 10)) == []


def test_one_file_is_judged_step_by_step() -> None:
    file = lived(
        (
            *cut("2026-06-29", 11),
            at("2026-06-29", "round_announced", round_no=2, starting_price=890_000_000),
            at("2026-06-30", "round_failed", round_no=2, reason="no_bid"),
            at("2026-07-06", "parties_notified", of="failure"),
            at("2026-07-07", "price_reduced", to_price=790_000_000, decided_by="officer"),
            at("2026-07-07", "round_announced", round_no=3, starting_price=790_000_000),
            at("2026-07-08", "round_failed", round_no=3),
            at("2026-07-09", "in_lieu_offered"),
        )
    )
    assert [(found.entry_no, found.breach.rule.key) for found in findings(file)] == [
        (5, "FAIL-03"),
        (8, "N-FAIL-01"),
        (9, "N-FAIL-03"),
    ]


@pytest.mark.parametrize(
    ("failure", "on", "keys"),
    [
        ("2026-06-22", "2026-06-29", []),
        ("2026-06-22", "2026-06-30", ["FAIL-01"]),
        ("2026-06-22", "2026-07-01", ["N-FAIL-01"]),
        ("2026-06-23", "2026-06-30", []),
        ("2026-06-23", "2026-07-01", ["N-FAIL-01"]),
        ("2026-06-24", "2026-07-01", []),
        ("2026-06-24", "2026-07-02", ["N-FAIL-01"]),
        ("2026-06-25", "2026-07-02", []),
        ("2026-06-25", "2026-07-03", ["N-FAIL-01"]),
        ("2026-06-26", "2026-07-03", []),
        ("2026-06-26", "2026-07-06", ["N-FAIL-01"]),
        ("2026-06-29", "2026-07-01", []),
        ("2026-06-29", "2026-07-03", []),
        ("2026-06-29", "2026-07-06", ["N-FAIL-01"]),
        ("2026-06-30", "2026-07-03", []),
        ("2026-06-30", "2026-07-06", ["N-FAIL-01"]),
        ("2026-07-01", "2026-07-03", []),
        ("2026-07-01", "2026-07-06", ["N-FAIL-01"]),
        ("2026-07-02", "2026-07-06", []),
        ("2026-07-02", "2026-07-07", ["N-FAIL-01"]),
    ],
)
def test_parties_are_told_in_five_working_days_by_june_and_in_two_since_july(
    failure: str, on: str, keys: list[str]
) -> None:
    assert broken(VN, told(failure, on)) == keys


@pytest.mark.parametrize(
    ("failure", "allowed"),
    [
        ("2026-06-22", "2026-06-29"),
        ("2026-06-24", "2026-07-01"),
        ("2026-06-25", "2026-07-02"),
        ("2026-06-29", "2026-07-03"),
        ("2026-06-30", "2026-07-03"),
    ],
)
def test_the_new_term_runs_from_the_first_of_july_where_the_old_one_has_not_ended_before(
    failure: str, allowed: str
) -> None:
    life = told(failure, "2026-07-06")
    found = VN.judge(lived(life[:-1]).state, life[-1])
    assert [(breach.rule.key, breach.allowed) for breach in found] == [("N-FAIL-01", allowed)]


@pytest.mark.parametrize(
    ("won", "paid", "allowed"),
    [
        ("2026-05-01", "2026-07-01", "2026-06-30"),
        ("2026-05-02", "2026-07-01", None),
        ("2026-05-02", "2026-07-02", "2026-07-01"),
        ("2026-06-01", "2026-07-31", None),
        ("2026-06-01", "2026-08-01", "2026-07-31"),
        ("2026-07-03", "2026-09-03", None),
        ("2026-07-03", "2026-09-04", "2026-09-03"),
    ],
)
def test_who_won_under_the_old_law_has_the_longer_term_of_the_new_one_from_the_auction(
    won: str, paid: str, allowed: str | None
) -> None:
    announced = at("2026-04-01", "round_announced", round_no=1, starting_price=PRICE)
    life = (LAND, VALUED, announced, at(won, "round_won", round_no=1))
    found = VN.judge(lived(life).state, at(paid, "sale_paid"))
    assert [(breach.rule.key, breach.allowed) for breach in found] == (
        [("N-PAY-01", allowed)] if allowed else []
    )


@pytest.mark.parametrize(("on", "keys"), [("2026-07-14", []), ("2026-07-15", ["N-DEL-01"])])
def test_what_was_paid_under_the_old_law_is_delivered_by_its_own_sixty_days(on: str, keys: list[str]) -> None:
    announced = at("2026-04-01", "round_announced", round_no=1, starting_price=PRICE)
    won, paid = at("2026-05-15", "round_won", round_no=1), at("2026-05-15", "sale_paid")
    assert broken(VN, (LAND, VALUED, announced, won, paid, at(on, "delivered"))) == keys


@pytest.mark.parametrize(
    ("name", "last"), [("parties_notified", "2026-07-06"), ("preemption_offered", "2026-07-08")]
)
def test_a_term_no_law_had_before_runs_at_the_earliest_from_its_first_day(name: str, last: str) -> None:
    life = (LAND, at("2026-06-22", "appraised"))
    late = at("2026-07-10", name, **({"of": "appraisal"} if name == "parties_notified" else {}))
    assert broken(VN, (*life, late.model_copy(update={"on": date.fromisoformat(last)}))) == []
    assert [breach.allowed for breach in VN.judge(lived(life).state, late)] == [last]


@pytest.mark.parametrize(
    ("from_day", "last"),
    [
        ("2024-06-04", "2024-06-10"),
        ("2024-06-05", "2024-06-10"),
        ("2024-06-07", "2024-06-12"),
        ("2024-06-10", "2024-06-13"),
        ("2024-06-13", "2024-06-13"),
    ],
)
def test_an_offices_shorter_term_runs_from_its_first_day_but_not_longer_than_the_laws(
    from_day: str, last: str
) -> None:
    stricter = law("vn", (("AUC-01", date.fromisoformat(from_day), 5),), 1)
    life = (LAND, at("2024-06-03", "appraised"))
    contract = at("2024-06-17", "auction_contracted")
    found = stricter.judge(lived(life).state, contract)
    assert [(breach.rule.key, breach.allowed) for breach in found] == [("AUC-01", last)]
    due = stricter.deadline(lived(life).state, contract)
    assert due
    assert (due.day.isoformat(), due.rule.key) == (last, "AUC-01")
    assert broken(stricter, (*life, at(last, "auction_contracted"))) == []


def test_a_term_across_three_versions_ends_by_each_in_turn() -> None:
    stricter = law("vn", (("FAIL-01", date(2026, 6, 30), 3),), 1)
    for failure, allowed in (("2026-06-24", "2026-07-01"), ("2026-06-29", "2026-07-03")):
        life = told(failure, "2026-07-06")
        assert [breach.allowed for breach in stricter.judge(lived(life[:-1]).state, life[-1])] == [allowed]


@pytest.mark.parametrize(
    ("on", "keys"),
    [
        ("2026-06-30", ["FAIL-05"]),
        ("2026-07-01", ["N-FAIL-02.window"]),
        ("2026-07-08", ["N-FAIL-02.window"]),
        ("2026-07-09", []),
    ],
)
def test_a_window_begun_under_the_old_law_runs_on_under_the_new_one_from_its_first_day(
    on: str, keys: list[str]
) -> None:
    before = moved((*failed(3), CREDITOR_ASKED, ACCEPTED), date(2026, 6, 12))
    assert broken(VN, (*before, at(on, "taken_in_lieu"))) == keys


@pytest.mark.parametrize(
    ("on", "single", "absent"),
    [("2024-12-31", [], ["LDG-09"]), ("2025-01-01", ["LDG-08"], [])],
)
def test_a_failure_has_the_reasons_of_the_auction_law_of_its_day(
    on: str, single: list[str], absent: list[str]
) -> None:
    announced = (LAND, VALUED, at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE))
    for reason, keys in (("single_registrant", single), ("all_absent", absent)):
        assert broken(VN, (*announced, at(on, "round_failed", round_no=1, reason=reason))) == keys


@pytest.mark.parametrize(("on", "keys"), [("2024-12-31", ["LDG-07"]), ("2025-01-01", [])])
def test_a_single_bidder_wins_the_first_auction_since_2025(on: str, keys: list[str]) -> None:
    announced = (LAND, VALUED, at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE))
    assert broken(VN, (*announced, at(on, "round_won", round_no=1, bidders=1))) == keys


@pytest.mark.parametrize(
    ("kind", "on", "first"),
    [
        (LAND, "2025-11-30", "2026-02-28"),
        (LAND, "2023-11-30", "2024-02-29"),
        (LAND, "2023-11-29", "2024-02-29"),
        (LAND, "2024-11-28", "2025-02-28"),
        (LAND, "2024-08-31", "2024-11-30"),
        (LAND, "2024-09-30", "2024-12-30"),
        (LAND, "2024-10-01", "2025-01-01"),
        (VESSEL, "2024-12-31", "2025-01-31"),
        (VESSEL, "2025-01-31", "2025-02-28"),
        (VESSEL, "2024-11-15", "2024-12-15"),
        (VESSEL, "2024-03-31", "2024-04-30"),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_months_end_on_the_same_day_or_on_the_months_last(kind: AssetEntry, on: str, first: str) -> None:
    before = (kind, VALUED)
    assert broken(VN, (*before, at(on, PREEMPTION, until=first))) == []
    day = date.fromisoformat(first)
    earlier = at(
        on, PREEMPTION, until=day.replace(day=day.day - 1).isoformat() if day.day > 1 else "2024-12-31"
    )
    assert VN.judge(lived(before).state, earlier)[0].allowed == first
