"""Importing a generated register, all or nothing, in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from auctions.journal.sample import write_register
from tests.bench import databases, plain
from tests.bench.context import Bench
from tests.bench.figures import Goal, Row, alone, compared

PART = "import"
_GOAL = Goal(10_000)

ENTRIES_AN_ASSET = 39.5
_RUN = """
import json, resource, sys, time
from pathlib import Path
from auctions.application.recording import Actor
from auctions.journal.importing import Import, Mode
from auctions.journal.read import read_rows
from auctions.store.postgres import PostgresStore
store = PostgresStore(sys.argv[1])
start = time.perf_counter()
run = Import(store, Actor("bench", ""), Mode.ALL_OR_NOTHING, "bench", lambda _phase, _done: None)
report = run.run(read_rows(Path(sys.argv[2])))
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
done = {"recorded": report.recorded, "refused": report.refused, "seconds": seconds, "megabytes": peak}
print(json.dumps(done))
"""


def import_register(bench: Bench) -> Iterator[Row]:
    """Yield entries a second and the peak memory of one import."""
    url, found = imported(bench)
    notes = f"{found['refused']} refused, {found['megabytes']} MB at most; one turn"
    what = f"{found['recorded']:,} entries, CSV"
    rate = found["recorded"] / found["seconds"]
    yield alone(PART, what, [rate], _GOAL, notes=notes)
    beside = {"ours": [rate], "COPY": [plain.copied(url) for _ in range(bench.few)]}
    yield from compared(PART, what, beside, notes={"COPY": "the same bytes, undecided and unhashed"})


@cache
def imported(bench: Bench) -> tuple[str, dict[str, Any]]:
    """Return the URL of a database with the register, and what its import told."""
    url = databases.fresh(bench.server, "register")
    path = bench.folder / "register.csv"
    write_register(path, assets=round(bench.entries / ENTRIES_AN_ASSET), seed=7)
    done = subprocess.run(
        [sys.executable, "-c", _RUN, url, str(path)], check=True, capture_output=True, text=True
    )
    databases.settled(url)
    return url, json.loads(done.stdout)
