"""Random days and prices: what the law says is lawful it lets pass, and nothing just beyond it."""

from contextlib import suppress
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from auctions.domain.asset.breaches import Unlawful
from auctions.domain.asset.decisions import File
from auctions.domain.asset.law import Law, law
from auctions.rules.rulebook import rulebooks
from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import ACCEPTED, CREDITOR_ASKED, LAND, VALUED, failed
from tests.unit.rules_table import Life, at, entered, findings, lived, moved

VN = law("vn")
ONE_DAY = timedelta(1)
days = st.dates(date(2018, 1, 1), date(2026, 12, 31))
prices = st.integers(1_000, 10**13)
fast = settings(max_examples=150, deadline=None)


@cache
def failed_at(price: int) -> File:
    valued = at("2024-01-02", "appraised", value=price)
    announced = at("2024-06-03", "round_announced", round_no=1, starting_price=price)
    return lived((LAND, valued, announced, at("2024-06-03", "round_failed", round_no=1)))


def keys(by: Law, file: File, on: date, name: str, **fields: object) -> list[str]:
    entry = at(on.isoformat(), name, **fields)
    return [breach.rule.key for breach in by.judge(file.state, entry) if not breach.tolerated]


@fast
@over(prices, st.sampled_from(["vn", "it", "kr-20", "kr-30"]))
def test_the_lowest_lawful_price_is_lawful_and_two_dong_less_is_not(price: int, book: str) -> None:
    file, on = failed_at(price), date(2024, 6, 20)
    entry = at("2024-06-20", "price_reduced", to_price=1, decided_by="court")
    lowest = law(book).judge(file.state, entry)[0].allowed
    assert isinstance(lowest, int)
    for to_price, lawful in ((lowest, True), (lowest - 2, False)):
        fields = {"to_price": to_price, "decided_by": "court"}
        assert (keys(law(book), file, on, "price_reduced", **fields) == []) is lawful
    per_cent = {"vn": 10, "it": 25, "kr-20": 20, "kr-30": 30}[book]
    assert lowest == -(-price * (100 - per_cent) // 100)


@fast
@over(prices, st.integers(0, 10**13), days)
def test_a_decided_cut_leaves_no_finding_that_a_decision_may_not_have(
    price: int, to_price: int, on: date
) -> None:
    life = moved(tuple(entry for _, entry in failed_at(price).lines), on)
    file = lived(life)
    cut = at(on.isoformat(), "price_reduced", to_price=min(max(1, to_price), price - 1), decided_by="officer")
    before = list(file.lines)
    with suppress(Unlawful):
        entered(file, cut, VN)
    decided = file.lines != before
    if not decided:
        entered(file, cut)
    effects = {finding.breach.rule.effect for finding in findings(file)}
    assert ("refuses" in effects) is not decided


def late(file: File, name: str, last: date, **fields: object) -> list[list[str]]:
    return [keys(VN, file, day, name, **fields) for day in (last, last + ONE_DAY)]


STEPS: dict[str, tuple[Life, str, dict[str, object]]] = {
    "a notice of the first failure": (failed(1), "parties_notified", {"of": "failure"}),
    "a payment": (
        (
            LAND,
            VALUED,
            at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE),
            at("2024-06-03", "round_won", round_no=1),
        ),
        "sale_paid",
        {},
    ),
    "a contract for the appraisal": ((LAND,), "appraisal_contracted", {}),
}


@pytest.mark.parametrize(("life", "name", "fields"), STEPS.values(), ids=STEPS)
@fast
@over(began=days)
def test_on_the_last_lawful_day_nothing_is_late_and_on_the_day_after_it_is(
    life: Life, name: str, fields: dict[str, object], began: date
) -> None:
    file = lived(moved(life, began))
    found = VN.deadline(file.state, at("2999-12-31", name, **fields))
    if found and found.rule.effect == "finding":
        in_time, too_late = late(file, name, found.day, **fields)
        assert found.rule.key not in in_time
        still = found.rule.valid_to > found.day
        assert (found.rule.key in too_late) is still
    elif found is None:
        assert (name, began >= date(2026, 7, 1)) == ("appraisal_contracted", True)


@pytest.mark.parametrize(("life", "name", "fields"), list(STEPS.values())[:2], ids=list(STEPS)[:2])
@fast
@over(began=days, later=st.integers(1, 60))
def test_what_began_later_is_never_due_earlier_whichever_law_came_between(
    life: Life, name: str, fields: dict[str, object], began: date, later: int
) -> None:
    like = at("2999-12-31", name, **fields)
    first, second = (
        VN.deadline(lived(moved(life, day)).state, like) for day in (began, began + timedelta(later))
    )
    assert first
    assert second
    assert first.day <= second.day


@fast
@over(began=days, after=st.integers(0, 60))
def test_the_first_lawful_day_is_lawful_and_no_day_before_it(began: date, after: int) -> None:
    file = lived(moved((*failed(3), CREDITOR_ASKED, ACCEPTED), began))
    asked = began + timedelta(after)
    first = VN.earliest(file.state, at("2999-12-31", "taken_in_lieu"), asked)
    assert first >= asked
    assert keys(VN, file, first, "taken_in_lieu") == []
    for before in range(1, (first - asked).days + 1):
        assert keys(VN, file, first - timedelta(before), "taken_in_lieu") != []


@fast
@over(st.lists(st.tuples(days, st.integers(0, 10)), max_size=4), days)
def test_the_limit_of_a_day_is_the_one_decided_last_of_those_that_began(
    decided: list[tuple[date, int]], day: date
) -> None:
    book = rulebooks()["vn"].overridden({"FAIL-03": decided})
    in_force = [
        rule.limit for rule in book.rule if rule.key == "FAIL-03" and rule.valid_from <= day <= rule.valid_to
    ]
    expected = [limit for start, limit in decided if start <= day]
    assert in_force == ([(expected or [10])[-1]] if day <= date(2026, 6, 30) else [])
