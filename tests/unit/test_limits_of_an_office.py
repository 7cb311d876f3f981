"""An office's own limits: dated versions of a rule, of which the last decision counts from its day on."""

from datetime import date

import pytest

from auctions.domain.asset.law import law
from auctions.rules.rulebook import rulebooks
from tests.unit.rows_law_of_2008 import LAND, failed
from tests.unit.rules_table import Life, at, broken, lived

VN = rulebooks()["vn"]
Limits = list[tuple[date, int]]
Versions = list[tuple[str, str, int | str | tuple[str, ...]]]
START, END = "2015-07-01", "2026-06-30"


def versions(key: str, limits: Limits) -> Versions:
    """First day, last day and number of each version of a rule under these limits, as they were decided."""
    rules = [rule for rule in VN.overridden({key: limits}).rule if rule.key == key]
    return [(rule.valid_from.isoformat(), rule.valid_to.isoformat(), rule.limit) for rule in rules]


DECIDED: dict[str, tuple[Limits, Versions]] = {
    "none": ([], [(START, END, 10)]),
    "one": ([(date(2025, 1, 1), 5)], [(START, "2024-12-31", 10), ("2025-01-01", END, 5)]),
    "two in turn": (
        [(date(2025, 1, 1), 8), (date(2025, 3, 1), 5)],
        [(START, "2024-12-31", 10), ("2025-01-01", "2025-02-28", 8), ("2025-03-01", END, 5)],
    ),
    "a later decision for an earlier day": (
        [(date(2025, 3, 1), 5), (date(2025, 1, 1), 8)],
        [(START, "2024-12-31", 10), ("2025-01-01", END, 8)],
    ),
    "a later decision for the same day": (
        [(date(2025, 1, 1), 5), (date(2025, 1, 1), 8)],
        [(START, "2024-12-31", 10), ("2025-01-01", END, 8)],
    ),
    "from before the rule": ([(date(2010, 1, 1), 5)], [(START, END, 5)]),
    "from the rule's first day": ([(date(2015, 7, 1), 5)], [(START, END, 5)]),
    "from the day after it": (
        [(date(2015, 7, 2), 5)],
        [(START, "2015-07-01", 10), ("2015-07-02", END, 5)],
    ),
    "on the rule's last day": (
        [(date(2026, 6, 30), 5)],
        [(START, "2026-06-29", 10), ("2026-06-30", END, 5)],
    ),
    "after the rule": ([(date(2026, 7, 1), 5)], [(START, END, 10)]),
    "long after the rule": ([(date(2030, 1, 1), 5)], [(START, END, 10)]),
}


@pytest.mark.parametrize(("limits", "expected"), DECIDED.values(), ids=DECIDED)
def test_each_decision_makes_a_version_of_the_rule_from_its_day_on(
    limits: Limits, expected: Versions
) -> None:
    assert versions("FAIL-03", limits) == expected


def test_a_least_number_stays_a_least_number() -> None:
    assert versions("FAIL-04", [(date(2025, 1, 1), 3)])[1] == ("2025-01-01", END, 3)
    stricter = VN.overridden({"FAIL-04": [(date(2025, 1, 1), 3)]})
    rules = [rule for rule in stricter.rule if rule.key == "FAIL-04"]
    assert [(rule.at_least, rule.at_most) for rule in rules] == [(2, None), (3, None)]


def test_a_rule_that_has_versions_in_the_law_is_changed_in_each() -> None:
    assert versions("LDG-03", [(date(2024, 6, 1), 3)]) == [
        ("2017-07-01", "2024-05-31", 2),
        ("2024-06-01", "2024-12-31", 3),
        ("2025-01-01", "2999-12-31", 3),
    ]


def test_other_rules_stay_as_they_are_and_in_their_order() -> None:
    changed = VN.overridden({"FAIL-03": [(date(2025, 1, 1), 5)]})
    assert [rule for rule in changed.rule if rule.key != "FAIL-03"] == [
        rule for rule in VN.rule if rule.key != "FAIL-03"
    ]
    assert VN.overridden({}) == VN
    assert (changed.id, changed.version, changed.undecidable) == (VN.id, VN.version, VN.undecidable)


@pytest.mark.parametrize(
    ("on", "per_cent", "keys"),
    [
        ("2024-12-31", 10, []),
        ("2024-12-31", 11, ["FAIL-03"]),
        ("2025-01-01", 5, []),
        ("2025-01-01", 6, ["FAIL-03"]),
        ("2026-06-30", 6, ["FAIL-03"]),
        ("2026-07-01", 6, []),
    ],
)
def test_a_step_before_the_effective_day_is_judged_by_the_old_number(
    on: str, per_cent: int, keys: list[str]
) -> None:
    to_price = 10_000_000 * (100 - per_cent)
    cut: Life = (at(on, "price_reduced", to_price=to_price, decided_by="agreement"),)
    stricter = law("vn", (("FAIL-03", date(2025, 1, 1), 5),), 1)
    assert broken(stricter, (*failed(1), *cut)) == keys


def test_a_laws_version_counts_the_offices_changes() -> None:
    plain, stricter = law("vn"), law("vn", (("FAIL-03", date(2025, 1, 1), 5),), 3)
    assert plain.version == f"vn:{VN.version}"
    assert stricter.version == f"vn:{VN.version}+3"
    assert plain.calendar is stricter.calendar
    found = [rule.limit for rule in stricter.book.rule if rule.key == "FAIL-03"]
    assert found == [10, 5]


@pytest.mark.parametrize(("deposit", "keys"), [(190_000_003, []), (190_000_004, ["LDG-04.most"])])
def test_a_hundredth_of_a_dong_beyond_the_limit_is_beyond_it(deposit: int, keys: list[str]) -> None:
    stricter = law("vn", (("LDG-04.most", date(2024, 1, 1), 19),), 1)
    price = 1_000_000_021
    valued = at("2024-01-02", "appraised", value=price)
    announced = at("2024-06-03", "round_announced", round_no=1, starting_price=price, deposit=deposit)
    assert broken(stricter, (LAND, valued, announced)) == keys


@pytest.mark.parametrize(("to_price", "keys"), [(910_000_010, []), (910_000_009, ["FAIL-03"])])
def test_the_tolerance_is_one_dong_and_not_a_hundredth_more(to_price: int, keys: list[str]) -> None:
    stricter = law("vn", (("FAIL-03", date(2024, 1, 1), 9),), 1)
    price = 1_000_000_011
    announced = at("2024-05-31", "round_announced", round_no=1, starting_price=price)
    valued = at("2024-01-02", "appraised", value=price)
    before = (LAND, valued, announced, at("2024-05-31", "round_failed", round_no=1))
    cut = at("2024-06-03", "price_reduced", to_price=to_price, decided_by="agreement")
    found = [breach for breach in stricter.judge(lived(before).state, cut) if not breach.tolerated]
    assert [breach.rule.key for breach in found] == keys
