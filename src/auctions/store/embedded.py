"""The embedded server: PostgreSQL of our own, in the data folder, on a socket only.

One lock, `postgres.lock`, tells who is at work: a starter takes it and
PostgreSQL's processes inherit it, so it is free exactly when no starter and no
process of the server is left, whatever a stale postmaster.pid, a zombie or a
process number used again may say.
"""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from auctions.store.connect import NoDatabase
from auctions.store.embedded_data import data_folder, launch, prepare
from auctions.store.embedded_programs import binaries
from auctions.store.embedded_socket import PORT, socket_folder, trusted

__all__ = ["NoDatabase", "alive", "binaries", "start", "stop", "url"]

SILENCE = 10.0  # seconds without any answer; a recovery that answers may take longer
SHUTDOWN = 60.0  # seconds, for the last checkpoint
ACCEPTS, REFUSES_YET, SILENT = 0, 1, 2  # what pg_isready says


def start(home: Path) -> str:
    """Start the server of `home` unless it is alive, and return the superuser's URL.

    Raises NoDatabase when it cannot be started.
    """
    home = home.resolve()
    with _usable(home):
        home.mkdir(parents=True, exist_ok=True)
        _start(home)
    return url(home)


def stop(home: Path) -> bool:
    """Stop the server of `home`, ending its sessions; True if one was running.

    Returns when its last process is gone. Raises NoDatabase after a minute.
    """
    home = home.resolve()
    with _usable(home):
        return data_folder(home).exists() and _stop(home)


def url(home: Path, *, user: str = "postgres", database: str = "postgres") -> str:
    """Return the URL at which `user` reaches `database` of the server of `home`."""
    folder = str(socket_folder(data_folder(home.resolve())))
    name, host, who = (quote(part, safe="") for part in (database, folder, user))
    return f"postgresql:///{name}?host={host}&port={PORT}&user={who}"


def alive(home: Path) -> bool:
    """Tell whether the server of `home` takes connections now."""
    return _answer(home.resolve()) == ACCEPTS


def _answer(home: Path) -> int:
    data = data_folder(home)
    folder = socket_folder(data)
    if not (data.exists() and trusted(folder, data)):
        return SILENT
    there = ["-h", str(folder), "-p", PORT, "-U", "postgres", "-d", "postgres"]
    return subprocess.run([binaries() / "pg_isready", "-q", *there], check=False).returncode


def _start(home: Path) -> None:
    launched, heard = False, time.monotonic()
    while (answer := _answer(home)) != ACCEPTS:
        if answer == REFUSES_YET:
            heard = time.monotonic()
        with _lock(home) as lock:
            if lock is not None and launched:
                raise _no_database(home, "did not start")
            if lock is not None:
                launch(prepare(home, lock), lock)
                launched, heard = True, time.monotonic()
        if time.monotonic() - heard > SILENCE:
            raise _no_database(home, "does not answer")
        time.sleep(0.02)


def _stop(home: Path) -> bool:
    asked, since = False, time.monotonic()
    while not _idle(home):
        asked = asked or _ask_to_stop(home)
        if time.monotonic() - since > SHUTDOWN:
            raise _no_database(home, "does not stop")
        time.sleep(0.02)
    return asked


def _ask_to_stop(home: Path) -> bool:
    try:
        pid = (data_folder(home) / "postmaster.pid").read_text().split("\n")[0]
        os.kill(int(pid), signal.SIGINT)  # a fast shutdown
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return False  # not so far yet, or only its last processes are left
    return True


def _idle(home: Path) -> bool:
    with _lock(home) as lock:
        return lock is not None


@contextmanager
def _lock(home: Path) -> Iterator[int | None]:
    lock = os.open(home / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield lock if _taken(lock) else None
    finally:
        os.close(lock)  # never LOCK_UN: that would free it for the server too


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _usable(home: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{home} cannot hold the database ({error}): set AUCTIONS_HOME to a folder that is yours"
        raise NoDatabase(message) from error


def _no_database(home: Path, what: str) -> NoDatabase:
    return NoDatabase(f"PostgreSQL {what}: read the end of {home / 'postgres.log'}")
