"""A law made anew says what the kept one says, and rules of small books meet what no law of today has."""

from datetime import date

import pytest

from auctions.domain.asset.law import Law, law
from auctions.domain.asset.measures import Days
from auctions.rules.calendar import calendar
from auctions.rules.kinds import asset_kinds
from auctions.rules.rulebook import Rule, read_rulebook, rulebooks
from tests.unit import rows_law_of_2008, rows_law_of_2025, rows_of_auctions
from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import ANNOUNCED, LAND, VALUED, VESSEL, WON, failed
from tests.unit.rows_law_of_2025 import since_july
from tests.unit.rules_table import at, broken, lived, moved, rule_named

ROWS = (*rows_law_of_2008.ROWS, *rows_law_of_2025.ROWS, *rows_of_auctions.ROWS)

BOOK = """
en = "x"
vi = "x"
calendar = "vn"
"""
RULE = """
[[rule]]
id = "{id}"
governs = ["{governs}"]
{counts}
article = "a"
from = {since}
to = {to}
confidence = "sure"
effect = "finding"
en = "x"
vi = "x"
"""


def ruled(*rules: str) -> Law:
    return Law(read_rulebook("own", BOOK + "".join(rules)), "own")


def a_rule(key: str, governs: str, counts: str, since: str = "2020-01-01", to: str = "2999-12-31") -> str:
    return RULE.format(id=key, governs=governs, counts=counts, since=since, to=to)


def days_of(rule: Rule) -> Days:
    return Days(rule, calendar("vn"))


WITHIN_TEN = 'measures = "days"\nsince = ["round_won"]\nat_most = 10\nunit = "day"'
PAID = at("2024-06-03", "sale_paid")


def test_a_law_made_anew_breaks_what_the_kept_one_breaks_in_its_time_and_after() -> None:
    anew, kept = Law(rulebooks()["vn"], "vn"), law("vn")
    for row in ROWS:
        assert broken(anew, row.outside) == [row.key]
        assert broken(anew, row.limit) == []
        later = moved(row.far, date(2027, 6, 7))
        assert broken(anew, later) == broken(kept, later)
        assert not row.rule.valid_to < date(2027, 6, 7) or row.rule not in [
            breach.rule for breach in anew.judge(lived(later[:-1]).state, later[-1])
        ]


def test_a_law_made_anew_does_not_judge_by_a_reminder_but_tells_it() -> None:
    anew = Law(rulebooks()["vn"], "vn")
    life = since_july((LAND, VALUED, ANNOUNCED, WON))
    assert broken(anew, (*life, at("2026-08-06", "sale_paid"))) == []
    found = anew.deadline(lived(life).state, PAID)
    assert found
    assert (found.day.isoformat(), found.rule.key) == ("2026-08-05", "N-PAY-01.usual")


def test_a_law_made_anew_knows_movables_from_real_estate_and_from_what_is_neither() -> None:
    anew = Law(rulebooks()["vn"], "vn")
    short = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE, auction_at="2024-06-06")
    assert broken(anew, (VESSEL, VALUED, short)) == ["LDG-01.movable"]
    assert broken(anew, (LAND, VALUED, short)) == ["LDG-01.real_estate"]


def test_a_rule_that_has_ended_without_another_is_not_applied_from_the_next_day_on() -> None:
    ended = ruled(a_rule("E", "sale_paid", WITHIN_TEN, to="2024-06-30"))
    won = (LAND, VALUED, ANNOUNCED, WON)
    for on, keys in (("2024-06-13", []), ("2024-06-14", ["E"]), ("2024-06-30", ["E"]), ("2024-07-01", [])):
        assert broken(ended, (*won, at(on, "sale_paid"))) == keys


def test_a_period_that_began_before_the_first_rule_of_its_kind_runs_from_that_rules_first_day() -> None:
    new = ruled(a_rule("N", "sale_paid", WITHIN_TEN, since="2024-06-10"))
    won = (LAND, VALUED, ANNOUNCED, WON)
    assert broken(new, (*won, at("2024-06-20", "sale_paid"))) == []
    assert broken(new, (*won, at("2024-06-21", "sale_paid"))) == ["N"]


def test_of_two_rules_that_end_on_one_day_the_one_written_first_tells_the_deadline() -> None:
    two = ruled(a_rule("B", "sale_paid", WITHIN_TEN), a_rule("A", "sale_paid", WITHIN_TEN))
    found = two.deadline(lived((LAND, VALUED, ANNOUNCED, WON)).state, PAID)
    assert found
    assert (found.day, found.rule.key) == (date(2024, 6, 13), "B")


