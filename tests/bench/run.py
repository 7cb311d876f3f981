"""python3 dev.py bench [PART...]: this project beside its peers and plain PostgreSQL, in one run, as ratios.

Medians of several turns, each turn alternating sides after one that warms all of them up; the spread between
the turns shows the machine's noise. The peers on node come by npm into an ignored folder; what cannot be had
is skipped aloud. A missed goal is red on a terminal.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg

from auctions.store import embedded
from tests.bench import databases
from tests.bench.appending import append
from tests.bench.catching_up import catch_up
from tests.bench.context import Bench
from tests.bench.evidence import evidence
from tests.bench.figures import Row
from tests.bench.first_paint import first_paint
from tests.bench.importing import import_register
from tests.bench.listing import list_over_http
from tests.bench.loading import load
from tests.bench.log_reading import read_log
from tests.bench.one_model import catch_up_one
from tests.bench.own_writes import own_writes
from tests.bench.pages import pages
from tests.bench.rebuilding import rebuild_law
from tests.bench.recording import record_over_http
from tests.bench.steady import steady
from tests.bench.table import markdown, print_end, print_table

PARTS: dict[str, Callable[[Bench], Iterable[Row]]] = {
    "append": append,
    "load": load,
    "log": read_log,
    "model": catch_up_one,
    "import": import_register,
    "catchup": catch_up,
    "rebuild": rebuild_law,
    "http": list_over_http,
    "recording": record_over_http,
    "own-writes": own_writes,
    "steady": steady,
    "evidence": evidence,
    "pages": pages,
    "first-paint": first_paint,
}


def main() -> None:
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="auctions-bench-") as folder:
        home = Path(folder)
        server = os.environ.get("AUCTIONS_TEST_SERVER") or _roomy(home)
        try:
            versions, rows = _measured(_bench(asked, server, home), asked)
        finally:
            embedded.stop(home)
    print_end(versions, rows)


def _bench(asked: argparse.Namespace, server: str, home: Path) -> Bench:
    return Bench(
        server, home, asked.turns, asked.log_files, asked.entries, asked.files, asked.seconds, asked.assets
    )


def _measured(bench: Bench, asked: argparse.Namespace) -> tuple[dict[str, Any], list[Row]]:
    """Measure part after part; print and write what there is after each."""
    versions, rows = databases.versions(bench.server), list[Row]()
    syncs = [databases.fsync_milliseconds(bench.folder)]
    for name in asked.parts or PARTS:
        part = list(PARTS[name](bench))
        print_table(part)
        rows += part
        syncs.append(databases.fsync_milliseconds(bench.folder))
        versions |= databases.peer_versions() | {"an fsync": f"{min(syncs):.2f} to {max(syncs):.2f} ms"}
        _write(asked, versions, rows)
    return versions, rows


def _write(asked: argparse.Namespace, versions: dict[str, Any], rows: list[Row]) -> None:
    if asked.json:
        figures = {"versions": versions, "rows": [row.told() for row in rows]}
        asked.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")
    if asked.table:
        asked.table.write_text("\n".join(markdown(versions, rows)) + "\n", "utf-8")


def _roomy(home: Path) -> str:
    """Start the embedded server with room for the connections of all sides together."""
    with psycopg.connect(embedded.start(home), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET max_connections = 250")
    embedded.stop(home)
    return embedded.start(home)


def _asked() -> argparse.Namespace:
    options = argparse.ArgumentParser(
        prog="dev.py bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("parts", nargs="*", metavar="PART", help=f"which parts: {', '.join(PARTS)}")
    options.add_argument("--turns", type=int, default=5, help="turns that count, after one to warm up (5)")
    options.add_argument(
        "--log-files", type=int, default=5000, help="files of the log, 20 entries each (5,000)"
    )
    options.add_argument(
        "--entries", type=int, default=100_000, help="entries of the imported register (100,000)"
    )
    options.add_argument("--files", type=int, default=50_000, help="files of the rebuild (50,000)")
    options.add_argument("--seconds", type=int, default=20, help="seconds of the steady load (20)")
    options.add_argument(
        "--assets", type=int, default=10_000, help="assets of the list, up to 1,000,000 (10,000)"
    )
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    options.add_argument("--table", type=Path, metavar="FILE", help="write a Markdown table here too")
    asked = options.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        options.error(f"no part {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}")
    return asked


if __name__ == "__main__":
    main()
