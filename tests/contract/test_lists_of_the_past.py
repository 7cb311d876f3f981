"""The list of a past day as known earlier is the present list of a log that ends there, whatever is asked."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest

from auctions.store.connect import connection
from projections.asset_list import SORTS, Filter
from projections.times import NOW, Times
from tests.contract.pasts import Lives, asked, cut, page

FILTERS: dict[str, list[Any]] = {
    "unsold": [True, False],
    "kind": ["house"],
    "province": ["Bình Định"],
    "commune": ["An Ninh Đông"],
    "office": ["KV-5"],
    "officer": ["CHV-1"],
    "stage": ["awaiting_appraisal", "announced", "awaiting_reduction"],
    "price_min": [850_000_000],
    "price_max": [900_000_000],
    "rounds_min": [2],
    "failed_rounds_min": [1],
    "reductions_min": [1],
    "left_min": [Decimal(1)],
    "left_max": [Decimal("0.9")],
    "days_since_seizure_min": [150],
    "days_since_round_min": [12],
    "in_lieu_open": [True, False],
    "suspended": [True, False],
    "q": ["binh dinh", "THUA 7", "TS-1"],
    "number": ["TS-11", "cs-7"],
}
ASKED = [{name: value} for name, values in FILTERS.items() for value in values]


def test_every_field_of_a_list_is_asked_for_here() -> None:
    others = {"day", "sort", "after", "limit", "times"}
    assert {each.name for each in fields(Filter)} - others == set(FILTERS)


@pytest.mark.parametrize(("day", "known"), [(0.4, None), (None, 0.5), (0.4, 0.6)])
def test_each_filter_and_sort_finds_what_the_present_finds_in_a_log_that_ends_then(
    past: Lives, server: str, template: str, day: float | None, known: float | None
) -> None:
    times = past.times(day, known)
    questions = [*ASKED, *({"sort": sort} for sort in SORTS), {"unsold": True, "kind": "land", "q": "thửa"}]
    silent = []
    with cut(server, template, past, times) as url, connection(past.url) as own, connection(url) as ended:
        whole = page(own, asked(times))
        assert len(whole) > 20
        for question in questions:
            then = asked(times, **question)
            found = page(own, then)
            assert found == page(ended, asked(NOW, **question, day=then.day)), question
            if "sort" not in question and len(found) in {0, len(whole)}:
                silent.append(question)
    assert len(silent) < 6, silent


def test_before_the_first_entry_and_the_first_day_there_is_nothing(past: Lives) -> None:
    eve = past.days[0].replace(year=past.days[0].year - 1)
    with connection(past.url) as own:
        assert page(own, asked(Times(None, 0))) == page(own, asked(Times(eve))) == []


def test_the_present_and_the_past_agree_on_the_last_day_as_known_to_the_end(past: Lives) -> None:
    last, head = past.days[-1], past.head
    with connection(past.url) as own:
        for sort in SORTS:
            now = page(own, asked(NOW, sort=sort))
            assert len(now) > 30
            for times in (Times(last), Times(None, head), Times(last, head)):
                assert page(own, asked(times, sort=sort)) == now
