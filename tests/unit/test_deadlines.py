"""The last lawful day of a step, and the first: which rule sets it, counted from what, across days off."""

from datetime import date, timedelta

import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.law import Law, law
from auctions.rules.rulebook import read_rulebook
from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import ACCEPTED, CREDITOR_ASKED, LAND, SEIZED, VALUED, VESSEL, failed
from tests.unit.rules_table import Life, at, broken, lived, moved, nine_o_clock, rule_named

VN = law("vn")
FAILURE = at("2024-06-03", "parties_notified", of="failure")
PAID = at("2024-06-03", "sale_paid")
OFFICER = at("2024-06-03", "price_reduced", to_price=1, decided_by="officer")
TAKEN = at("2024-06-03", "taken_in_lieu")


def latest(life: Life, like: AssetEntry, moment: str = "on") -> tuple[str, str] | None:
    """The deadline's day and rule of a step like that one after a file."""
    found = VN.deadline(lived(life).state, like, moment)
    return (found.day.isoformat(), found.rule.key) if found else None


def earliest(life: Life, like: AssetEntry, after: str, moment: str = "on") -> str:
    return VN.earliest(lived(life).state, like, date.fromisoformat(after), moment).isoformat()


def before(day: str) -> str:
    """The day before."""
    return (date.fromisoformat(day) - timedelta(1)).isoformat()


def failed_on(on: str, attempts: int = 1) -> Life:
    return moved(failed(attempts), date.fromisoformat(on))


def won_on(on: str) -> Life:
    announced = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE)
    won = at("2024-06-03", "round_won", round_no=1)
    return moved((LAND, VALUED, announced, won), date.fromisoformat(on))


def contracted(kind: AssetEntry) -> Life:
    return (kind, VALUED, at("2024-06-03", "auction_contracted"))


def auction(on: str) -> AssetEntry:
    return at(on, "round_announced", round_no=1, starting_price=PRICE, auction_at=on)


@pytest.mark.parametrize(
    ("failure", "day", "key"),
    [
        ("2024-06-03", "2024-06-10", "FAIL-01"),
        ("2025-01-22", "2025-02-05", "FAIL-01"),
        ("2025-01-24", "2025-02-07", "FAIL-01"),
        ("2026-06-22", "2026-06-29", "FAIL-01"),
        ("2026-06-23", "2026-06-30", "FAIL-01"),
        ("2026-06-24", "2026-07-01", "N-FAIL-01"),
        ("2026-06-25", "2026-07-02", "N-FAIL-01"),
        ("2026-06-26", "2026-07-03", "N-FAIL-01"),
        ("2026-06-29", "2026-07-03", "N-FAIL-01"),
        ("2026-06-30", "2026-07-03", "N-FAIL-01"),
        ("2026-07-01", "2026-07-03", "N-FAIL-01"),
        ("2026-07-06", "2026-07-08", "N-FAIL-01"),
        ("2027-02-03", "2027-02-12", "N-FAIL-01"),
    ],
)
def test_working_days_are_counted_across_tet_and_a_period_that_outlasts_its_rule_ends_by_the_next(
    failure: str, day: str, key: str
) -> None:
    assert latest(failed_on(failure), FAILURE) == (day, key)


@pytest.mark.parametrize(
    ("won", "day", "key"),
    [
        ("2024-06-03", "2024-07-03", "PAY-01"),
        ("2024-06-06", "2024-07-08", "PAY-01"),
        ("2024-06-07", "2024-07-08", "PAY-01"),
        ("2024-12-30", "2025-02-03", "PAY-01"),
        ("2026-05-31", "2026-06-30", "PAY-01"),
        ("2026-06-01", "2026-07-01", "N-PAY-01.usual"),
        ("2026-06-04", "2026-07-06", "N-PAY-01.usual"),
        ("2026-06-30", "2026-07-30", "N-PAY-01.usual"),
        ("2026-07-01", "2026-07-31", "N-PAY-01.usual"),
        ("2026-07-06", "2026-08-05", "N-PAY-01.usual"),
        ("2026-08-01", "2026-09-03", "N-PAY-01.usual"),
    ],
)
def test_a_period_of_days_that_ends_on_a_day_off_ends_on_the_next_working_day(
    won: str, day: str, key: str
) -> None:
    assert latest(won_on(won), PAID) == (day, key)


@pytest.mark.parametrize(
    ("on", "keys"),
    [("2024-07-06", []), ("2024-07-08", []), ("2024-07-09", ["PAY-01"])],
)
def test_what_is_done_on_the_working_day_after_the_last_one_off_is_in_time(on: str, keys: list[str]) -> None:
    assert broken(VN, (*won_on("2024-06-06"), at(on, "sale_paid"))) == keys


