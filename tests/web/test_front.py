"""A question asked again is answered as it was the first time, by a shorter way."""

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from starlette.testclient import TestClient

from api import asset_pages
from api.app import create_app
from tests.web.register import LAND, UNSOLD, recorded
from tests.web.test_problems import problem

ASKED = [
    "",
    "unsold=true&limit=2",
    "unsold=true&facets=true",
    "as_of=2025-01-12&known_at=9",
    "as_of=2025-01-12&known_at=9&limit=1",
    "q=b%C3%ACnh%20%25%27%20%5C",
    "kind=vessel&min_position=3",
    "min_position=3&kind=vessel",
    "min_position=03&sort=price&min_position=4",
    "min%5Fposition=3&sort=-price",
]


@pytest.fixture
def forgetful(database: str) -> Iterator[TestClient]:
    """A client of the application on a register of the test's own; no page is kept in memory."""
    recorded(database)
    with TestClient(create_app(database, memory=0)) as client:
        yield client


@pytest.mark.parametrize("asked", ASKED)
def test_the_second_answer_is_the_first_one(forgetful: TestClient, web: TestClient, asked: str) -> None:
    for client in (forgetful, web):
        first, second, third = (client.get(f"/v1/assets?{asked}") for _ in range(3))
        for again in (second, third):
            assert again.content == first.content
            assert [name for name in again.headers if again.headers[name] != first.headers[name]] == [
                "x-request-id"
            ]
            assert list(again.headers) == list(first.headers)


def test_what_fails_is_told_alike_on_the_shorter_way(forgetful: TestClient, database: str) -> None:
    assert forgetful.get("/v1/assets").status_code == 200
    with psycopg.connect(database) as own:
        own.execute("ALTER TABLE projections.assets RENAME TO gone")
    for path in ("/v1/assets", "/v1/assets", "/v1/assets?limit=3"):
        assert problem(forgetful, "GET", path).code == "not-ready"
    with psycopg.connect(database) as own:
        own.execute("ALTER TABLE projections.gone RENAME TO assets")
        own.execute("ALTER TABLE projections.assets RENAME COLUMN item TO thing")
    assert problem(forgetful, "GET", "/v1/assets").code == "internal-error"
    with psycopg.connect(database) as own:
        own.execute("ALTER TABLE projections.assets RENAME COLUMN thing TO item")
    assert forgetful.get("/v1/assets").status_code == 200


def test_a_read_model_that_is_no_longer_built_is_not_ready(forgetful: TestClient, database: str) -> None:
    assert forgetful.get("/v1/assets").status_code == 200
    with psycopg.connect(database) as own:
        own.execute("DELETE FROM projections.tracking WHERE name = 'assets'")
    assert problem(forgetful, "GET", "/v1/assets").code == "not-ready"


def test_a_question_is_about_the_day_on_which_it_is_asked(
    changing: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert changing.get("/v1/assets").json()["as_of"] != "2031-01-01"
    monkeypatch.setattr(asset_pages, "today", lambda: date(2031, 1, 1))
    monkeypatch.setattr("api.times.today", lambda: date(2031, 1, 1))
    for _ in range(2):
        answer = changing.get("/v1/assets?unsold=true")
        assert answer.json()["as_of"] == "2031-01-01"
        assert [item["asset_ref"] for item in answer.json()["items"]] == UNSOLD


def test_a_question_waits_on_the_shorter_way_too(database: str) -> None:
    recorded(database)
    with TestClient(create_app(database, patience=0.2)) as client:
        for path in (
            "/v1/assets?min_position=25",
            "/v1/assets?min_position=25&limit=3",
            "/v1/assets?limit=3",
        ):
            assert client.get(path).status_code == 200
        for asked in ("min_position=26", "limit=3&min_position=26", "min_position=26&limit=3"):
            assert problem(client, "GET", f"/v1/assets?{asked}").code == "not-yet-read"
        for asked in ("min_position=x", "min_position=-1", "xmin_position=2", "min_position=2x"):
            assert problem(client, "GET", f"/v1/assets?{asked}").status == 422


def test_a_head_is_answered_by_the_shorter_way_too(web: TestClient) -> None:
    got = web.get("/v1/assets")
    headed = web.head("/v1/assets")
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers["content-length"] == str(len(got.content))


def test_every_other_path_and_method_goes_on_to_the_routes(web: TestClient) -> None:
    assert web.get("/v1/assets").status_code == 200
    assert web.put("/v1/assets").status_code == 405
    assert web.get("/v1/assets/").status_code == 404
    assert LAND in web.get("/v1/assets").text
