"""A route that will go says so with every answer and in the description; none of the service's is one yet."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from fastapi import FastAPI, Response
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from api.deprecation import deprecated
from api.frame import Frame
from api.problems import HANDLERS, Problem
from auctions.domain.days import VIETNAM

GOING = deprecated(
    since=datetime(2027, 1, 1, tzinfo=VIETNAM),
    sunset=datetime(2027, 7, 1, tzinfo=VIETNAM),
    link="https://auctions.example/changes",
)
TOLD = {
    "deprecation": "@1798736400",
    "sunset": "Wed, 30 Jun 2027 17:00:00 GMT",
    "link": '<https://auctions.example/changes>; rel="deprecation"',
}


@pytest.fixture
def web() -> Iterator[TestClient]:
    """A service with a route that will go beside one that stays."""
    app = FastAPI(middleware=[Middleware(Frame)], exception_handlers=HANDLERS)

    @app.get("/going/{ref}", **GOING)
    async def going(ref: str, limit: int = 1) -> Response:
        if ref == "TS-2":
            raise Problem("asset-not-found", "there is no such asset")
        return Response(ref * limit)

    @app.get("/staying")
    async def staying() -> Response:
        return Response("stays")

    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/going/TS-1", 200),
        ("HEAD", "/going/TS-1", 200),
        ("GET", "/going/TS-2", 404),
        ("GET", "/going/TS-1?limit=x", 422),
    ],
)
def test_every_answer_of_a_route_that_will_go_says_when_and_where_that_is_told(
    web: TestClient, method: str, path: str, status: int
) -> None:
    answer = web.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in TOLD} == TOLD


@pytest.mark.parametrize("path", ["/staying", "/nowhere"])
def test_other_answers_say_nothing_of_it(web: TestClient, path: str) -> None:
    web.get("/going/TS-1")
    assert TOLD.keys().isdisjoint(web.get(path).headers)


def test_the_description_marks_that_route_alone(web: TestClient) -> None:
    paths = web.get("/openapi.json").json()["paths"]
    assert [path for path, methods in paths.items() if methods["get"].get("deprecated")] == ["/going/{ref}"]