def test_a_reminder_is_no_finding() -> None:
    assert latest(won_on("2026-07-06"), PAID) == ("2026-08-05", "N-PAY-01.usual")
    assert broken(VN, (*won_on("2026-07-06"), at("2026-08-06", "sale_paid"))) == []
    delivered = (*won_on("2026-07-06"), at("2026-07-06", "sale_paid"), at("2026-07-06", "delivered"))
    registered = at("2026-07-20", "title_registered")
    assert latest(delivered, registered) == ("2026-07-16", "N-DEL-01.registration")
    assert broken(VN, (*delivered, registered)) == []


@pytest.mark.parametrize(
    ("delivered", "told"),
    [("2026-06-20", None), ("2026-06-30", None), ("2026-07-01", "2026-07-13"), ("2026-07-02", "2026-07-13")],
)
def test_a_reminder_has_its_dates_too(delivered: str, told: str | None) -> None:
    life = (*won_on(delivered), at(delivered, "sale_paid"), at(delivered, "delivered"))
    found = latest(life, at(delivered, "title_registered"))
    assert found == ((told, "N-DEL-01.registration") if told else None)


def test_a_period_without_a_next_rule_runs_to_its_end() -> None:
    life = (*won_on("2026-06-25"), at("2026-06-25", "sale_paid"), at("2026-06-25", "delivered"))
    assert latest(life, at("2026-06-25", "proceeds_distributed")) == ("2026-07-06", "DIST-01")


def test_no_deadline_without_a_rule_a_day_to_count_from_or_its_conditions() -> None:
    contract = at("2015-06-30", "appraisal_contracted")
    assert latest((at("2015-06-30", "seized"),), contract) is None
    assert latest((at("2015-07-01", "seized"),), contract) == ("2015-07-08", "VAL-01")
    assert latest((LAND, VALUED), PAID) is None
    assert latest(failed(2), FAILURE) is None
    assert latest((LAND, VALUED), at("2024-06-03", "surveyed")) is None
    assert latest(failed(1), OFFICER) is None
    assert law("it").deadline(lived(failed(1)).state, FAILURE) is None


@pytest.mark.parametrize(
    ("kind", "day", "key"),
    [(VESSEL, "2024-07-03", "AUC-02.movable"), (LAND, "2024-07-18", "AUC-02.real_estate")],
    ids=["movable", "real estate"],
)
def test_the_last_day_of_an_auction_counts_from_the_contract(kind: AssetEntry, day: str, key: str) -> None:
    like = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE)
    assert latest(contracted(kind), like, "auction_day") == (day, key)
    assert latest(contracted(kind), like) is None


