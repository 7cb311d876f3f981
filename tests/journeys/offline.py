"""A machine without a network: a namespace of its own where that is allowed, else no sockets."""

import subprocess
import sys
from functools import cache
from pathlib import Path

NO_SOCKET = """import sys
def _refused(event, _):
    if event.startswith("socket."):
        raise OSError("this machine has no network")
sys.addaudithook(_refused)
"""


@cache
def apart() -> list[str]:
    """The words before a command that leave it without a network, none where that is not allowed here."""
    words = ["unshare", "--map-root-user", "--net"]
    try:
        return words if subprocess.run([*words, "true"], check=False).returncode == 0 else []
    except FileNotFoundError:
        return []


def offline(program: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    """Run Python on a machine without a network; NO_SOCKET lies beside the program as sitecustomize.py."""
    command = [*apart(), sys.executable, *map(str, words)]
    environment = {} if apart() else {"PYTHONPATH": str(program.parent)}
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
