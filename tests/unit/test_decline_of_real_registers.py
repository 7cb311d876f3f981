"""How 18 real assets declined, where their register lies beside the checkout."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from projections.decline import decline
from tests.unit.lives import register

REGISTER = Path(__file__).parents[3] / "shared" / "data" / "vn_register.csv"
pytestmark = pytest.mark.skipif(
    not REGISTER.exists(),
    reason="the register is not in ../shared/data: its source states no licence, so it is not shipped",
)


def independent() -> dict[int, list[float]]:
    """The shares left after each number of reductions, straight from the rows."""
    first: dict[str, int] = {}
    left: dict[int, list[float]] = defaultdict(list)
    done: dict[str, int] = defaultdict(int)
    for row in csv.DictReader(REGISTER.read_text("utf-8").splitlines()):
        ref = row["asset_ref"]
        if row["entry"] == "appraised":
            first.setdefault(ref, int(row["value"]))
        if row["entry"] == "price_reduced":
            done[ref] += 1
            left[done[ref]].append(int(row["to_price"]) / first[ref])
    return left


def test_the_median_share_left_after_n_reductions_is_that_of_a_count_by_hand() -> None:
    answer = decline(register(REGISTER), date(2026, 7, 28), None)
    left = independent()
    assert answer["assets"] == 18
    rows = answer["by_reductions"]
    assert [row["reductions"] for row in rows] == sorted(left)
    assert {1, 20} <= left.keys()
    for row in rows:
        assert row["n"] == len(left[row["reductions"]])
        assert row["median"] == pytest.approx(median(left[row["reductions"]]), abs=5e-7)


def test_none_of_them_was_sold() -> None:
    answer = decline(register(REGISTER), date(2026, 7, 28), None)
    assert answer["never_sold"] == {"n": 18, "sold": 0, "unsold": 18, "left": {}, "share": 1.0}
    assert {row["survival"] for row in answer["rounds_to_sale"]} == {1.0}
