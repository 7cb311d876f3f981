"""What a person types at a terminal where nothing is shown."""

import os
import pty
import subprocess

from tests.journeys.commandline import COMMAND, CommandLine


def typed(auctions: CommandLine, *words: str, answers: list[str]) -> tuple[int, str]:
    """Answer each prompt of a command in turn; its code, and all that its terminal has shown."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "r+b", buffering=0) as terminal:
        with subprocess.Popen(
            [*COMMAND, *words],
            env=auctions.environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        ) as command:
            os.close(theirs)
            shown = ""
            for answer in answers:
                shown += _until(terminal.fileno(), ": ")
                terminal.write(f"{answer}\n".encode())
            shown += _until(terminal.fileno(), None)
        return command.returncode, shown


def _until(terminal: int, end: str | None) -> str:
    """Return what is shown up to a prompt, or until nobody has the terminal open any more."""
    shown = b""
    while end is None or not shown.decode("utf-8", "ignore").endswith(end):
        try:
            shown += os.read(terminal, 1000)
        except OSError:  # Linux says so where others return nothing
            break
    return shown.decode()
