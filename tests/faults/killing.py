"""A server and a service of one test's own, both there to be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from auctions.store import embedded
from auctions.store.migrate import migrate
from tests.faults.history import History

PATIENCE = 60.0
"""Seconds after which a test no longer waits for the service."""


class Server:
    """An embedded server with a migrated database."""

    def __init__(self, home: Path) -> None:
        self.home = home
        address = embedded.start(home)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE DATABASE kept TEMPLATE template0 ENCODING 'UTF8'")
        self.url = make_conninfo(address, dbname="kept")
        migrate(self.url)

    def kill(self) -> None:
        """Kill the postmaster; its children follow."""
        pid = (self.home / "postgres" / "postmaster.pid").read_text().split("\n")[0]
        os.kill(int(pid), signal.SIGKILL)

    def start(self) -> None:
        """Start it anew."""
        embedded.start(self.home)

    def stop(self) -> None:
        """Stop it for good."""
        embedded.stop(self.home)


class Service:
    """The writing service: started, killed and started again, with what it reported so far."""

    def __init__(self, url: str, report: Path) -> None:
        self.url, self.report = url, report
        self.history = History()
        self.runs = self.sent_again = self._heard = 0
        self._process: subprocess.Popen[str] | None = None
        report.touch()

    def start(self) -> None:
        """Start a process that begins with the commands nobody has answered."""
        self.hear()
        self.runs += 1
        again = self.history.unanswered()
        self.sent_again += len(again)
        script = Path(__file__).with_name("writer_service.py")
        command = [sys.executable, str(script), self.url, str(self.report), str(self.runs)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
        assert self._process.stdin
        self._process.stdin.write("".join(f"{self._asked(each)}\n" for each in again) + "\n")
        self._process.stdin.flush()

    def _asked(self, command_id: str) -> str:
        asked = self.history.asked[command_id]
        return json.dumps({"id": command_id, "stream": asked.stream_id, "entries": asked.contents})

    def kill(self) -> None:
        """Kill the process and forget it."""
        assert self._process
        self._process.kill()
        self._end()

    def stop(self) -> int:
        """Let the service end by itself; return its exit code."""
        assert self._process
        return self._end()

    def _end(self) -> int:
        assert self._process
        with self._process as ending:
            self._process = None
            assert ending.stdin
            ending.stdin.close()
            code = ending.wait(PATIENCE)
        self.hear()
        return code

    def is_running(self) -> bool:
        """Tell whether a process was started and not yet ended."""
        return self._process is not None

    def hear(self) -> None:
        """Take what was reported since the last time."""
        with self.report.open("rb") as report:
            report.seek(self._heard)
            lines = report.read().splitlines(keepends=True)
        for line in lines:
            if line.endswith(b"\n"):
                self.history.hear(line.decode())
                self._heard += len(line)

    def await_an_answer(self) -> float:
        """Return after how many seconds the next command was recorded."""
        before, since = self.recorded(), time.monotonic()
        while self.recorded() == before:
            assert time.monotonic() - since < PATIENCE, "the service does not come back"
            time.sleep(0.01)
            self.hear()
        return time.monotonic() - since

    def recorded(self) -> int:
        """Return how many commands were acknowledged."""
        return len(self.history.answers)
