"""The server ends a connection whose client is late, and no other one."""

import socket
import time
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest

from api import guarded
from api.problem_kinds import KINDS
from api.server import Server
from tests.faults.hostile import until
from tests.web.streaming import serving

ALIVE = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"
LARGE = b"GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: here\r\n\r\n"
LITTLE = 16_384


@pytest.fixture
def guarding(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Server]]:
    """The port of a server that is soon at the end of its patience, and the server."""
    monkeypatch.setattr(guarded, "PATIENCE", 0.5)
    monkeypatch.setattr(guarded, "TAKEN", 0.5)
    with serving(database) as served:
        yield served


@pytest.fixture
def client(guarding: tuple[int, Server]) -> Iterator[socket.socket]:
    """A client that has room for little."""
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
        client.settimeout(20)
        client.connect(("127.0.0.1", guarding[0]))
        yield client


def answer(client: socket.socket) -> HTTPResponse:
    """The next answer, whose body is to be read."""
    answer = HTTPResponse(client)
    answer.begin()
    return answer


def test_a_late_head_is_refused_after_an_answer_too(client: socket.socket) -> None:
    client.sendall(ALIVE)
    assert answer(client).read() == b'{"status":"alive"}'
    client.sendall(ALIVE[:-2])
    late = answer(client)
    assert late.status == KINDS["head-too-slow"].status
    assert b"head-too-slow" in late.read()


def test_requests_sent_at_once_are_answered_one_after_the_other(client: socket.socket) -> None:
    client.sendall(ALIVE * 3)
    with client.makefile("rb") as told:
        assert sum(b"alive" in told.readline() for _ in range(3 * 9)) == 3


def test_who_takes_nothing_of_what_is_answered_is_let_go(
    client: socket.socket, guarding: tuple[int, Server]
) -> None:
    client.sendall(LARGE * 9)
    connections = guarding[1].server_state.connections
    until(lambda: bool(connections))
    until(lambda: not connections)


def test_who_takes_an_answer_slowly_has_it_whole(client: socket.socket) -> None:
    client.sendall(LARGE)
    large = answer(client)
    length, taken = int(large.headers["content-length"]), 0
    while taken < length:
        taken += len(large.read(length // 20))
        time.sleep(0.1)
    assert taken == length
