"""What clients that mean harm send to `auctions serve` is refused or let go, and costs nobody an answer."""

import json
import re
import resource
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat
from pathlib import Path
from uuid import uuid4

import pytest

from tests.faults.hostile import Service, may_open, served, told, until
from tests.journeys.databases import created
from tests.web.keys import held
from tests.web.register import OFFICE, recorded

MANY = min(10_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1] * 7 // 10)
"""Connections: ten thousand, or as many as this machine allows."""
MEGABYTE = 1 << 20
COSTS, IMPORTS = "/v1/assets/{asset_id}/costs", "/v1/imports"
CHUNKED = "Transfer-Encoding: chunked"
CHUNK = b"4000\r\n%b\r\n" % (b"[" * 0x4000)
DESCRIBED = json.loads((Path(__file__).parent.parent / "web" / "openapi.json").read_text("utf-8"))
BODIES: list[tuple[str, str]] = [
    (path, media_type)
    for path, methods in DESCRIBED["paths"].items()
    for media_type in methods.get("post", {}).get("requestBody", {}).get("content", ())
]
"""Path and media type of everything that takes a body."""
ADMINISTERED = {"/v1/accounts", "/v1/keys", "/v1/offices/{office}/limits"}
"""Those of them that administrators ask alone."""


@pytest.fixture(scope="module")
def register(server: str, template: str) -> Iterator[str]:
    """The URL of a database that holds the register."""
    with created(server, template) as url:
        recorded(url)
        yield url


@pytest.fixture(scope="module")
def service(register: str) -> Iterator[Service]:
    """The service on the register, with files enough for all connections that it takes."""
    with served(register, files=20_000) as service:
        yield service


@pytest.fixture(scope="module")
def key(register: str) -> str:
    """The header of a supervisor, who may record and close."""
    return "Authorization: " + held(register, "supervisor")["Authorization"]


@pytest.fixture(scope="module")
def administrator(register: str) -> str:
    """The header of an administrator."""
    return "Authorization: " + held(register, "administrator")["Authorization"]


def head(path: str, *headers: str, method: str = "GET") -> bytes:
    """The head of a request."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: here", *headers, "", ""]).encode()


def command(path: str, key: str, length: str, media_type: str = "application/json") -> bytes:
    """The head of a command, with the header that tells of its body's length."""
    path = re.sub("{[a-z_]*id}", str(uuid4()), path).replace("{lot_ref}", "L-1")
    path = f"{path}?filename=a" if path == IMPORTS else path
    headers = [key, length, f"Idempotency-Key: {uuid4()}", 'If-Match: "v1"', f"Content-Type: {media_type}"]
    return head(path, *headers, method="POST")


@pytest.mark.parametrize("brackets", [60_000, 100_000])
def test_deep_json_is_refused_on_every_route_that_takes_a_body(
    service: Service, key: str, administrator: str, brackets: int
) -> None:
    for path, media_type in BODIES:
        who, at = administrator if path in ADMINISTERED else key, path.replace("{office}", OFFICE)
        asked = command(at, who, f"Content-Length: {brackets}", media_type)
        status, code = service.told([asked, b"[" * brackets])
        is_read_later = path == IMPORTS and status == 202
        assert is_read_later or code in {"body-refused", "body-too-large"}, path
    assert service.answers()


@pytest.mark.parametrize(("path", "media_type"), [(COSTS, "application/json"), (IMPORTS, "text/csv")])
def test_a_body_that_is_too_large_is_refused_by_its_length_or_as_soon_as_it_is(
    service: Service, key: str, path: str, media_type: str
) -> None:
    asked = command(path, key, "Content-Length: 10000000000", media_type)
    assert service.told([asked]) == (413, "body-too-large")
    asked = command(path, key, CHUNKED, media_type)
    assert service.told(chain([asked], repeat(CHUNK))) == (413, "body-too-large")


def test_whoever_is_slow_is_let_go(service: Service, key: str) -> None:
    slow_head = head("/v1/assets", f"X: {'x' * 99}")
    slow = {
        (408, "head-too-slow"): (slow_head[at : at + 1] for at in range(len(slow_head))),
        (408, "body-too-slow"): chain([command(COSTS, key, "Content-Length: 99")], repeat(b" ")),
        (0, ""): (),
    }
    with ThreadPoolExecutor(len(slow)) as clients:
        assert list(clients.map(lambda pieces: service.told(pieces, 1), slow.values())) == list(slow)


def test_what_nobody_takes_is_not_taken_without_end(service: Service) -> None:
    with service.client() as client:
        client.sendall(head("/healthz", CHUNKED))
        assert told(client) == (200, "")
        with pytest.raises(ConnectionError):
            deque(map(client.sendall, repeat(CHUNK)), maxlen=0)


def test_a_head_without_end_and_what_is_no_http_are_refused(service: Service) -> None:
    endless = chain([b"GET /v1/assets HTTP/1.1\r\n"], repeat(b"X: %b\r\n" % (b"x" * 4000)))
    assert service.told(endless) == (431, "head-too-large")
    assert service.told([b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"]) == (400, "request-unreadable")


def test_ten_thousand_idle_connections_cost_little_memory_and_nobody_an_answer(service: Service) -> None:
    assert service.answers()
    memory, files = service.memory, service.open_files
    with may_open(20_000):
        for most in (300, 320):  # MB: what was taken once is taken again, and not more each time
            with service.idle(MANY):
                until(lambda: service.open_files > files + 0.9 * MANY)
                assert all(service.answers() for _ in range(20))
                assert service.memory < memory + most * MEGABYTE
            until(lambda: service.open_files < files + 20)


def test_idle_connections_are_let_go_though_their_clients_hold_them(service: Service) -> None:
    files = service.open_files
    with service.idle(500):
        until(lambda: service.open_files > files + 450)
        until(lambda: service.open_files < files + 20)


def test_connections_that_wait_give_way_before_the_service_runs_out_of_files(register: str) -> None:
    with served(register, files=256) as small, may_open(20_000), small.idle(1_000):
        assert all(small.answers() for _ in range(20))
        assert small.open_files < 256
