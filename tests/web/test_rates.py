"""An address that asks too often is told when to ask again; others are answered meanwhile."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.web.test_problems import told


@pytest.fixture
def hurried(register: str) -> Iterator[TestClient]:
    """A client of an application that answers two requests a second."""
    with TestClient(create_app(register, rate=2)) as client:
        yield client


def test_who_asks_too_often_is_told_when_to_ask_again(hurried: TestClient) -> None:
    answers = [hurried.get("/healthz") for _ in range(60)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert 20 <= len(refused) <= 40, "one window, or the ends of two"
    assert answers[0].status_code == 200
    problem = told(refused[0])
    assert (problem.code, problem.status) == ("too-many-requests", 429)
    assert 1 <= int(refused[0].headers["retry-after"]) <= 10


def test_others_are_answered_meanwhile(hurried: TestClient) -> None:
    while hurried.get("/healthz").status_code == 200:
        pass
    other = TestClient(hurried.app, client=("192.0.2.7", 50_000))
    assert other.get("/healthz").status_code == 200
