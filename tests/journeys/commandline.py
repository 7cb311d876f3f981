"""The command line as people and programs run it: a process of its own."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from typing import Any, NamedTuple

COMMAND = (sys.executable, "-m", "auctions.cli")


class Done(NamedTuple):
    """How a command ended: its exit code, and what it said."""

    code: int
    stdout: str
    stderr: str


class CommandLine:
    """`auctions` with the environment that names its database and its reader's language."""

    def __init__(self, **environment: str) -> None:
        ours = ("AUCTIONS_", "LC_", "COLUMNS")
        named = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.environment = {**named, "LANG": "C.UTF-8", **environment}

    def __call__(self, *words: object, code: int = 0) -> str:
        """What it prints; it must end with `code`."""
        return self._run(words, code).stdout

    def json(self, *words: object, code: int = 0) -> Any:  # noqa: ANN401 - what JSON holds
        """What it answers to a program."""
        return json.loads(self(*words, "--json", code=code))

    def complaint(self, *words: object, code: int) -> str:
        """The one line with which it ends."""
        said = self._run(words, code).stderr
        assert said.count("\n") == 1, said
        return said.strip()

    def _run(self, words: tuple[object, ...], code: int) -> Done:
        written = [str(word) for word in words]
        alone = "COLUMNS" in self.environment  # is read as the program is read
        done = started(written, self.environment) if alone else forked(written, self.environment)
        assert (done.code, "Traceback" in done.stderr) == (code, False), done.stdout + done.stderr
        return done


def started(words: list[str], environment: dict[str, str]) -> Done:
    """What a process that is started for the command says and ends with."""
    done = subprocess.run(
        [*COMMAND, *words], env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


def forked(words: list[str], environment: dict[str, str]) -> Done:
    """What a fork of the command line that is read already says and ends with."""
    with (
        TemporaryFile() as stdout,
        TemporaryFile() as stderr,
        Path(os.devnull).open("rb") as nothing,
        socket.socket(socket.AF_UNIX) as asking,
    ):
        asking.settimeout(60)
        asking.connect(_ready())
        socket.send_fds(asking, [b" "], [nothing.fileno(), stdout.fileno(), stderr.fileno()])
        asking.sendall(json.dumps([words, environment, str(Path.cwd())]).encode() + b"\n")
        code = int(asking.recv(16))
        said = [
            os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).decode() for file in (stdout, stderr)
        ]
    return Done(code, *said)


@cache
def _ready() -> str:
    """Start what forks; return where it listens."""
    folder = mkdtemp()
    path = str(Path(folder) / "ready")
    program = str(Path(__file__).with_name("ready.py"))
    server = subprocess.Popen([sys.executable, "-P", program, path], stdout=subprocess.PIPE, text=True)
    atexit.register(shutil.rmtree, folder)
    atexit.register(server.communicate)
    atexit.register(server.terminate)
    assert server.stdout
    assert server.stdout.readline() == "\n"
    return path
