"""Clients that mean harm, on plain sockets, and what the process that serves them has taken meanwhile."""

import json
import resource
import select
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path
from typing import NamedTuple

from api.models import ProblemAnswer
from tests.journeys.commandline import CommandLine
from tests.journeys.test_program_asks_service import serving

PATIENCE = 28.0
"""Seconds after which whoever waits for the service gives up."""
Told = tuple[int, str]
"""A status and a problem's code."""


class Service(NamedTuple):
    """A service in a process of its own."""

    pid: int
    port: int

    @property
    def memory(self) -> int:
        """How many bytes of memory it has."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return 1024 * int(status.partition("VmRSS:")[2].split()[0])

    @property
    def open_files(self) -> int:
        """How many files and sockets it has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def client(self) -> socket.socket:
        """A connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    @contextmanager
    def idle(self, count: int) -> Iterator[None]:
        """Hold so many connections that send nothing."""
        with ExitStack() as held:
            for _ in range(count):
                held.enter_context(self.client())
            yield

    def told(self, pieces: Iterable[bytes], pause: float = 0) -> Told:
        """What somebody is told who sends pieces until there is an answer."""
        with self.client() as client:
            with suppress(ConnectionError):  # it may answer and hang up between a look and what is sent next
                for piece in pieces:
                    if select.select([client], [], [], pause)[0]:
                        break
                    client.sendall(piece)
            return told(client)

    def answers(self) -> bool:
        """Tell whether somebody honest is answered from the database."""
        with self.client() as client:
            client.sendall(b"GET /v1/assets HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
            answer = HTTPResponse(client)
            answer.begin()
            return bool(json.loads(answer.read())["items"])


def told(client: socket.socket) -> Told:
    """The answer to what a client has sent; nothing where the service has hung up."""
    answer = HTTPResponse(client)
    try:
        answer.begin()
    except ConnectionError:
        return 0, ""
    content = answer.read()
    if answer.headers["content-type"] != "application/problem+json":
        return answer.status, ""
    return answer.status, ProblemAnswer.model_validate_json(content, strict=True).code


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def may_open(files: int) -> Iterator[None]:
    """Have this process, and those it starts, open so many files, or as many as the machine allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(files, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextmanager
def served(url: str, files: int) -> Iterator[Service]:
    """The service on a database, which may have so many files open; it must outlive what is done to it."""
    with ExitStack() as ending:
        with may_open(files):
            starting = serving(CommandLine(AUCTIONS_DATABASE_URL=url), "--no-runner")
            process, address = ending.enter_context(starting)
        yield Service(process.pid, int(address.split(":")[2].partition("/")[0]))
        assert process.poll() is None