def test_a_deadline_of_a_third_version_that_ends_on_the_day_of_the_second_is_told_by_the_third() -> None:
    strict = law("vn", (("N-FAIL-01", date(2026, 7, 3), 1),), 1)
    like = at("2026-07-03", "parties_notified", of="failure")
    found = strict.deadline(lived(moved(failed(1), date(2026, 6, 29))).state, like)
    assert found
    assert (found.day, found.rule.limit, found.rule.valid_from) == (date(2026, 7, 3), 1, date(2026, 7, 3))


def test_the_first_auction_day_is_by_the_rules_of_the_announcements_day_also_when_it_lies_after_them() -> (
    None
):
    closing = {"round_no": 1, "starting_price": PRICE, "registration_to": "2025-01-10"}
    like = at("2024-12-30", "round_announced", **closing)
    state = lived((VESSEL, VALUED)).state
    assert law("vn").earliest(state, like, like.on, "auction_day") == date(2025, 1, 12)
    held = at("2024-12-30", "round_announced", **closing, auction_at="2025-01-12")
    assert law("vn").judge(state, held) == []
    later = at("2025-01-02", "round_announced", **closing, posted_on="2024-12-30")
    assert law("vn").earliest(state, later, later.on, "auction_day") == date(2025, 1, 14)


@pytest.mark.parametrize(("on", "keys"), [("2024-06-13", []), ("2024-06-14", ["P"])])
def test_a_longest_period_can_begin_with_the_entry_itself(on: str, keys: list[str]) -> None:
    counts = 'measures = "days"\nsince = ["posting_day"]\nuntil = "auction_day"\nat_most = 10\nunit = "day"'
    longest = ruled(a_rule("P", "round_announced", counts))
    posted = {"round_no": 1, "starting_price": PRICE, "posted_on": "2024-06-03"}
    announced = at("2024-06-04", "round_announced", **posted, auction_at=on)
    assert broken(longest, (LAND, VALUED, announced)) == keys


@pytest.mark.parametrize(("registrants", "keys"), [(5, []), (4, []), (3, ["B"]), (None, [])])
def test_a_number_is_held_against_another_of_the_same_entry(registrants: int | None, keys: list[str]) -> None:
    counts = 'measures = "bidders"\nat_most = "registrants"\nunit = "times"'
    bidding = ruled(a_rule("B", "round_won", counts))
    told = {} if registrants is None else {"registrants": registrants}
    won = at("2024-06-03", "round_won", round_no=1, bidders=4, **told)
    assert broken(bidding, (LAND, VALUED, ANNOUNCED, won)) == keys


def test_days_that_nothing_tells_are_none() -> None:
    state = lived((LAND, VALUED)).state
    cut = at("2024-06-03", "price_reduced", to_price=1)
    assert days_of(rule_named("FAIL-02")).since(state, cut) is None
    assert days_of(rule_named("FAIL-02")).first(state, cut) is None
    assert days_of(rule_named("CO-01.window")).first(state, WON) is None
    redeemed = at("2024-06-03", "redeemed")
    assert days_of(rule_named("RED-01")).latest(state, redeemed) is None


def test_of_two_moments_of_an_entry_the_first_that_is_known_begins_a_period() -> None:
    two = {"since": ("registration_end", "posting_day")}
    days = days_of(rule_named("LDG-01.real_estate").model_copy(update=two))
    state = lived((LAND, VALUED)).state
    assert days.since(state, ANNOUNCED) == date(2024, 6, 3)
    closing = at("2024-06-03", "round_announced", round_no=1, starting_price=1, registration_to="2024-06-20")
    assert days.since(state, closing) == date(2024, 6, 20)


def test_a_rule_with_another_number_is_in_force_as_long_as_it_is_told() -> None:
    limited = rule_named("FAIL-03").limited(5, date(2024, 1, 1), date(2024, 6, 30))
    assert (limited.limit, limited.valid_from, limited.valid_to) == (5, date(2024, 1, 1), date(2024, 6, 30))
    same = {"at_most": 10, "valid_from": date(2015, 7, 1), "valid_to": date(2026, 6, 30)}
    assert limited.model_copy(update=same) == rule_named("FAIL-03")


def test_kinds_read_anew_are_the_kept_ones_and_are_as_their_file_names_them() -> None:
    anew = asset_kinds.__wrapped__()
    assert anew == asset_kinds()
    assert {name: (kind.name, kind.movable) for name, kind in anew.items()} == {
        "land": ("land", False),
        "house": ("house", False),
        "vessel": ("vessel", True),
        "other": ("other", True),
    }
    area = anew["land"].attributes["area_m2"]
    assert (area.type, bool(area.vi), bool(area.en), area.vi != area.en) == ("decimal", True, True, True)
    assert all(kind.vi and kind.en and kind.vi != kind.en for kind in anew.values())
