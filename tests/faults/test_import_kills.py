"""An import killed in the middle: all of it or nothing, or whole batches, and a second run completes it."""

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

import psycopg
import pytest

from auctions.application.recording import Actor
from auctions.journal.columns import COLUMNS
from auctions.journal.importing import Import, Mode
from auctions.journal.read import read_rows
from auctions.journal.sample import write_register
from auctions.store.memory import MemoryStore

LOCK = 7283001
"""The advisory lock under which the log grows."""

_CONTENTS = """SELECT stream_id::text, entry_no, topic, convert_from(payload, 'UTF8')
    FROM auctions.events ORDER BY 1, 2"""

Content = tuple[Any, ...]


class Undisturbed:
    """What an import that nobody disturbs makes of a register, as the store in memory holds it."""

    def __init__(self, register: Path) -> None:
        self.steps, self.batches = 0, {0}
        self.store = MemoryStore()
        run = Import(self.store, Actor("importer", ""), Mode.QUARANTINE, "register.csv", self._step)
        self.report = run.run(read_rows(register, lambda done: self._step("reading", done)))

    def _step(self, _phase: str, _done: float) -> None:
        self.steps += 1
        self.batches.add(len(self.store.log))

    def contents(self) -> list[Content]:
        """Return file, number, topic and payload of every entry, by file and number."""
        lines = [kept.line for kept in self.store.log]
        return sorted(
            (str(line.stream_id), line.entry_no, line.entry.TOPIC, _payload(line.entry)) for line in lines
        )


def _payload(entry: Any) -> str:  # noqa: ANN401 - an entry of any class
    text: str = entry.model_dump_json(exclude_defaults=True)
    return text


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of about 5,000 entries, three batches."""
    path = tmp_path_factory.mktemp("register") / "register.csv"
    write_register(path, assets=125, seed=7)
    return path


@pytest.fixture
def dirty(register: Path, tmp_path: Path) -> Path:
    """The same with rows that cannot be read, and rows that are not possible in their file."""
    path = tmp_path / "dirty.csv"
    with register.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    seizures = [row for row in rows if row["entry"] == "seized"][::20]
    rows += [row | {"on": "2025-13-40"} for row in seizures]
    rows += [row | {"on": "2026-02-02", "note": "again"} for row in seizures]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS))
        writer.writeheader()
        writer.writerows(rows)
    return path


class Importer:
    """Imports a register in a process of its own."""

    def __init__(self, database: str, register: Path, mode: Mode) -> None:
        script = Path(__file__).with_name("importer.py")
        self._command = [sys.executable, str(script), database, str(register), mode.value]

    @contextmanager
    def killed_beyond(self, step: int) -> Iterator[Callable[[], None]]:
        """Begin, wait at a step, and kill at the end; what is given lets it go on from there."""
        with self._begun() as process:
            assert process.stdin
            assert process.stdout
            for number in range(step):
                _let_go_on(process.stdin, number and 1)
                assert process.stdout.readline()
            yield partial(_let_go_on, process.stdin, 100)
            process.kill()

    def finish(self) -> dict[str, int]:
        """Run to the end; return the report's counts."""
        with self._begun() as process:
            told, _ = process.communicate("\n" * 100, timeout=60)
        report: dict[str, int] = json.loads(told.splitlines()[-1])
        return report

    def _begun(self) -> subprocess.Popen[str]:
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _let_go_on(stdin: IO[str], steps: int) -> None:
    stdin.write("\n" * steps)
    stdin.flush()


def recorded(database: str) -> list[Content]:
    """Return the log's contents once the killed import's session has let go of it."""
    with psycopg.connect(database) as reader:
        reader.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        return reader.execute(_CONTENTS).fetchall()


def set_aside(database: str) -> int:
    """Return how many rows wait in the quarantine."""
    with psycopg.connect(database) as reader:
        row = reader.execute("SELECT count(*) FROM auctions.quarantine").fetchone()
    return int(row[0]) if row else 0


def kill_often(importer: Importer, steps: int, database: str) -> list[int]:
    """Kill while reading, after the first batch, and a little after the second and the last one.

    Return how many entries were recorded after each.
    """
    left = []
    for step, seconds in [(1, 0.0), (steps - 2, 0.0), (steps - 1, 0.1), (steps, 0.02)]:
        with importer.killed_beyond(step) as go_on:
            if seconds:
                go_on()
                time.sleep(seconds)
        left.append(len(recorded(database)))
    return left


def test_an_import_killed_in_the_middle_records_all_or_nothing_and_a_second_completes_it(
    database: str, register: Path
) -> None:
    whole = Undisturbed(register)
    importer = Importer(database, register, Mode.ALL_OR_NOTHING)
    left = kill_often(importer, whole.steps, database)
    assert set(left) <= {0, whole.report.rows}, left
    assert left[0] == left[1] == 0
    report = importer.finish()
    assert (report["recorded"], report["already"]) in {(whole.report.rows, 0), (0, whole.report.rows)}
    assert recorded(database) == whole.contents()


def test_an_import_with_quarantine_killed_in_the_middle_records_whole_batches_and_a_second_completes_it(
    database: str, dirty: Path
) -> None:
    whole = Undisturbed(dirty)
    importer = Importer(database, dirty, Mode.QUARANTINE)
    left = kill_often(importer, whole.steps, database)
    assert set(left) <= whole.batches, left
    assert left == sorted(left)
    assert left[0] == 0 < left[1] < whole.report.recorded, left
    report = importer.finish()
    assert report["recorded"] + report["already"] == whole.report.recorded
    assert report["refused"] == set_aside(database) == len(whole.store.quarantine) == whole.report.refused
    assert recorded(database) == whole.contents()


def await_a_waiting_session(reader: psycopg.Connection[Any]) -> None:
    """Return when a session waits for a lock."""
    end = time.monotonic() + 30
    while not reader.execute(
        "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'auctions.quarantine'::regclass"
    ).fetchall():
        assert time.monotonic() < end, "nobody waits"
        time.sleep(0.01)


def test_a_batch_killed_before_its_refused_rows_are_set_aside_is_not_recorded(
    database: str, dirty: Path
) -> None:
    importer, steps = Importer(database, dirty, Mode.QUARANTINE), Undisturbed(dirty).steps
    with psycopg.connect(database) as holder, importer.killed_beyond(steps - 2) as go_on:
        holder.execute("LOCK TABLE auctions.quarantine IN SHARE MODE")
        before = holder.execute(_CONTENTS).fetchall()
        go_on()
        await_a_waiting_session(holder)
    assert before
    assert recorded(database) == before
