"""Two runners in processes of their own, one of which leads, on a log that writers go on writing to."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import psycopg

from auctions.store.postgres import PostgresStore
from tests.contract.registers import interleaved, lived, seeded

_LEADER = """SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
    JOIN pg_database ON pg_database.oid = database
    WHERE pg_database.datname = current_database() AND objid = 7283002 AND locktype = 'advisory'
        AND granted"""
_TERMINATE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


class Runners:
    """The two processes, of which each is started again when it was killed."""

    def __init__(self, url: str, marker: Path, mutant: str | None = None, patience: float = 30.0) -> None:
        self.url, self.marker, self.patience = url, marker, patience
        self._mutant = [mutant] if mutant else []
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._admin = psycopg.connect(url, autocommit=True)

    def start(self) -> None:
        """Start those that do not run."""
        for name in ("first", "second"):
            if name not in self._processes:
                script = Path(__file__).with_name("runner_service.py")
                command = [sys.executable, str(script), self.url, str(self.marker), *self._mutant]
                environment = {**os.environ, "PGAPPNAME": name}
                self._processes[name] = subprocess.Popen(
                    command, stdin=subprocess.PIPE, text=True, env=environment
                )

    def stop(self) -> None:
        """End them by themselves."""
        for process in self._processes.values():
            process.communicate(timeout=30)
        self._admin.close()

    def leader(self) -> str | None:
        """Return which of them leads, if one does."""
        row = self._admin.execute(_LEADER).fetchone()
        return row[0] if row else None

    def kill_the_leader(self) -> float:
        """Kill it; return after how many seconds the other one leads."""
        self.wait(self.leader)
        killed = self.leader() or ""
        process = self._processes.pop(killed)
        process.kill()
        since = time.monotonic()
        process.communicate()
        self.wait(lambda: self.leader() not in {killed, None})
        return time.monotonic() - since

    def terminate_backends(self) -> None:
        """Let everyone lose the connection."""
        self._admin.execute(_TERMINATE)

    def wait(self, so: Callable[[], object]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + self.patience
        while not so():
            assert time.monotonic() < end, f"it did not come to pass in {self.patience} seconds"
            time.sleep(0.02)


@contextmanager
def writing(url: str, writers: int) -> Iterator[None]:
    """Write entries of random lives, late ones and strikes among them, until the end of the block."""
    stop, store = Event(), PostgresStore(url)

    def write(writer: int) -> int:
        random, number = seeded(writer), 0
        while True:
            number += 1
            for asked in interleaved(random, [lived(random, f"W-{writer}-{number}")]):
                if stop.is_set():
                    return number
                store.append(asked)
                time.sleep(0.01)

    with ThreadPoolExecutor(writers) as threads:
        tasks = [threads.submit(write, writer) for writer in range(writers)]
        try:
            yield
        finally:
            stop.set()
        assert all(task.result(20) for task in tasks)
    store.close()
