"""Kaplan-Meier against a published example, against lifelines, and against the definition on the sample."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from projections.decline import decline
from projections.figures import Point, half_sold, kaplan_meier
from projections.life import Life
from tests.unit.lives import AS_OF, sample

# remission in weeks under 6-MP, Freireich et al. 1963, as every textbook shows it; censored where False
REMISSIONS = [
    *((6, True), (6, True), (6, True), (6, False), (7, True), (9, False), (10, True), (10, False)),
    *((11, False), (13, True), (16, True), (17, False), (19, False), (20, False), (22, True), (23, True)),
    *((25, False), (32, False), (32, False), (34, False), (35, False)),
]


def test_the_curve_of_the_textbook_example_is_the_one_published() -> None:
    curve = {point.time: point for point in kaplan_meier(Counter(REMISSIONS))}
    at_risk = {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}
    published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {time: curve[time].at_risk for time in at_risk} == at_risk
    assert {time: round(curve[time].survival, 3) for time in published} == published
    assert half_sold(curve.values()) == 23


def test_without_assets_there_is_no_curve_and_nothing_half_sold() -> None:
    assert kaplan_meier({}) == []
    assert half_sold([]) is None


def test_an_asset_not_sold_is_at_risk_on_its_last_day_and_lowers_nothing() -> None:
    assert kaplan_meier({(5, False): 1, (5, True): 1, (9, False): 2}) == [
        Point(5, 4, 1, 0.75),
        Point(9, 2, 0, 0.75),
    ]


def test_half_is_sold_at_the_first_time_that_leaves_no_more_than_half() -> None:
    assert half_sold(kaplan_meier({(1, True): 1, (2, True): 1, (3, True): 2})) == 2


def durations(life: Life, as_of: date) -> Mapping[str, tuple[int, bool]]:
    """The times of an announced life, counted anew from its raw facts."""
    held = [outcome for _, outcome in life.rounds if outcome in {"failed", "won", "defaulted", "annulled"}]
    end = life.sold_on or life.ended_on or as_of
    sold = life.sold_on is not None
    return {"round": (len(held), sold), "day": ((end - life.rounds[0][0]).days, sold)}


def times(of: str) -> list[tuple[int, bool]]:
    return [durations(life, AS_OF)[of] for life in sample() if life.rounds]


@pytest.mark.parametrize("of", ["round", "day"])
def test_the_curves_of_the_sample_are_those_of_the_definition(of: str) -> None:
    lasted = times(of)
    rows = decline(sample(), AS_OF, 1)[f"{of}s_to_sale"]
    assert [row[of] for row in rows] == sorted({time for time, _ in lasted})
    survival = 1.0
    for row in rows:
        at_risk = sum(time >= row[of] for time, _ in lasted)
        sold = sum(time == row[of] and done for time, done in lasted)
        survival *= 1 - sold / at_risk
        assert (row["at_risk"], row["sold"]) == (at_risk, sold)
        assert row["survival"] == pytest.approx(survival, abs=5e-7)


@pytest.mark.parametrize("of", ["round", "day"])
@pytest.mark.filterwarnings("ignore")  # lifelines and what it loads warn of each other
def test_the_curves_of_the_sample_are_those_of_lifelines(of: str) -> None:
    lifelines: Any = pytest.importorskip(
        "lifelines", reason="lifelines is not installed: pip install --group survival (400 MB with SciPy)"
    )
    lasted = times(of)
    fitted = lifelines.KaplanMeierFitter().fit([time for time, _ in lasted], [sold for _, sold in lasted])
    answer = decline(sample(), AS_OF, 1)
    rows = answer[f"{of}s_to_sale"]
    table = fitted.event_table
    assert [row[of] for row in rows] == [time for time in table.index if table["removed"][time]]
    for row in rows:
        assert row["survival"] == pytest.approx(float(fitted.predict(row[of])), abs=5e-7)
        assert (row["at_risk"], row["sold"]) == (table["at_risk"][row[of]], table["observed"][row[of]])
    half = fitted.median_survival_time_
    assert answer["half_sold"][of] == (None if half == float("inf") else half)
