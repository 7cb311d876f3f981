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


def installed(programs: Path = PEERS, folder: Path = FOLDER) -> Path:
    """Return the folder in which programs stand, installed if they were not. Raises Missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        raise Missing("node and npm are not on this machine")
    folder.mkdir(parents=True, exist_ok=True)
    wanted = (programs / "package.json").read_text("utf-8")
    done = folder / "installed.json"
    for path in programs.iterdir():
        target = folder / path.name
        if not (target.is_file() and target.read_bytes() == path.read_bytes()):  # others may be reading it
            shutil.copy(path, target)
    if not (done.is_file() and done.read_text("utf-8") == wanted):
        _install(npm, folder)
        done.write_text(wanted, "utf-8")
    return folder


def _install(npm: str, folder: Path) -> None:
    print(f"installing what runs on node into {folder.name}/", flush=True)
    try:
        ended = subprocess.run(
            [npm, *_INSTALL], cwd=folder, capture_output=True, text=True, timeout=300, check=False
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
    """One program, running, of `peers/` unless it stands elsewhere; ends with the block it is opened in."""

    def __init__(self, program: str, folder: Path | None = None, **given: object) -> None:
        """Start the program and open it with what it needs. Raises Missing."""
        self._name = program
        command = ["node", program]
        self._process = subprocess.Popen(
            command, cwd=folder or installed(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
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
