"""The runbook as a program: its console blocks, done one after the other as they stand."""

import re
import subprocess
from collections.abc import Mapping

import pytest

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NO_INDEX = re.compile("NewConnectionError|ConnectTimeout|failure in name resolution|No matching dist")


def blocks(text: str) -> dict[str, list[str]]:
    """Return the console blocks of a runbook under each of its headings."""
    _, *parts = _HEADING.split(text)
    return {name: _BLOCK.findall(body) for name, body in zip(parts[::2], parts[1::2], strict=True)}


class Runbook:
    """A runbook in an environment."""

    def __init__(self, text: str, environment: Mapping[str, str]) -> None:
        self._blocks, self._environment = blocks(text), environment

    def do(self, heading: str, *numbers: int) -> str:
        """Do the blocks under a heading, all or those of these numbers; what they print."""
        found = self._blocks[heading]
        return "".join(self._done(found[number]) for number in numbers or range(len(found)))

    def _done(self, block: str) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block],
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )
        if done.returncode and _NO_INDEX.search(done.stderr):
            pytest.skip("no package index answers, and the runbook installs the program from one")
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        return done.stdout