@pytest.mark.parametrize(
    ("kind", "on", "day", "key"),
    [
        (VESSEL, "2024-06-26", "2024-06-17", "LDG-01.movable"),
        (LAND, "2024-06-26", "2024-06-11", "LDG-01.real_estate"),
        (VESSEL, "2025-02-10", "2025-01-23", "LDG-01.movable"),
        (LAND, "2017-06-30", None, None),
        (LAND, "2017-07-01", "2017-06-16", "LDG-01.real_estate"),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_the_last_day_of_the_posting_counts_back_from_the_auction(
    kind: AssetEntry, on: str, day: str | None, key: str | None
) -> None:
    found = latest((kind, VALUED), auction(on), "posting_day")
    assert found == ((day, key) if day else None)
    assert latest((kind, VALUED), auction(on)) is None


@pytest.mark.parametrize(
    ("on", "last"),
    [
        ("2025-02-03", "2025-01-24"),
        ("2024-06-26", "2024-06-25"),
        ("2024-06-24", "2024-06-21"),
        ("2026-06-30", "2026-06-29"),
        ("2026-07-01", None),
    ],
)
def test_the_last_day_to_redeem_counts_back_from_the_auction_under_the_old_law(
    on: str, last: str | None
) -> None:
    life = (LAND, VALUED, auction("2024-06-03"))
    postponed = at("2024-06-04", "round_postponed", round_no=1, auction_at=on)
    redeemed = at("2024-06-03", "redeemed")
    assert latest((*life, postponed), redeemed) == ((last, "RED-01") if last else None)


@pytest.mark.parametrize(
    ("redeemed", "keys"),
    [("2024-06-21", []), ("2024-06-22", ["RED-01"]), ("2024-06-23", ["RED-01"]), ("2024-06-24", ["RED-01"])],
)
def test_before_an_auction_on_a_monday_the_debtor_redeems_until_the_friday(
    redeemed: str, keys: list[str]
) -> None:
    announced = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE)
    postponed = at("2024-06-04", "round_postponed", round_no=1, auction_at="2024-06-24")
    life = (LAND, VALUED, announced, postponed)
    found = VN.judge(lived(life).state, at(redeemed, "redeemed"))
    assert [breach.rule.key for breach in found] == keys
    assert [(breach.asked, breach.allowed) for breach in found] == [(redeemed, "2024-06-21") for _ in keys]


@pytest.mark.parametrize(
    ("closing", "auction_at", "allowed"),
    [
        ("2024-06-21", "2024-06-24", None),
        ("2024-06-22", "2024-06-24", None),
        ("2024-06-23", "2024-06-24", "2024-06-22"),
        ("2025-06-27", "2025-07-01", None),
        ("2025-06-28", "2025-07-01", "2025-06-27"),
        ("2025-06-29", "2025-07-01", "2025-06-27"),
        ("2025-06-30", "2025-07-01", "2025-06-27"),
        ("2025-01-23", "2025-02-03", None),
        ("2025-01-24", "2025-02-03", "2025-01-23"),
        ("2025-02-01", "2025-02-03", "2025-01-23"),
    ],
)
def test_registration_closes_two_days_and_since_2025_two_working_days_before_the_auction(
    closing: str, auction_at: str, allowed: str | None
) -> None:
    posted = {"posted_on": "2024-05-06", "starting_price": PRICE, "round_no": 1}
    on = "2024-06-03" if auction_at < "2025" else "2025-01-06"
    announced = at(on, "round_announced", auction_at=auction_at, registration_to=closing, **posted)
    found = VN.judge(lived((LAND, VALUED)).state, announced)
    expected = [("LDG-03", closing, allowed)] if allowed else []
    assert [(breach.rule.key, breach.asked, breach.allowed) for breach in found] == expected


@pytest.mark.parametrize(
    ("failure", "notice", "first"),
    [
        ("2024-06-03", None, "2024-06-14"),
        ("2024-06-03", "2024-06-04", "2024-06-15"),
        ("2024-06-03", "2024-06-05", "2024-06-18"),
        ("2024-06-03", "2024-06-07", "2024-06-18"),
        ("2025-01-16", "2025-01-17", "2025-02-04"),
        ("2026-06-18", "2026-06-18", "2026-06-30"),
        ("2026-06-20", "2026-06-20", "2026-07-01"),
        ("2026-06-20", "2026-06-21", "2026-07-01"),
        ("2026-06-24", "2026-06-25", "2026-07-01"),
        ("2026-07-06", "2026-07-06", "2026-07-06"),
    ],
)
def test_the_officer_first_reduces_when_the_parties_had_ten_days_under_the_old_law(
    failure: str, notice: str | None, first: str
) -> None:
    life = failed_on(failure)
    if notice:
        life += (at(notice, "parties_notified", of="failure"),)
    assert earliest(life, OFFICER, failure) == first
    assert broken(VN, (*life, at(first, "price_reduced", to_price=PRICE * 9 // 10))) == []
    if first > failure:
        assert broken(VN, (*life, at(before(first), "price_reduced", to_price=PRICE * 9 // 10))) == [
            "FAIL-02"
        ]


def test_the_first_lawful_day_is_not_before_the_day_asked_from() -> None:
    assert earliest(failed_on("2024-06-03"), OFFICER, "2024-06-20") == "2024-06-20"
    assert earliest(failed_on("2024-06-03", 2), OFFICER, "2024-06-03") == "2024-06-03"


@pytest.mark.parametrize(
    ("told", "first", "key"),
    [
        ("2026-05-20", "2026-06-20", "FAIL-05"),
        ("2026-05-29", "2026-06-30", "FAIL-05"),
        ("2026-05-31", "2026-07-01", "FAIL-05"),
        ("2026-06-01", "2026-07-02", "N-FAIL-02.window"),
        ("2026-06-05", "2026-07-07", "N-FAIL-02.window"),
        ("2026-06-08", "2026-07-09", "N-FAIL-02.window"),
        ("2026-06-10", "2026-07-09", "N-FAIL-02.window"),
        ("2026-06-23", "2026-07-09", "N-FAIL-02.window"),
        ("2026-06-30", "2026-07-09", "N-FAIL-02.window"),
        ("2026-07-01", "2026-07-09", "N-FAIL-02.window"),
        ("2026-07-02", "2026-07-10", "N-FAIL-02.window"),
        ("2026-07-06", "2026-07-14", "N-FAIL-02.window"),
        ("2026-07-10", "2026-07-18", "N-FAIL-02.window"),
        ("2027-02-03", "2027-02-18", "N-FAIL-02.window"),
    ],
)
def test_the_creditor_first_takes_the_asset_when_the_window_of_that_day_has_run_out(
    told: str, first: str, key: str
) -> None:
    life = moved((*failed(3), CREDITOR_ASKED, ACCEPTED), date.fromisoformat(told))
    assert earliest(life, TAKEN, told) == first
    assert broken(VN, (*life, at(first, "taken_in_lieu"))) == []
    assert broken(VN, (*life, at(before(first), "taken_in_lieu"))) == [key]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("2026-06-28", "2026-06-30"),
        ("2026-06-30", "2026-06-30"),
        ("2026-07-01", "2026-07-01"),
        ("2026-07-02", "2026-07-02"),
    ],
)
def test_on_the_last_day_of_a_rule_the_first_lawful_day_is_still_by_that_rule(asked: str, first: str) -> None:
    life = moved((*failed(3), CREDITOR_ASKED, ACCEPTED), date(2026, 5, 29))
    assert earliest(life, TAKEN, asked) == first


def test_a_version_of_a_rule_for_one_day_counts_for_that_day_and_ends_by_the_next_rule() -> None:
    stricter = law("vn", (("FAIL-01", date(2026, 6, 30), 2), ("FAIL-03", date(2026, 6, 30), 5)), 2)
    file = lived(failed_on("2026-06-30"))
    found = stricter.deadline(file.state, FAILURE)
    assert found == (date(2026, 7, 2), rule_named("N-FAIL-01"))
    for on, keys in (("2026-06-30", ["FAIL-03"]), ("2026-07-01", [])):
        cut = at(on, "price_reduced", to_price=PRICE * 94 // 100, decided_by="agreement")
        assert [breach.rule.key for breach in stricter.judge(file.state, cut)] == keys


def test_the_first_auction_day_counts_from_posting_by_the_rules_of_the_announcements_day() -> None:
    like = at("2024-06-04", "round_announced", round_no=1, starting_price=PRICE, posted_on="2024-06-03")
    assert earliest((VESSEL, VALUED), like, "2024-06-04", "auction_day") == "2024-06-12"
    assert earliest((LAND, VALUED), like, "2024-06-04", "auction_day") == "2024-06-18"
    closing = like.model_copy(update={"registration_to": nine_o_clock("2024-06-17")})
    assert earliest((VESSEL, VALUED), closing, "2024-06-04", "auction_day") == "2024-06-19"
    assert earliest((VESSEL, VALUED), like, "2024-06-04") == "2024-06-04"


MONTHS = """
en = "x"
vi = "x"
calendar = "vn"
[[rule]]
id = "M"
governs = ["sale_paid"]
measures = "days"
since = ["round_won"]
at_most = 1
unit = "month"
article = "a"
from = 2020-01-01
confidence = "sure"
effect = "finding"
en = "x"
vi = "x"
[[rule]]
id = "B"
governs = ["redeemed"]
measures = "days"
since = ["on"]
until = "auction_day"
asked = "since"
at_least = 1
unit = "month"
article = "a"
from = 2020-01-01
confidence = "sure"
effect = "finding"
en = "x"
vi = "x"
[[rule]]
id = "A"
governs = ["price_reduced"]
measures = "days"
since = ["round_failed"]
after = 1
unit = "month"
article = "a"
from = 2020-01-01
confidence = "sure"
effect = "refuses"
en = "x"
vi = "x"
"""


def test_a_window_of_months_has_run_out_on_the_day_after_its_last_working_day() -> None:
    months = Law(read_rulebook("m", MONTHS), "m")
    cut = at("2024-06-03", "price_reduced", to_price=1)
    for failure, first in (("2024-05-31", "2024-07-02"), ("2024-05-20", "2024-06-21")):
        life = failed_on(failure)
        assert months.earliest(lived(life).state, cut, date(2024, 5, 1)) == date.fromisoformat(first)
        assert broken(months, (*life, at(first, "price_reduced", to_price=1))) == []
        assert broken(months, (*life, at(before(first), "price_reduced", to_price=1))) == ["A"]


def test_months_end_on_a_working_day_and_are_counted_back_as_well() -> None:
    months = Law(read_rulebook("m", MONTHS), "m")
    found = months.deadline(lived(won_on("2024-05-31")).state, PAID)
    assert found
    assert found.day == date(2024, 7, 1)
    for on, last in (("2024-03-31", date(2024, 2, 29)), ("2024-01-15", date(2023, 12, 15))):
        life = (
            LAND,
            VALUED,
            auction("2024-01-02"),
            at("2024-01-02", "round_postponed", round_no=1, auction_at=on),
        )
        back = months.deadline(lived(life).state, at("2024-01-02", "redeemed"))
        assert back
        assert (back.day, back.rule.key) == (last, "B")


def test_the_rule_of_a_deadline_is_the_rulebooks() -> None:
    found = VN.deadline(lived((SEIZED,)).state, at("2024-06-03", "appraisal_contracted"))
    assert found == (date(2024, 6, 10), rule_named("VAL-01"))
