"""The application as uvicorn serves it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest
import uvicorn
from starlette.testclient import TestClient

from api.app import create_app
from tests.web.register import LAND, OFFICE, Id
from tests.web.test_problems import ROUTES

ANSWERED = [route for route in ROUTES if not route.startswith("/v1/sign-in")]
"""What answers without a provider of identities."""


@contextmanager
def served(url: str) -> Iterator[HTTPConnection]:
    """A connection to uvicorn on a free loopback port."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(create_app(url), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        client = HTTPConnection("127.0.0.1", door.getsockname()[1], timeout=10)
        yield client
        client.close()
        server.should_exit = True
        thread.join()


def test_every_route_answers_over_http_and_head_as_get_without_a_body(register: str, ids: Id) -> None:
    with served(register) as client:
        for route in ANSWERED:
            path = route.format(asset_id=ids[LAND], office=OFFICE)
            client.request("GET", path)
            got = client.getresponse()
            body = got.read()
            client.request("HEAD", path)
            headed = client.getresponse()
            assert (got.status, headed.status, headed.read()) == (200, 200, b"")
            assert headed.headers["content-length"] == got.headers["content-length"]
            assert got.headers["content-length"] in {str(len(body)), None}  # a stream tells no length
            assert headed.headers["etag"] == got.headers["etag"]


def test_a_nul_in_a_path_or_a_query_is_refused_over_http(register: str, ids: Id) -> None:
    assert ids
    with served(register) as client:
        for path, status in {"/v1/assets?q=%00": 422, "/v1/assets/%00": 422, "/%00": 404}.items():
            client.request("GET", path)
            answer = client.getresponse()
            assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
            answer.read()


@pytest.mark.parametrize("route", ANSWERED)
def test_every_answer_bears_its_request_id_and_forbids_guessing_its_type(
    web: TestClient, ids: Id, route: str
) -> None:
    answers = [
        web.request(method, route.format(asset_id=ids[LAND], office=OFFICE)) for method in ("GET", "HEAD")
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["x-request-id"] for answer in answers}) == 2
    assert {answer.headers["x-content-type-options"] for answer in answers} == {"nosniff"}
    assert answers[1].content == b""
