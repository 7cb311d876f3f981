"""Pages by key, with ties and with what is missing: together they are the list in any order, at any time."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from auctions.store.connect import connection
from projections.asset_list import SORTS
from projections.times import NOW, Times
from tests.contract.pasts import Listed, Lives, asked, page, pages

MISSING = {"price": 0, "left_of_first": 1}
"""What a field without a value counts as; a round that was not held, as the day of the seizure."""


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_every_size_are_together_the_list_in_its_order(
    past: Lives, sort: str, *, earlier: bool
) -> None:
    times = past.times(0.5, 0.7) if earlier else NOW
    with connection(past.url) as own:
        whole = page(own, asked(times, sort=sort))
        assert whole == sorted(whole, key=lambda row: row[:2], reverse=sort.startswith("-"))
        for limit in (1, 7, len(whole)):
            found = list(pages(own, asked(times, sort=sort, limit=limit)))
            assert [len(each) for each in found[:-1]] == [limit] * (len(found) - 1)
            assert [row for each in found for row in each] == whole
    assert [row[0] for row in whole] == [sorted_by(row, sort.removeprefix("-")) for row in whole]
    if not sort.endswith("asset_ref"):
        assert max(Counter(row[0] for row in whole).values()) > 1, "no two rows tie"


def sorted_by(row: Listed, field: str) -> object:
    """Return what an item tells of the field sorted by, in the type of the row's own value."""
    value, _, item = row
    told = item[field]
    if told is None:
        told = MISSING.get(field, item["seized_on"])
    if isinstance(value, date):
        return date.fromisoformat(told)
    return Decimal(str(told)) if isinstance(value, Decimal) else told


def test_a_row_that_ties_with_the_last_of_a_page_is_on_the_next(past: Lives) -> None:
    with connection(past.url) as own:
        for times in (NOW, Times(past.days[-1]), Times(None, past.head)):
            for sort in ("reductions", "-reductions"):
                wanted = asked(times, sort=sort, unsold=True)
                whole = page(own, wanted)
                for place, row in enumerate(whole):
                    assert page(own, replace(wanted, after=row[:2])) == whole[place + 1 :]
