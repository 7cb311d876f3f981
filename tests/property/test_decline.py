"""The statistics against other ways to the same figures."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.decline import decline
from projections.figures import kaplan_meier, quartiles
from projections.life import Life
from tests.unit.lives import AS_OF, day, life

shares = st.lists(st.fractions(0, 2, max_denominator=10**9).map(float), min_size=2, max_size=60)
lasting = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=60)
prices = st.lists(st.integers(1, 10**16), min_size=1, max_size=8).map(lambda each: sorted(each, reverse=True))


@given(shares)
def test_quartiles_are_those_of_the_standard_library(values: list[float]) -> None:
    assert quartiles(values) == pytest.approx(tuple(quantiles(values, n=4, method="inclusive")), abs=1e-12)


@given(st.floats(0, 1))
def test_the_quartiles_of_one_value_are_that_value(value: float) -> None:
    assert quartiles([value]) == (value, value, value)


def test_there_are_no_quartiles_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        quartiles([])


@given(lasting)
def test_the_curve_is_the_product_of_the_parts_that_each_time_left_unsold(
    lasted: list[tuple[int, bool]],
) -> None:
    left = Fraction(1)
    for point in kaplan_meier(Counter(lasted)):
        at_risk = [sold for time, sold in lasted if time >= point.time]
        sold = lasted.count((point.time, True))
        left *= Fraction(len(at_risk) - sold, len(at_risk))
        assert (point.at_risk, point.sold) == (len(at_risk), sold)
        assert point.survival == pytest.approx(float(left), abs=5.1e-7)


@given(lasting)
def test_the_curve_never_rises_and_loses_nobody(lasted: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier(Counter(lasted))
    assert all(after.survival <= before.survival <= 1 for before, after in pairwise(curve))
    assert all(after.at_risk < before.at_risk for before, after in pairwise(curve))
    assert curve[0].at_risk == len(lasted)
    assert sum(point.sold for point in curve) == sum(sold for _, sold in lasted)


def lived(levels: list[int]) -> Life:
    last = day(50 * len(levels))
    sold = len(levels) % 3 == 0
    rounds = "f" * (len(levels) - 1) + ("w" if sold else ".")
    return life(*levels, rounds=rounds, sold_on=last if sold else None, sold_for=levels[-1] if sold else None)


@given(st.lists(prices, max_size=12))
def test_the_shares_left_are_exact_to_six_places(levels: list[list[int]]) -> None:
    answer = decline(map(lived, levels), AS_OF, None)
    assert answer["assets"] == len(levels)
    for row in answer["by_reductions"]:
        left = [
            Fraction(each[row["reductions"]], each[0]) for each in levels if len(each) > row["reductions"]
        ]
        assert row["n"] == len(left)
        middle = sorted(left)
        exact = (middle[(len(left) - 1) // 2] + middle[len(left) // 2]) / 2
        assert row["median"] == pytest.approx(float(exact), abs=5.1e-7)


@given(st.permutations(range(8)))
def test_the_order_of_the_assets_changes_nothing(order: list[int]) -> None:
    lives = [lived([1000, 900, 800, 700, 600][: 1 + number % 5]) for number in range(8)]
    assert decline((lives[number] for number in order), AS_OF, 1) == decline(lives, AS_OF, 1)
