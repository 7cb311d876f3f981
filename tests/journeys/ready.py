"""The command line read once: each command runs in a fork of that, as reading the program takes a second.

Started as `python -P tests/journeys/ready.py SOCKET`; it ends when who started it is gone.
"""

import atexit
import json
import os
import socket
import sys
from io import TextIOWrapper
from socketserver import BaseRequestHandler, ForkingMixIn, UnixStreamServer

from auctions import cli


class _Command(BaseRequestHandler):
    """A command: it comes with its standard files, and its exit code goes back."""

    request: socket.socket

    def handle(self) -> None:
        _, files, _, _ = socket.recv_fds(self.request, 1, 3)
        for place, file in enumerate(files):
            os.dup2(file, place)
            os.close(file)
        sys.stdout = TextIOWrapper(os.fdopen(1, "wb", closefd=False), "utf-8")
        sys.stderr = TextIOWrapper(
            os.fdopen(2, "wb", closefd=False), "utf-8", "backslashreplace", write_through=True
        )
        with self.request.makefile() as sent:
            words, environment, folder = json.loads(sent.readline())
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        sys.argv = ["auctions", *words]
        self.request.sendall(str(_run()).encode())


def _run() -> int:
    """Run the command to its end; return its exit code."""
    code: object = None
    try:
        cli.main()
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - as at the end of any program
        sys.excepthook(*sys.exc_info())
        code = 1
    atexit._run_exitfuncs()  # noqa: SLF001 - a fork ends without them
    for file in (sys.stdout, sys.stderr):
        if not file.closed:
            file.flush()
    return code if isinstance(code, int) else int(code is not None)


class _Ready(ForkingMixIn, UnixStreamServer):
    """Forks for each command."""

    started_by = os.getppid()

    def service_actions(self) -> None:
        super().service_actions()
        if os.getppid() != self.started_by:
            sys.exit()


if __name__ == "__main__":
    with _Ready(sys.argv[1], _Command) as ready:
        print(flush=True)  # noqa: T201 - it listens
        ready.serve_forever()
