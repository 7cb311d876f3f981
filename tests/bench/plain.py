"""The limits plain SQL sets: the same bytes inserted into one table with the log's key and indexes."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from auctions.store.embedded import NoDatabase, binaries
from tests.bench.figures import Missing
from tests.bench.writers import Call

TABLE = """CREATE TABLE plain (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream_id uuid NOT NULL, entry_no int NOT NULL, topic text NOT NULL, payload bytea NOT NULL,
    envelope bytea NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now(), UNIQUE (stream_id, entry_no))"""
_INTO = "INSERT INTO plain (stream_id, entry_no, topic, payload, envelope) VALUES "
_OUT = """COPY (SELECT stream_id, entry_no, topic, payload, envelope FROM auctions.events ORDER BY position)
    TO STDOUT"""
_IN = "COPY plain (stream_id, entry_no, topic, payload, envelope) FROM STDIN"
_TIME = 1
_OF_PGBENCH = re.compile(r"tps = ([\d.]+)")


def inserter(
    connection: psycopg.Connection[Any], values: tuple[str, bytes, bytes], entries: int, size: int
) -> Call:
    """Return what inserts `size` rows in one statement, `entries` statements to a file."""
    statement = (_INTO + ", ".join(["(%b, %b, %b, %b, %b)"] * size)).encode()
    stream_id, last = uuid4(), 0

    def insert() -> None:
        nonlocal stream_id, last
        if last >= entries * size:
            stream_id, last = uuid4(), 0
        numbers = range(last + 1, last + size + 1)
        rows = [value for number in numbers for value in (stream_id, number, *values)]
        connection.execute(statement, rows, prepare=True)
        last += size

    return insert


def copied(url: str) -> float:
    """Copy the rows of our log into an empty table with the log's key; return rows a second.

    Nothing is decided, hashed or encoded: this is what keeping the bytes alone costs.
    """
    with psycopg.connect(url, autocommit=True) as own, own.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS plain")
        cursor.execute(TABLE)
        with cursor.copy(_OUT) as rows:
            kept = list(rows)
        start = perf_counter()
        with cursor.copy(_IN) as into:
            for row in kept:
                into.write(row)
        return len(kept) / (perf_counter() - start)


def pgbench(url: str, values: tuple[str, bytes, bytes], writers: int, folder: Path) -> float:
    """Return single-row INSERTs a second as pgbench makes them, which has no language to run."""
    topic, payload, envelope = values
    row = f"gen_random_uuid(), 1, '{topic}', '\\x{payload.hex()}', '\\x{envelope.hex()}'"
    return tps(url, f"{_INTO} ({row});", writers, folder)


def tps(url: str, statement: str, clients: int, folder: Path, schemas: str = "public") -> float:
    """Return transactions a second of one statement by pgbench. Raises Missing where there is none."""
    script = folder / "pgbench.sql"
    script.write_text(statement + "\n", "utf-8")
    at = conninfo_to_dict(url)
    where = [
        f"--{key}={at[name]}" for key, name in (("host", "host"), ("port", "port"), ("username", "user"))
    ]
    how = ["--no-vacuum", "--protocol=prepared", f"--client={clients}", f"--jobs={min(2, clients)}"]
    command = [_program(), *where, *how, f"--time={_TIME}", f"--file={script}", str(at["dbname"])]
    environment = os.environ | {"PGOPTIONS": f"-c search_path={schemas}"}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    found = _OF_PGBENCH.search(ended.stdout)
    if not found:
        raise Missing(f"pgbench failed: {ended.stderr.strip().splitlines()[:1]}")
    return float(found[1])


def _program() -> str:
    try:
        beside: str | None = shutil.which("pgbench", path=str(binaries()))
    except NoDatabase:
        beside = None
    found = beside or shutil.which("pgbench")
    if not found:
        raise Missing("pgbench is not on this machine")
    return found
