"""An administrator runs API and runner each in a process of its own, and chooses what they tell."""

import json
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.commandline import COMMAND, CommandLine
from tests.journeys.registers import good, written
from tests.journeys.test_program_asks_service import ended, serving


@contextmanager
def running(auctions: CommandLine) -> Iterator[subprocess.Popen[str]]:
    """The runner, in a session of its own, when it says that it runs."""
    with subprocess.Popen(
        [*COMMAND, "run"],
        env=auctions.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as runner:
        try:
            assert runner.stdout
            assert runner.stdout.readline() == "keeping the read models up to date (Ctrl-C ends it)\n"
            yield runner
        finally:
            runner.kill()


def status(url: str) -> int:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", "/readyz")
    found = connection.getresponse().status
    connection.close()
    return found


def eventually(so: Callable[[], object]) -> None:
    until = time.monotonic() + 30
    while not so():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_service_without_a_runner_is_ready_when_one_beside_it_has_built_the_read_models(
    auctions: CommandLine, tmp_path: Path, how: signal.Signals
) -> None:
    auctions("import", written(tmp_path / "register.csv", good()))
    with serving(auctions, "--no-runner") as (service, url):
        assert status(url) == 503
        with running(auctions) as runner:
            eventually(lambda: status(url) == 200)
            assert ended(runner, how) == (0, "")
        assert ended(service, how) == (0, "")


def test_a_runner_on_a_database_that_lacks_a_migration_says_so(bare: str) -> None:
    line = CommandLine(AUCTIONS_DATABASE_URL=bare).complaint("run", code=3)
    assert line.endswith("run `auctions migrate`")


def test_a_log_for_programs_has_one_object_a_line_and_one_line_a_request(auctions: CommandLine) -> None:
    auctions.environment["AUCTIONS_LOG"] = "json"
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        env=auctions.environment,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as service:
        assert service.stderr
        url = json.loads(service.stderr.readline())["message"].split()[1]
        assert status(url) == 200
        asked = json.loads(service.stderr.readline())
        assert ended_quietly(service) == 0
    assert (asked["method"], asked["path"], asked["status"]) == ("GET", "/readyz", 200)


def ended_quietly(service: subprocess.Popen[str]) -> int:
    service.terminate()
    return service.wait(30)


@pytest.mark.parametrize(
    ("name", "value"),
    [("LOG", "xml"), ("METRICS", "9464"), ("METRICS", "localhost:port"), ("METRICS", "127.0.0.1:123456")],
)
def test_a_setting_that_is_not_as_expected_is_told_in_a_line(name: str, value: str) -> None:
    line = CommandLine(**{f"AUCTIONS_{name}": value}).complaint("rules", code=2)
    assert line.startswith(f"AUCTIONS_{name} is not as expected: ")


def test_an_address_of_metrics_that_is_taken_is_told_in_a_line(auctions: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        auctions.environment["AUCTIONS_METRICS"] = f"127.0.0.1:{taken.getsockname()[1]}"
        line = auctions.complaint("run", code=1)
    assert "already in use" in line
