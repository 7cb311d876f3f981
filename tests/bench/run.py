"""python3 dev.py bench: this project beside plain PostgreSQL, in one run, as ratios.

Prints a table; --json writes the figures as well. Medians of several turns, each turn alternating sides, with
the spread between turns as the machine's noise.
"""

import argparse
import json
import os
import platform
import tempfile
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from auctions.store import embedded
from auctions.store.migrate import migrate
from tests.bench.appending import append_at
from tests.bench.catching_up import catch_up
from tests.bench.importing import import_register
from tests.bench.rebuilding import rebuild_law


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--turns", type=int, default=3, help="turns of each measurement (3)")
    options.add_argument(
        "--entries", type=int, default=200_000, help="entries of the imported register (200,000)"
    )
    options.add_argument("--files", type=int, default=100_000, help="files of the rebuild (100,000)")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="auctions-bench-") as folder:
        home = Path(folder)
        server = os.environ.get("AUCTIONS_TEST_SERVER") or embedded.start(home)
        try:
            figures = measure(server, asked.turns, asked.entries, asked.files, home)
        finally:
            embedded.stop(home)
    print_table(figures)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def measure(server: str, turns: int, entries: int, files: int, folder: Path) -> dict[str, Any]:
    versions = {"postgresql": shown(server, "SHOW server_version"), "python": platform.python_version()}
    rows = [append_at(fresh(server, "append"), writers, turns) for writers in (1, 8, 32)]
    register = fresh(server, "register")
    rows.append(import_register(register, entries, folder))
    rows.append(catch_up(register, turns))
    rows.append(rebuild_law(fresh(server, "law"), files, turns))
    return {"versions": versions, "cores": os.cpu_count(), "rows": rows}


def fresh(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS bench_{name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE bench_{name} TEMPLATE template0 ENCODING 'UTF8'".encode())
    url = make_conninfo(server, dbname=f"bench_{name}")
    migrate(url)
    return url


def shown(server: str, query: str) -> str:
    with psycopg.connect(server) as connection:
        row = connection.execute(query.encode()).fetchone()
    return str(row[0]) if row else ""


def print_table(figures: dict[str, Any]) -> None:
    print(f"{figures['versions']} on {figures['cores']} cores")
    print(f"{'what':58} {'ours /s':>10} {'beside /s':>10} {'ratio':>6} {'goal':>6}  noise, notes")
    for row in figures["rows"]:
        beside, ratio = row.get("beside"), row.get("ratio")
        print(
            f"{row['what']:58} {row['ours']:>10,.0f} {f'{beside:,.0f}' if beside else '':>10} "
            f"{f'{ratio:.2f}' if ratio else '':>6} {row['goal']:>6}  {row['notes']}"
        )


if __name__ == "__main__":
    main()
