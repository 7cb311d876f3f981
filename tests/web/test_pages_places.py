"""Where unsold assets are: by province and commune, and as points where their coordinates are known."""

import re

import pytest
from starlette.testclient import TestClient

from api.pages.routes import places
from auctions.application.recording import Actor, record
from auctions.domain.asset.events import Seized, asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import day, entry
from tests.web.reading_pages import opened
from tests.web.register import OFFICE

VALUE = 1_000_000_000
POINT = re.compile(r'<circle class="chart-place" cx="([^"]*)" cy="([^"]*)"')


@pytest.fixture
def coast(empty: TestClient, store: PostgresStore, database: str) -> TestClient:
    """Three assets of two communes, the northern and the eastern one with coordinates; one of no province."""
    files: list[tuple[str, str | None, str | None, dict[str, str | int]]] = [
        ("TS-1", "Bình Định", "Đề Gi", {"longitude": "109.2", "latitude": "14.1"}),
        ("TS-2", "Bình Định", "Nhơn Hải", {"longitude": "109.3", "latitude": "13.7"}),
        ("TS-3", "Bình Định", "Đề Gi", {}),
        ("TS-4", None, None, {}),
    ]
    for ref, province, commune, place in files:
        seized = Seized(
            on=day(1),
            asset_ref=ref,
            office=OFFICE,
            kind="land",
            province=province,
            commune=commune,
            attributes=place,
        )
        for line in (seized, entry("appraised", 2, value=VALUE)):
            by = Actor("clerk", OFFICE)
            record(store, stream_id=asset_id(OFFICE, ref), entries=[line], by=by, as_found=True)
    Runner(database).catch_up()
    return empty


def test_unsold_assets_are_counted_by_province_with_the_sums_of_their_prices(coast: TestClient) -> None:
    page = opened(coast, "/places")
    assert "Unsold: 4, together 4,000,000,000 dong" in page.words
    assert "Bình Định 3 3,000,000,000 dong 100% the assets (Bình Định)" in page.words
    assert "not stated in the file 1 1,000,000,000 dong 100%" in page.words
    assert page.links["Bình Định"] == "/places?province=B%C3%ACnh+%C4%90%E1%BB%8Bnh"
    assert 'href="/?province=B%C3%ACnh+%C4%90%E1%BB%8Bnh"' in page.html


def test_a_province_is_told_by_commune_each_with_the_way_to_its_assets(coast: TestClient) -> None:
    page = opened(coast, "/places?province=Bình+Định&kind=land")
    assert "Communes of Bình Định" in page.words
    assert "Đề Gi 2 2,000,000,000 dong 100% the assets (Đề Gi) Nhơn Hải 1" in page.words
    ways = re.findall(r'href="/\?([^"]*commune=[^"]*)"', page.html)
    assert [way.count("province=") + way.count("kind=land") for way in ways] == [2, 2]
    assert page.form("/places").fields == {"province": "Bình Định", "kind": "land"}


def test_assets_with_coordinates_are_points_the_northern_above_the_eastern_right(coast: TestClient) -> None:
    page = opened(coast, "/places")
    (north_x, north_y), (east_x, east_y) = (
        (float(x), float(y)) for x, y in sorted(POINT.findall(page.html), key=lambda at: float(at[1]))
    )
    assert north_x < east_x
    assert north_y < east_y
    assert "A point an asset: 2 of 4 tell their coordinates." in page.words
    assert "Outlines of provinces are left out: no open data of them comes with this service." in page.words


def test_where_no_asset_tells_its_coordinates_the_page_says_so(web: TestClient) -> None:
    page = opened(web, "/places")
    assert "None of these assets tells its coordinates, so there is no map" in page.words
    assert POINT.findall(page.html) == []


def test_of_too_many_assets_no_map_is_drawn(coast: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_MOST", 3)
    assert "These are more than 3 assets: choose a province to see a map." in opened(coast, "/places").words
    assert len(POINT.findall(opened(coast, "/places?province=Bình+Định").html)) == 2


def test_where_nothing_is_unsold_the_page_says_what_to_do(web: TestClient) -> None:
    page = opened(web, "/places?kind=house")
    assert "Nothing of this kind is unsold." in page.words
    assert page.links["All kinds"] == "/places"
    elsewhere = opened(web, "/places?province=Cà+Mau")
    assert "Nothing is unsold there." in elsewhere.words
    assert elsewhere.links["all provinces again"] == "/places"


def test_a_kind_that_no_file_can_have_is_refused_above_the_form(web: TestClient) -> None:
    page = opened(web, "/places?kind=a%01b")
    assert page.status == 422
    assert "kind" in page.form("/places").fields


def test_places_are_there_in_vietnamese(coast: TestClient) -> None:
    page = opened(coast, "/places?province=Bình+Định", language="vi")
    assert "Các xã của Bình Định" in page.words
    assert "Mỗi điểm là một tài sản: 2 trong 3 tài sản có ghi tọa độ." in page.words
