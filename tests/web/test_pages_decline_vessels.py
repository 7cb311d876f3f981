"""The page of Decree 67 vessels: each with its loan value, appraisal and price, sums, filters, downloads."""

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import AssetEntry, Seized, asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import day, entry
from tests.web.reading_pages import opened
from tests.web.register import OFFICE

LOAN = 10_000_000_000
VALUE = 4_000_000_000


@pytest.fixture
def harbour(empty: TestClient, store: PostgresStore, database: str) -> TestClient:
    """Three vessels, one of them sold, one that fell to a tenth of its loan and one not yet valued."""
    announced = entry("round_announced", 3, round_no=1, starting_price=VALUE)
    valued = [entry("appraised", 2, value=VALUE), announced]
    kept(store, "V-SOLD", [*valued, entry("round_won", 10, round_no=1, price=5_000_000_000)])
    failed = [entry("round_failed", 10, round_no=1), entry("price_reduced", 25, to_price=LOAN // 10)]
    kept(store, "V-FALLEN", [*valued, *failed])
    kept(store, "V-NEW", [])
    Runner(database).catch_up()
    return empty


@pytest.fixture
def crowded(empty: TestClient, store: PostgresStore, database: str) -> TestClient:
    """As many vessels as a page has rows, and two more, each valued a little higher than the one before."""
    for number in range(27):
        kept(store, f"V-{number:02}", [entry("appraised", 2, value=VALUE + number)])
    Runner(database).catch_up()
    return empty


def kept(store: PostgresStore, ref: str, entries: list[AssetEntry]) -> None:
    """Record the file of a vessel that a loan of 2016 financed."""
    seized = Seized(
        on=day(1),
        asset_ref=ref,
        office=OFFICE,
        kind="vessel",
        province="Bình Định",
        loan_value=LOAN,
        loan_valued_on=date(2016, 5, 4),
    )
    for line in (seized, *entries):
        by = Actor("clerk", OFFICE)
        record(store, stream_id=asset_id(OFFICE, ref), entries=[line], by=by, as_found=True)


def test_the_vessel_of_which_the_least_is_left_stands_first_and_one_without_a_price_last(
    harbour: TestClient,
) -> None:
    page = opened(harbour, "/decline/vessels")
    refs = [words for words in page.links if words.startswith("V-")]
    assert refs == ["V-FALLEN", "V-SOLD", "V-NEW"]
    assert (
        "V-FALLEN Bình Định 10.0% 10,000,000,000 dong 4,000,000,000 dong 40.0% 1,000,000,000 dong"
        in page.words
    )
    assert "5,000,000,000 dong hammer won" in page.words


def test_loan_values_appraisals_prices_and_hammers_are_summed_each_with_its_n(harbour: TestClient) -> None:
    words = opened(harbour, "/decline/vessels").words
    assert "loan values 30,000,000,000 dong n = 3" in words
    assert "first appraisals 8,000,000,000 dong n = 2 · median 40.0% of the loan" in words
    assert "asked now, of those unsold 1,000,000,000 dong n = 1 · median 10.0% of the loan" in words
    assert "hammer, of those sold 5,000,000,000 dong n = 1 · median 50.0% of the loan" in words


def test_vessels_are_shown_some_at_a_time(crowded: TestClient) -> None:
    first = opened(crowded, "/decline/vessels?office=KV-3")
    assert "Vessels 1 to 25 of 27, those with the least left first." in first.words
    second = opened(crowded, first.links["Next vessels"])
    assert [words for words in second.links if words.startswith("V-")] == ["V-25", "V-26"]
    assert "Next vessels" not in second.links
    assert opened(crowded, second.links["First vessels"]).words == first.words
    beyond = opened(crowded, "/decline/vessels?after=90")
    assert "No more vessels:" in beyond.words


def test_downloads_hold_the_vessels_that_were_chosen(harbour: TestClient) -> None:
    page = opened(harbour, "/decline/vessels?year=2025")
    addresses = re.findall(r'href="(/v1/decline[^"]*)"', page.html)
    assert addresses == [
        "/v1/decline/vessels.csv?year=2025",
        "/v1/decline/vessels?year=2025",
        "/v1/decline.svg?year=2025&amp;kind=vessel",
    ]
    assert all(harbour.get(address.replace("&amp;", "&")).status_code == 200 for address in addresses)


def test_where_there_is_no_vessel_with_a_loan_value_the_page_says_what_to_do(web: TestClient) -> None:
    page = opened(web, "/decline/vessels?province=Hà+Nội")
    assert "No vessel with a loan value fits what you chose." in page.words
    assert page.links["All vessels"] == "/decline/vessels"
    assert page.form("/decline/vessels").fields["province"] == "Hà Nội"


def test_a_year_that_is_none_is_refused_beside_its_field(web: TestClient) -> None:
    page = opened(web, "/decline/vessels?year=17")
    assert page.status == 422
    assert page.form("/decline/vessels").fields["year"] == "17"
    assert 'aria-invalid="true"' in page.html


def test_the_page_of_vessels_is_there_in_vietnamese(harbour: TestClient) -> None:
    page = opened(harbour, "/decline/vessels", language="vi")
    assert "Tàu thứ 1 đến 3 trong 3 tàu" in page.words
    assert "tổng giá trị khi cho vay 30.000.000.000 đồng" in page.words
