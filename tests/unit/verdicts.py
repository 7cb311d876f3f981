"""What `auctions-verify` says, as a program reads it."""

import json
from typing import Any

import pytest

from auctions.verifier.commandline import main

Told = tuple[int, dict[str, Any]]


class Verifier:
    """The command line in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: object) -> Told:
        self._capsys.readouterr()
        code = main([*map(str, words), "--json"])
        return code, json.loads(self._capsys.readouterr().out)
