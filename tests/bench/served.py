"""Our own application by one uvicorn process, with the runner beside it, as `auctions serve` runs both.

A program: takes the database, how many bytes of answers are kept in memory, and whether there is a runner;
prints the address it serves.
"""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from api.asset_pages import MEMORY

_SERVING = re.compile(r"serving (http://127\.0\.0\.1:\d+)")


@contextmanager
def serving(url: str, memory: int = MEMORY, *, runner: bool = True) -> Iterator[str]:
    """Serve a database in a process of its own, which ends with the block; yield the address.

    `memory` is how many bytes of answers it may keep; without `runner` nothing is read into read models.
    """
    command = [sys.executable, "-m", "tests.bench.served", url, str(memory), *(["runner"] if runner else [])]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()


@contextmanager
def running(url: str) -> Iterator[None]:
    """Keep a database's read models up to date in a process of its own, which ends with the block."""
    command = [
        sys.executable,
        "-c",
        "import sys; from projections.runner import Runner; Runner(sys.argv[1]).run()",
    ]
    with subprocess.Popen([*command, url]) as process:
        try:
            yield
        finally:
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if found := _SERVING.search(line):
            return found[1]
    raise RuntimeError("the service ended before it served")


def main() -> None:
    from api.app import create_app  # noqa: PLC0415 - not for those who only start this program
    from api.server import Server  # noqa: PLC0415 - as above
    from projections.runner import Runner  # noqa: PLC0415 - as above

    url, memory, *words = sys.argv[1:]
    if words:
        runner = Runner(url)
        runner.catch_up()
        threading.Thread(target=runner.run, daemon=True).start()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(f"serving http://127.0.0.1:{listening.getsockname()[1]}")
        Server(create_app(url, memory=int(memory))).run(sockets=[listening])


if __name__ == "__main__":
    main()
