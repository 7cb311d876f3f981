"""The list of a past day as known earlier is the present list of a log that ends there, whatever is asked."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections.asset_list import SORTS, Filter
from projections.runner import Runner
from projections.times import NOW, Times
from tests.contract.pasts import Lives, asked, cut, page
from tests.contract.registers import add, head, seized, write
from tests.unit.given import PRICE, day, entry
from tests.unit.situations import FAILED

FILTERS: dict[str, list[Any]] = {
    "unsold": [True, False],
    "kind": ["house"],
    "province": ["Bình Định"],
    "commune": ["An Ninh Đông"],
    "office": ["KV-5"],
    "officer": ["CHV-1"],
    "stage": ["awaiting_appraisal", "announced", "awaiting_reduction"],
    "year": [2024, 2025],
    "price_min": [850_000_000],
    "price_max": [900_000_000],
    "rounds_min": [2],
    "failed_rounds_min": [1],
    "reductions_min": [1],
    "left_min": [Decimal(1)],
    "left_max": [Decimal("0.9")],
    "of_loan_max": [Decimal("0.5")],
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


@pytest.mark.parametrize(("of", "known"), [(0.4, None), (None, 0.5), (0.4, 0.6)])
def test_each_filter_and_sort_finds_what_the_present_finds_in_a_log_that_ends_then(
    past: Lives, server: str, template: str, of: float | None, known: float | None
) -> None:
    times = past.times(of, known)
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


def stages(url: str, times: Times) -> list[tuple[str, str]]:
    with connection(url) as own:
        return [(item["asset_ref"], item["stage"]) for *_, item in page(own, asked(times, sort="asset_ref"))]


def test_an_asset_is_listed_from_the_day_of_its_seizure_in_the_stage_of_the_day(
    database: str, store: PostgresStore
) -> None:
    Runner(database).catch_up()
    assert stages(database, Times(day(5))) == stages(database, Times(None, 0)) == []
    asset = write(store, *FAILED)
    write(store, seized("TS-18", 3))
    add(store, asset, entry("price_reduced", 9, to_price=PRICE // 2))
    Runner(database).catch_up()
    began = ("TS-18", "awaiting_appraisal")
    assert stages(database, Times(day(0))) == []
    assert stages(database, Times(day(1))) == [("TS-17", "awaiting_appraisal")]
    assert stages(database, Times(day(3))) == [("TS-17", "announced"), began]
    assert stages(database, Times(day(8))) == [("TS-17", "awaiting_reduction"), began]
    assert stages(database, Times(day(9))) == [("TS-17", "awaiting_round"), began]
    assert stages(database, Times(day(9), head(database) - 1)) == [("TS-17", "awaiting_reduction"), began]
    assert stages(database, Times(day(9), 4)) == [("TS-17", "awaiting_reduction")]
