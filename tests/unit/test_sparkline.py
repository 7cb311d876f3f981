"""A price ladder as a small line of steps."""

from api.pages.charts.sparkline import sparkline


def step(on: str, price: int) -> dict[str, object]:
    """A price level."""
    return {"on": on, "price": price, "cause": "reduced"}


def test_what_has_no_price_has_no_picture() -> None:
    assert sparkline([], "2025-01-01") == ""


def test_one_price_is_a_level_line_at_the_top() -> None:
    assert sparkline([step("2025-01-01", 900)], "2025-06-01") == "M2 2.0H94"


def test_each_reduction_is_a_step_down_on_its_day_measured_from_nothing() -> None:
    steps = [step("2025-01-01", 1000), step("2025-01-06", 500), step("2025-01-11", 250)]
    assert sparkline(steps, "2025-01-21") == "M2 2.0H25.0V14.0H48.0V20.0H94"


def test_levels_of_one_day_and_a_price_of_nothing_are_drawn_too() -> None:
    steps = [step("2025-01-01", 1000), step("2025-01-01", 0)]
    assert sparkline(steps, "2025-01-01") == "M2 2.0H2.0V26.0H94"
