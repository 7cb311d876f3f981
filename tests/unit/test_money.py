from decimal import Decimal

import pytest
from pydantic import ValidationError

from auctions.domain.money import share
from tests.unit.given import entry


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (9, 10, "0.900000"),
        (1, 3, "0.333333"),
        (2, 3, "0.666667"),
        (0, 7, "0.000000"),
        (7, 7, "1.000000"),
        (12, 7, "1.714286"),
        (459_104_902, 510_116_558, "0.900000"),
        (88_149_063_657, 126_000_000_000, "0.699596"),
        (10**16, 1, "10000000000000000.000000"),
    ],
)
def test_a_share_is_told_with_six_places(part: int, whole: int, told: str) -> None:
    assert str(share(part, whole)) == told
    assert isinstance(share(part, whole), Decimal)


@pytest.mark.parametrize("amount", [1.0, "1", True, 10**16 + 1, -1, 0])
def test_a_price_is_a_whole_number_of_dong_above_nothing(amount: object) -> None:
    with pytest.raises(ValidationError):
        entry("appraised", 1, value=amount)


@pytest.mark.parametrize("amount", [1, 10**16])
def test_the_smallest_and_the_largest_price_are_taken(amount: int) -> None:
    assert entry("appraised", 1, value=amount).data()["value"] == amount


def test_an_amount_paid_may_be_nothing_but_not_less() -> None:
    assert entry("redeemed", 1, paid=0).data() == {"paid": 0}
    with pytest.raises(ValidationError):
        entry("redeemed", 1, paid=-1)
