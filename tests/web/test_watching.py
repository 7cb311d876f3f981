"""What the log and the metrics are told of requests."""

import logging
import socket
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import psycopg
import pytest
from prometheus_client import CollectorRegistry
from starlette.testclient import TestClient

from api.app import create_app
from api.metrics import Requests, metrics, told_at
from api.watching import log_request
from auctions.store.connect import connection
from projections.registry import read_models
from tests.web.register import LAND, Id, recorded

READ_MODELS = sorted(read_models())


@pytest.fixture
def figures(database: str) -> CollectorRegistry:
    """The metrics of a register of the test's own, at `database`."""
    recorded(database)
    return metrics(lambda: connection(database))


@pytest.fixture
def watched(register: str, ids: Id) -> Iterator[tuple[TestClient, CollectorRegistry]]:
    """A client of an application whose requests are logged and counted, and the figures."""
    assert ids
    registry = CollectorRegistry()
    with TestClient(create_app(register, watches=[log_request, Requests(registry)])) as client:
        yield client, registry


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [record.__dict__["request"] for record in caplog.records if record.name == "auctions.requests"]


def test_a_request_is_logged_with_the_id_of_its_answer_and_without_what_was_asked(
    watched: tuple[TestClient, CollectorRegistry], caplog: pytest.LogCaptureFixture, ids: Id
) -> None:
    caplog.set_level(logging.INFO, "auctions.requests")
    paths = ["/v1/assets", "/v1/assets", f"/v1/assets/{ids[LAND]}", "/nowhere"]
    answers = [watched[0].get(path, params={"q": "Nguyễn Văn A"}) for path in paths]
    told = lines(caplog)
    assert [line["request_id"] for line in told] == [answer.headers["x-request-id"] for answer in answers]
    assert [(line["method"], line["path"], line["status"]) for line in told] == [
        ("GET", path, answer.status_code) for path, answer in zip(paths, answers, strict=True)
    ]
    assert all(line["ms"] > 0 for line in told)
    assert "Nguy" not in str(told)


def test_requests_are_counted_by_method_route_and_status(
    watched: tuple[TestClient, CollectorRegistry], ids: Id
) -> None:
    client, registry = watched
    for path in ("/v1/assets", "/v1/assets", "/v1/assets?x=1", f"/v1/assets/{ids[LAND]}", "/a", "/b"):
        client.get(path)
    client.put("/v1/assets")

    def count(method: str, route: str, status: str) -> float | None:
        labels = {"method": method, "route": route, "status": status}
        return registry.get_sample_value("auctions_requests_total", labels)

    assert count("GET", "/v1/assets", "200") == 2
    assert count("GET", "/v1/assets", "422") == 1
    assert count("PUT", "/v1/assets", "405") == 1
    assert count("GET", "/v1/assets/{asset_id}", "200") == 1
    assert count("GET", "none", "404") == 2
    labels = {"route": "/v1/assets"}
    assert registry.get_sample_value("auctions_request_seconds_count", labels) == 4


def test_a_request_that_fails_is_watched_too(database: str, caplog: pytest.LogCaptureFixture) -> None:
    recorded(database)
    caplog.set_level(logging.INFO, "auctions.requests")
    with psycopg.connect(database) as own:
        own.execute("ALTER TABLE projections.assets RENAME COLUMN item TO thing")
    with TestClient(create_app(database, watches=[log_request])) as client:
        assert client.get("/v1/assets").status_code == 500
    assert [line["status"] for line in lines(caplog)] == [500]


def test_the_metrics_tell_how_far_the_log_and_each_read_model_are(
    figures: CollectorRegistry, database: str
) -> None:
    with psycopg.connect(database) as own:
        own.execute("UPDATE projections.tracking SET position = 21, stopped_at = 22 WHERE name = 'assets'")
    assert figures.get_sample_value("auctions_database_up") == 1
    assert figures.get_sample_value("auctions_log_position") == 25
    told = {
        name: (
            figures.get_sample_value("auctions_read_model_lag", {"name": name}),
            figures.get_sample_value("auctions_read_model_stopped", {"name": name}),
        )
        for name in READ_MODELS
    }
    assert told == dict.fromkeys(READ_MODELS, (0, 0)) | {"assets": (4, 1)}


def test_a_database_that_is_away_is_told_and_nothing_of_it(server: str) -> None:
    away = metrics(lambda: connection(psycopg.conninfo.make_conninfo(server, dbname="never_there")))
    assert away.get_sample_value("auctions_database_up") == 0
    assert away.get_sample_value("auctions_log_position") is None


def test_the_metrics_are_told_at_their_own_address_and_not_by_the_api(
    figures: CollectorRegistry, web: TestClient
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    address = f"127.0.0.1:{port}"
    with told_at(address, figures), urlopen(f"http://{address}/metrics", timeout=10) as told:
        assert "auctions_log_position 25.0" in told.read().decode()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    assert web.get("/metrics").status_code == 404
