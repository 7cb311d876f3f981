"""Assets of a province counted by commune."""

import pytest
from starlette.testclient import TestClient

from api.models import Communes
from auctions.application.recording import Actor, record, today
from auctions.domain.asset.events import Seized, asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import day, entry
from tests.web.register import OFFICE

VALUE = 1_000_000_000


@pytest.fixture
def coast(empty: TestClient, store: PostgresStore, database: str) -> TestClient:
    """Two assets of a commune, one of them reduced, one of no commune, one of another province."""
    for ref, province, commune in (
        ("TS-1", "Bình Định", "Đề Gi"),
        ("TS-2", "Bình Định", "Đề Gi"),
        ("TS-3", "Bình Định", None),
        ("TS-4", "Phú Yên", "Đề Gi"),
    ):
        seized = Seized(
            on=day(1), asset_ref=ref, office=OFFICE, kind="land", province=province, commune=commune
        )
        valued = entry("appraised", 2, value=VALUE)
        announced = entry("round_announced", 3, round_no=1, starting_price=VALUE)
        failed = (entry("round_failed", 10, round_no=1), entry("price_reduced", 25, to_price=VALUE // 10 * 9))
        for line in (seized, valued, announced, *(failed if ref == "TS-1" else ())):
            by = Actor("clerk", OFFICE)
            record(store, stream_id=asset_id(OFFICE, ref), entries=[line], by=by, as_found=True)
    Runner(database).catch_up()
    return empty


def counted(web: TestClient, query: str) -> list[tuple[str, int, int, int]]:
    told = Communes.model_validate_json(web.get(f"/v1/communes?{query}").content, strict=True)
    assert told.position == told.known_at
    return [(item.value, item.n, item.price, item.first_price) for item in told.items]


def test_assets_of_a_province_are_counted_by_commune_the_fullest_first(coast: TestClient) -> None:
    assert counted(coast, "province=Bình Định&unsold=true") == [
        ("Đề Gi", 2, VALUE // 10 * 19, 2 * VALUE),
        ("", 1, VALUE, VALUE),
    ]


def test_communes_take_the_filters_of_a_list(coast: TestClient) -> None:
    assert counted(coast, "province=Bình Định&reductions_min=1") == [("Đề Gi", 1, VALUE // 10 * 9, VALUE)]
    assert counted(coast, "province=Hà Nội") == []


def test_communes_are_counted_as_of_a_day_as_known_then(coast: TestClient) -> None:
    of_the_day = counted(coast, "province=Bình Định&as_of=2025-01-20&unsold=true")
    assert of_the_day == [("Đề Gi", 2, 2 * VALUE, 2 * VALUE), ("", 1, VALUE, VALUE)]
    assert counted(coast, f"province=Bình Định&as_of={today()}&known_at=3") == [("Đề Gi", 1, VALUE, VALUE)]


def test_what_has_not_changed_is_not_sent_again(coast: TestClient) -> None:
    first = coast.get("/v1/communes?province=Phú Yên")
    again = coast.get("/v1/communes?province=Phú Yên", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)
