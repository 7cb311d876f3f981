"""The command line in the test's own process: a tenth of the time, where a journey asks many questions."""

import io
import sys

import pytest

from auctions.cli import main
from tests.journeys.commandline import CommandLine, Done


class InProcess(CommandLine):
    """`auctions` as CommandLine runs it, without a process of its own."""

    def wrong_use(self, *words: object) -> str:
        """What it says of wrong use, without the frame; it must end with 2 and print nothing else."""
        done = self._run(words, 2)
        assert done.stdout == ""
        return " ".join(done.stderr.replace("│", " ").split())

    def _run(self, words: tuple[object, ...], code: int) -> Done:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        ended: object = 0
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {"COLUMNS": "400", **self.environment}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["auctions", *map(str, words)])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            try:
                main()
            except SystemExit as end:
                ended = end.code or 0
        said, complained = (stream.buffer.getvalue().decode() for stream in (out, err))
        assert ended == code, said + complained
        return Done(code, said, complained)
