"""Importing a generated register, all or nothing, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from auctions.journal.sample import write_register

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
run = Import(store, Actor("bench", "BDI-KV1"), Mode.ALL_OR_NOTHING, "bench", lambda _phase, _done: None)
report = run.run(read_rows(Path(sys.argv[2])))
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
done = {"recorded": report.recorded, "refused": report.refused, "seconds": seconds, "megabytes": peak}
print(json.dumps(done))
"""


def import_register(url: str, entries: int, folder: Path) -> dict[str, Any]:
    """Return entries a second and the peak memory of one import."""
    path = folder / "register.csv"
    write_register(path, assets=round(entries / ENTRIES_AN_ASSET), seed=7)
    done = subprocess.run(
        [sys.executable, "-c", _RUN, url, str(path)], check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    return {
        "what": f"import of {found['recorded']:,} entries, CSV",
        "ours": found["recorded"] / found["seconds"],
        "goal": "10,000",
        "notes": f"{found['refused']} refused, {found['megabytes']} MB at most",
    }
