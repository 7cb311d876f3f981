"""The peers that run on node: installed into an ignored folder, each a process that answers calls.

Their own small programs stand in `peers/`, with the versions in `package.json`; what they need comes by npm.
"""

import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.bench.figures import Missing

PEERS = Path(__file__).parent / "peers"
FOLDER = Path(__file__).parents[2] / ".bench"
_INSTALL = ("install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def installed() -> Path:
    """Return the folder in which the peers stand, installed if they were not. Raises Missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        raise Missing("node and npm are not on this machine")
    FOLDER.mkdir(exist_ok=True)
    wanted = (PEERS / "package.json").read_text("utf-8")
    done = FOLDER / "installed.json"
    for path in PEERS.iterdir():
        shutil.copy(path, FOLDER / path.name)
    if not (done.is_file() and done.read_text("utf-8") == wanted):
        _install(npm)
        done.write_text(wanted, "utf-8")
    return FOLDER


def _install(npm: str) -> None:
    print(f"installing the peers on node into {FOLDER.name}/", flush=True)
    try:
        ended = subprocess.run(
            [npm, *_INSTALL], cwd=FOLDER, capture_output=True, text=True, timeout=300, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Missing("npm install took more than five minutes") from error
    if ended.returncode:
        lines = [line for line in ended.stderr.splitlines() if line.strip()]
        raise Missing(f"npm install failed: {lines[0] if lines else ended.returncode}")


def version(package: str) -> str:
    """Return the installed version of an npm package, "missing" where there is none."""
    manifest = FOLDER / "node_modules" / package / "package.json"
    return str(json.loads(manifest.read_text("utf-8"))["version"]) if manifest.is_file() else "missing"


class Node:
    """One program of `peers/`, running; ends with the block it is opened in."""

    def __init__(self, program: str, **given: object) -> None:
        """Start the program and open it with what it needs. Raises Missing."""
        self._name = program
        command = ["node", program]
        self._process = subprocess.Popen(
            command, cwd=installed(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            self.opened = self.call("open", **given)
        except RuntimeError as error:
            raise Missing(f"{error}: see above") from error

    def call(self, name: str, **given: object) -> Any:  # noqa: ANN401 - whatever JSON the program answers
        """Return the program's answer to a call. Raises RuntimeError when it ended instead."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError(f"{self._name} has no pipes")
        self._process.stdin.write(json.dumps({"call": name, **given}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self._name} ended during {name}")
        return json.loads(answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        if kind:
            self._process.kill()
        self._process.communicate()
