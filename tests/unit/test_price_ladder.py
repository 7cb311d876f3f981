from decimal import Decimal
from typing import Any
from uuid import UUID

from auctions.domain.asset.decisions import File
from projections.price_ladder import COLUMNS, PROJECTION, rows
from projections.projection import Folded
from tests.unit.given import PRICE, day, entry, given, struck, when
from tests.unit.situations import FAILED, SITUATIONS

ASSET = UUID(int=17)
REDUCED = (*FAILED, "price_reduced")


def ladder(file: File) -> list[tuple[Any, ...]]:
    return list(rows(Folded(ASSET, file.version, file.state)))


def test_an_asset_without_an_appraisal_has_no_price_levels() -> None:
    assert ladder(given()) == ladder(given("seized")) == []


def test_the_first_level_is_the_appraisal_and_whole_of_itself() -> None:
    assert ladder(given("seized", "appraised")) == [
        (ASSET, 1, "appraised", day(2), PRICE, None, Decimal("1.000000"))
    ]


def test_every_level_has_its_cause_its_day_and_its_share_of_the_one_before_and_of_the_first() -> None:
    file = given("seized", entry("appraised", 2, value=3_000_000), "round_announced", "round_failed")
    when(file, entry("price_reduced", 5, to_price=2_000_000))
    when(file, entry("appraised", 6, value=4_000_001))
    assert ladder(file) == [
        (ASSET, 1, "appraised", day(2), 3_000_000, None, Decimal(1)),
        (ASSET, 2, "reduced", day(5), 2_000_000, Decimal("0.666667"), Decimal("0.666667")),
        (ASSET, 3, "reappraised", day(6), 4_000_001, Decimal("2.000000"), Decimal("1.333334")),
    ]
    assert {str(row[-1]) for row in ladder(file)} == {"1.000000", "0.666667", "1.333334"}


def test_rounds_and_sales_are_no_price_levels() -> None:
    file = given(*REDUCED, "round_announced", "round_won", "sale_paid", "delivered")
    assert [row[1:3] for row in ladder(file)] == [(1, "appraised"), (2, "reduced")]


def test_a_struck_reduction_is_no_price_level() -> None:
    file = given(*REDUCED)
    when(file, struck(5))
    assert [row[2] for row in ladder(file)] == ["appraised"]


def test_a_file_whose_seizure_is_struck_has_no_price_levels() -> None:
    file = given("seized", "appraised")
    when(file, struck(1), struck(2))
    assert ladder(file) == []


def test_every_row_has_every_column_and_its_key_is_the_asset_and_the_step() -> None:
    assert PROJECTION.primary_key == "asset_id, step"
    for situation in SITUATIONS.values():
        for number, row in enumerate(ladder(given(*situation.steps)), 1):
            assert len(row) == len(COLUMNS)
            assert row[:2] == (ASSET, number)
