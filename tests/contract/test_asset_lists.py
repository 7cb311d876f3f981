"""The list of assets: each filter, words with and without marks, and pages by key."""

import json
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections.asset_list import Filter, page_query
from projections.runner import Runner
from tests.contract.registers import seized, write
from tests.unit.given import PRICE, day
from tests.unit.situations import FAILED, HAMMER

LAND: dict[str, Any] = {
    "province": "Bình Định",
    "commune": "Tam Quan",
    "attributes": {"certificate_no": "CS 00_123"},
}
VESSEL: dict[str, Any] = {
    "kind": "vessel",
    "province": "Đắk Lắk",
    "office": "KV-5",
    "attributes": {"vessel_no": "QNa-92345 TS"},
}
listing = partial(Filter, day=day(60), sort="asset_ref")
ASKED = {
    listing(): "12345",
    listing(unsold=True): "1235",
    listing(unsold=False): "4",
    listing(kind="vessel"): "2",
    listing(kind="house"): "",
    listing(province="Bình Định"): "1",
    listing(office="KV-5"): "2",
    listing(office="KV-3", unsold=True): "135",
    listing(stage="awaiting_reduction"): "3",
    listing(stage="won", unsold=True): "",
    listing(kind="land", province="Bình Định", office="KV-3", stage="awaiting_appraisal", q="tam"): "1",
    listing(limit=2): "12",
    listing(limit=1, office="KV-3", unsold=False): "4",
    listing(q=""): "12345",
    listing(q="  "): "12345",
    listing(q="bình định"): "1",
    listing(q="BINH  DINH"): "1",
    listing(q="quan binh"): "1",
    listing(q="binh lak"): "",
    listing(q="đắk"): "2",
    listing(q="dak"): "2",
    listing(q="QNa-92345"): "2",
    listing(q="qna92345ts"): "2",
    listing(q="92345 ts"): "2",
    listing(q="TS-4"): "4",
    listing(q="%"): "5",
    listing(q="100%"): "5",
    listing(q="00_1"): "1",
    listing(q="t_m"): "",
    listing(q="t%m"): "",
    listing(q="QNa.92345/TS"): "2",
    listing(q="_"): "1",
    listing(q="\\"): "5",
    listing(q="c:\\d"): "5",
    listing(q="\\%"): "",
    listing(q="' OR true --"): "",
    listing(number="qna92345ts"): "2",
    listing(number="QNa-92345 TS"): "2",
    listing(number="92345"): "",
    listing(number="cs-00 123"): "1",
    listing(commune="Tam Quan"): "1",
    listing(officer="CB-7"): "5",
    listing(year=2025): "1234",
    listing(year=2024): "5",
    listing(year=2026): "",
    listing(rounds_min=1): "34",
    listing(failed_rounds_min=1): "3",
    listing(reductions_min=1): "",
    listing(price_min=PRICE, price_max=PRICE): "34",
    listing(price_min=PRICE + 1): "",
    listing(price_max=PRICE - 1): "",
    listing(left_min=Decimal(1)): "34",
    listing(left_max=Decimal("0.9")): "",
    listing(of_loan_max=Decimal("0.25")): "3",
    listing(of_loan_max=Decimal("0.249999")): "",
    listing(days_since_seizure_min=59): "12345",
    listing(days_since_seizure_min=60): "5",
    listing(days_since_seizure_min=62): "",
    listing(days_since_round_min=50): "34",
    listing(days_since_round_min=58): "",
    listing(in_lieu_open=True): "",
    listing(suspended=False, unsold=False): "4",
    listing(sort="-asset_ref"): "54321",
    listing(sort="-price", unsold=True, limit=1): "3",
}


@pytest.fixture
def register(database: str, store: PostgresStore) -> str:
    """The URL of a database that answers five assets."""
    write(store, seized("TS-1", **LAND))
    write(store, seized("TS-2", **VESSEL))
    write(store, seized("TS-3", loan_value=4 * PRICE), *FAILED[1:])
    write(store, seized("TS-4"), *HAMMER[1:])
    write(store, seized("TS-5", -1, officer="CB-7", description="kho C:\\D, 100% bê tông"))
    Runner(database).catch_up()
    return database


def page(url: str, asked: Filter) -> list[tuple[str, UUID, str]]:
    with connection(url) as own:
        return own.execute(*page_query(asked)).fetchall()


def test_a_list_holds_what_each_filter_asks_for_by_reference(register: str) -> None:
    found = {
        asked: "".join(
            json.loads(item)["asset_ref"].removeprefix("TS-") for _, _, item in page(register, asked)
        )
        for asked in ASKED
    }
    assert found == ASKED


def test_a_page_begins_after_the_last_row_seen_and_the_pages_together_are_the_list(
    database: str, store: PostgresStore
) -> None:
    for office in ("KV-1", "KV-2", "KV-3"):
        for number in range(3):
            write(store, seized(f"TS-{number}", office=office))
    Runner(database).catch_up()
    whole = page(database, listing())
    assert whole == sorted(whole)
    assert len(whole) == 9
    for limit in (1, 2, 9):
        pages, after = [], None
        while found := page(database, listing(after=after, limit=limit, unsold=True, q="ts")):
            assert len(found) <= limit
            pages += found
            after = found[-1][:2]
        assert pages == whole


def test_a_page_is_fifty_rows_unless_asked_otherwise() -> None:
    assert page_query(listing())[1]["limit"] == 50
