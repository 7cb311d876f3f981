from datetime import date
from typing import Any

import pytest

from projections.decline import Asked, decline
from projections.life import Life
from tests.unit.lives import AS_OF, day, life, sample

FIXED = ("as_of", "known_at", "assets", "by_reductions", "rounds_to_sale", "days_to_sale")


def told(*lives: Life, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - the fields of Asked
    return decline(lives, AS_OF, 17, Asked(**asked))


def test_the_answer_begins_with_its_two_times_and_holds_the_fixed_words() -> None:
    answer = told(life(100, 90, rounds="f."))
    assert tuple(answer)[:6] == FIXED
    assert (answer["as_of"], answer["known_at"], answer["assets"]) == ("2026-10-31", 17, 1)
    assert answer["by_reductions"] == [{"reductions": 1, "n": 1, "q1": 0.9, "median": 0.9, "q3": 0.9}]
    assert answer["rounds_to_sale"] == [{"round": 1, "at_risk": 1, "sold": 0, "survival": 1.0}]
    assert answer["days_to_sale"] == [{"day": 658, "at_risk": 1, "sold": 0, "survival": 1.0}]


def test_of_no_assets_every_figure_is_nothing_and_none_is_made_up() -> None:
    answer = told()
    assert (answer["assets"], answer["by_reductions"], answer["days_to_sale"]) == (0, [], [])
    assert answer["never_sold"] == {"n": 0, "sold": 0, "unsold": 0, "left": {}, "share": None}
    assert answer["days_a_round"] == {"n": 0, "q1": None, "median": None, "q3": None}
    assert answer["half_sold"] == {"round": None, "day": None}


def test_the_share_left_is_of_the_first_price_over_the_assets_cut_as_often() -> None:
    rows = told(life(1000, 900, 800), life(1000, 800), life(500), life(1000, 850))["by_reductions"]
    assert rows == [
        {"reductions": 1, "n": 3, "q1": 0.825, "median": 0.85, "q3": 0.875},
        {"reductions": 2, "n": 1, "q1": 0.8, "median": 0.8, "q3": 0.8},
    ]


def test_a_reappraisal_is_no_reduction_and_leaves_the_first_price_first() -> None:
    levels = (("appraised", day(0), 100), ("reappraised", day(1), 200), ("reduced", day(2), 180))
    answer = told(life(levels=levels))
    assert answer["by_reductions"] == [{"reductions": 1, "n": 1, "q1": 1.8, "median": 1.8, "q3": 1.8}]
    assert answer["causes"] == [
        {"cause": "reduced", "n": 1, "steps": 1, "dong": 20, "of_first": 0.2},
        {"cause": "reappraised", "n": 1, "steps": 1, "dong": -100, "of_first": -1.0},
    ]


def test_an_asset_sold_counts_at_its_round_and_day_and_one_unsold_is_censored() -> None:
    sold = life(100, 90, rounds="fw", sold_on=day(85), sold_for=95)
    answer = told(sold, life(100, 90, 81, rounds="ff."), life(100))
    assert answer["rounds_to_sale"] == [{"round": 2, "at_risk": 2, "sold": 1, "survival": 0.5}]
    assert [row["day"] for row in answer["days_to_sale"]] == [75, 658]
    assert answer["half_sold"] == {"round": 2, "day": 75}


def test_a_cancelled_round_was_not_held_and_one_whose_winner_defaulted_was() -> None:
    rows = told(life(100, rounds="cdcaf"))["rounds_to_sale"]
    assert rows == [{"round": 3, "at_risk": 1, "sold": 0, "survival": 1.0}]


def test_an_asset_that_left_is_at_risk_until_that_day_only() -> None:
    rows = told(life(100, rounds="f", ended_on=day(40), exit="redeemed"))["days_to_sale"]
    assert rows == [{"day": 30, "at_risk": 1, "sold": 0, "survival": 1.0}]


def test_never_sold_are_those_that_left_otherwise_and_those_still_unsold() -> None:
    left = life(100, ended_on=day(9), exit="returned")
    split = life(100, ended_on=day(9), exit="split")
    sold = life(100, rounds="w", sold_on=day(20), sold_for=100)
    assert told(left, split, sold, life(100))["never_sold"] == {
        "n": 3,
        "sold": 1,
        "unsold": 1,
        "left": {"returned": 1},
        "share": 0.666667,
    }


def test_hammer_and_price_are_measured_against_the_loan_of_vessels_alone() -> None:
    vessel: dict[str, Any] = {"kind": "vessel", "loan_value": 1000}
    sold = life(300, rounds="w", sold_on=day(20), sold_for=400, **vessel)
    gone = life(100, ended_on=day(9), exit="returned", **vessel)
    loan = told(sold, life(300, 200, **vessel), gone, life(100, loan_value=1000))["loan"]
    of_one = {"n": 1, "q1": 0.4, "median": 0.4, "q3": 0.4, "least": 0.4, "most": 0.4}
    assert loan == {"hammer": of_one, "price": dict.fromkeys(of_one, 0.2) | {"n": 1}}


def test_the_days_of_a_round_run_from_one_announcement_to_the_next() -> None:
    assert told(life(100, rounds="ff."), life(100, rounds="."))["days_a_round"] == {
        "n": 2,
        "q1": 50.0,
        "median": 50.0,
        "q3": 50.0,
    }


def test_costs_are_measured_where_the_file_tells_of_any() -> None:
    assert told(life(100, 50, costs=5), life(100), life(costs=7))["costs_to_price"] == {
        "n": 1,
        "q1": 0.1,
        "median": 0.1,
        "q3": 0.1,
    }


def test_the_round_is_told_after_which_the_price_fell_to_the_costs_or_to_debt_and_costs() -> None:
    falling = life(100, 90, 80, rounds="ff.", costs=10, secured_debt=72)
    below_at_first = life(100, costs=1, secured_debt=500)
    falls = told(falling, below_at_first, life(100))["falls_to"]
    assert falls["debt"] == {"of": 2, "at_first": 1, "n": 1, "q1": 2.0, "median": 2.0, "q3": 2.0}
    assert falls["costs"] == {"of": 2, "at_first": 0, "n": 0, "q1": None, "median": None, "q3": None}


def test_of_a_single_asset_it_is_a_count_too_that_had_fallen_so_far_at_first() -> None:
    count = told(life(100, costs=10))["falls_to"]["costs"]["at_first"]
    assert (type(count), count) == (int, 0)


@pytest.mark.parametrize(
    ("prices", "stalling"),
    [
        ((1000, 995, 990, 985), 1),
        ((1000, 995, 990), 0),
        ((1000, 990, 981, 972, 964), 1),
        ((1000, 990, 981, 972), 0),  # the first cut is of one per cent
        ((1000, 995, 990, 900, 895, 890), 0),
    ],
)
def test_stalling_is_three_cuts_in_a_row_of_less_than_one_per_cent(
    prices: tuple[int, ...], stalling: int
) -> None:
    assert told(life(*prices), life(100))["stalling"] == {"n": 1, "assets": stalling}


def test_only_what_is_asked_for_is_counted() -> None:
    lives = [life(100, 90), life(100, 80, kind="vessel", office="KV-5", seized_on=date(2024, 5, 5))]
    for asked in ({"kind": "vessel"}, {"office": "KV-5"}, {"year": 2024}):
        answer = told(*lives, **asked)
        assert (answer["assets"], answer["by_reductions"][0]["median"]) == (1, 0.8)
    assert told(*lives, province="Phú Yên")["assets"] == 2
    assert told(*lives, province="Phú Yên", kind="house")["assets"] == 0


def test_a_reduction_falls_under_the_law_of_its_day_and_the_rest_under_that_of_the_seizure() -> None:
    levels = (
        ("appraised", date(2026, 1, 1), 100),
        ("reduced", date(2026, 6, 30), 90),
        ("reduced", date(2026, 7, 1), 81),
    )
    lives = [life(levels=levels), life(seized_on=date(2026, 7, 1))]
    old, new = told(*lives, regime="old"), told(*lives, regime="new")
    assert [row["reductions"] for row in old["by_reductions"]] == [1]
    assert [row["reductions"] for row in new["by_reductions"]] == [2]
    assert (old["assets"], new["assets"]) == (1, 1)
    assert [group["value"] for group in told(*lives, by="regime")["groups"]] == ["new", "old"]
    (only,) = told(*lives, by="regime", regime="new")["groups"]
    assert only["by_reductions"] == new["by_reductions"]


@pytest.mark.parametrize("by", ["kind", "province", "office", "year", "regime"])
def test_the_groups_of_the_sample_are_what_each_of_them_answers_alone(by: str) -> None:
    whole = decline(sample(), AS_OF, 17, Asked(by=by))  # type: ignore[arg-type]  # one of By
    assert sum(group["assets"] for group in whole["groups"]) == whole["assets"] == 200
    for group in whole["groups"]:
        alone = decline(sample(), AS_OF, 17, Asked(**{by: group["value"]}))
        assert group == {name: {"value": group["value"], **alone}[name] for name in group}


def test_a_group_without_a_value_comes_last() -> None:
    groups = told(life(province=None), life(province="Đắk Lắk"), life(), by="province")["groups"]
    assert [(group["value"], group["assets"]) for group in groups] == [
        ("Phú Yên", 1),
        ("Đắk Lắk", 1),
        (None, 1),
    ]
