"""A program asks the service over HTTP; the operator ends it."""

import json
import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from auctions.store import embedded
from tests.journeys.commandline import COMMAND, CommandLine
from tests.journeys.imports import entries_in

_SERVING = re.compile(r"serving (http\S+)")


@contextmanager
def serving(auctions: CommandLine, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The service, in a session of its own as under a terminal, and the URL it names when it is ready."""
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *words],
        env=auctions.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as service:
        try:
            yield service, next(_urls(service))
        finally:
            service.kill()


def _urls(service: subprocess.Popen[str]) -> Iterator[str]:
    assert service.stdout is not None
    for line in service.stdout:
        if found := _SERVING.search(line):
            yield found[1]


def ended(service: subprocess.Popen[str], how: signal.Signals) -> tuple[int, str]:
    """Signal the service and all it started, as Ctrl-C at a terminal does; its code and the last it says."""
    os.killpg(service.pid, how)
    said = service.communicate(timeout=30)[0]
    return service.returncode, said


def answered(url: str) -> dict[str, Any]:
    """What a service lists as unsold."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", "/v1/assets?unsold=true")
    found: dict[str, Any] = json.load(connection.getresponse())
    connection.close()
    return found


def test_the_sample_is_served_from_an_empty_home_and_ends_whole_at_ctrl_c(
    at_home: CommandLine, tmp_path: Path
) -> None:
    with serving(at_home, "--sample") as (service, url):
        items = answered(url)["items"]
        assert {item["kind"] for item in items} <= {"land", "house", "vessel", "other"}
        assert len(items) == 50
        assert embedded.alive(tmp_path / "home")
        assert ended(service, signal.SIGINT) == (0, "")
    assert not embedded.alive(tmp_path / "home")


def test_a_service_that_found_the_database_running_leaves_it_running(
    database: str, auctions: CommandLine
) -> None:
    with serving(auctions) as (service, url):
        assert answered(url)["items"] == []
        assert ended(service, signal.SIGINT) == (0, "")
    assert entries_in(database) == 0


def test_a_service_that_is_asked_to_terminate_stops_the_server_it_started(
    at_home: CommandLine, tmp_path: Path
) -> None:
    with serving(at_home) as (service, url):
        assert answered(url)["items"] == []
        assert ended(service, signal.SIGTERM) == (0, "")
    assert not embedded.alive(tmp_path / "home")


def test_a_taken_port_is_told_in_a_line(auctions: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = auctions.complaint("serve", "--port", port, code=1)
    assert line.startswith(f"cannot listen on 127.0.0.1 port {port}")
    assert "--port" in line
