"""The command line as people and programs run it: a process of its own."""

import json
import os
import subprocess
import sys
from typing import Any

COMMAND = (sys.executable, "-m", "auctions.cli")


class CommandLine:
    """`auctions` with the environment that names its database and its reader's language."""

    def __init__(self, **environment: str) -> None:
        named = {
            name: value for name, value in os.environ.items() if not name.startswith(("AUCTIONS_", "LC_"))
        }
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

    def _run(self, words: tuple[object, ...], code: int) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*COMMAND, *map(str, words)],
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stdout + done.stderr
        return done
