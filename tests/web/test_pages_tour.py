"""The first look around: on the sample register, and told where there is another one."""

import pytest
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import Seized, asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import day
from tests.web.reading_pages import opened

REF, OFFICE = "BDI-0074", "BDI-KV1"
FILE = asset_id(OFFICE, REF)


def known(empty: TestClient, store: PostgresStore, database: str, kind: str) -> TestClient:
    """A client of the application on a register that holds an asset of the reference of the vessel."""
    seized = Seized(on=day(1), asset_ref=REF, office=OFFICE, kind=kind)
    record(store, stream_id=FILE, entries=[seized], by=Actor("clerk", OFFICE), as_found=True)
    Runner(database).catch_up()
    return empty


@pytest.fixture
def sample(empty: TestClient, store: PostgresStore, database: str) -> TestClient:
    """A client of the application on a register that holds the vessel of the sample register."""
    return known(empty, store, database, "vessel")


def test_the_tour_goes_over_pages_of_the_sample_register_in_six_steps(sample: TestClient) -> None:
    page = opened(sample, "/tour")
    steps = [
        "What remains unsold",
        f"The price ladder of vessel {REF}",
        "How the value of all vessels declined",
        "What was known of it on another day",
        "Evidence that nothing was changed unseen",
        "Sign in as a coordinator and record",
    ]
    assert [page.links[step] for step in steps] == [
        "/",
        f"/assets/{FILE}",
        "/decline?kind=vessel",
        f"/assets/{FILE}/history",
        f"/assets/{FILE}/evidence",
        "/sign-in?return_to=/board",
    ]
    assert f"auctions users add CB-11 --role coordinator --office {OFFICE}" in page.words


def test_on_another_register_the_tour_says_how_to_see_the_sample(web: TestClient) -> None:
    page = opened(web, "/tour")
    assert "this is another one" in page.words
    assert "auctions serve --sample" in page.words
    assert page.links["See what is unsold here"] == "/"


def test_an_asset_of_the_same_reference_does_not_make_the_sample_register(
    empty: TestClient, store: PostgresStore, database: str
) -> None:
    assert "auctions serve --sample" in opened(known(empty, store, database, "land"), "/tour").words


def test_the_tour_is_there_in_vietnamese(sample: TestClient) -> None:
    page = opened(sample, "/tour", language="vi")
    assert f"Các mức giá của tàu {REF}" in page.words
    assert "Đăng nhập với vai điều phối viên" in page.words
