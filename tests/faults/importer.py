"""An import in a process of its own, there to be killed: `importer.py URL REGISTER MODE`.

Prints how far it is, a line a step, and waits at each for a line on standard input; at the end its report.
"""

import json
import sys
from pathlib import Path

from auctions.application.recording import Actor
from auctions.journal.importing import Import, Mode
from auctions.journal.read import read_rows
from auctions.store.postgres import PostgresStore


def step(phase: str, done: float) -> None:
    """Say how far the import is, and wait."""
    sys.stdout.write(f"{phase} {done:.3f}\n")
    sys.stdout.flush()
    sys.stdin.readline()


def main() -> None:
    """Import the register."""
    url, register, mode = sys.argv[1:]
    store = PostgresStore(url)
    run = Import(store, Actor("importer", ""), Mode(mode), "register.csv", step)
    report = run.run(read_rows(Path(register), lambda done: step("reading", done)))
    store.close()
    sys.stdout.write(json.dumps(report._replace(problems=[])._asdict()) + "\n")


if __name__ == "__main__":
    main()
