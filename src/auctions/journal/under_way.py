"""The import of a register that was sent in, told of while it is under way."""

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from auctions.application.recording import Actor
from auctions.journal.importing import Import, Mode, Report
from auctions.journal.problems import Problem
from auctions.journal.read import read_rows
from auctions.store import imports_under_way as imports
from auctions.store.imports_under_way import Counts, Sent
from auctions.store.postgres import PostgresStore


class Stopped(Exception):  # noqa: N818 - not an error
    """The import is to stop; it is taken up again."""


class UnderWay:
    """The import of one register, and what is told of it."""

    def __init__(self, own: psycopg.Connection[Any], sent: Sent, stopping: threading.Event) -> None:
        """Take the connection to tell by, the register, and what says that the import is to stop."""
        self._own, self._sent, self._stopping = own, sent, stopping
        self._mode = Mode(sent.mode)
        self._counts: Callable[[], Counts] = Counts

    def run(self, url: str) -> Report:
        """Read, decide and record. Raises Stopped, ImportCancelled, NoDatabase."""
        self._progress("reading", 0.0)
        by = Actor(self._sent.actor, self._sent.office, self._sent.role)
        with TemporaryDirectory() as folder, closing(PostgresStore(url)) as store:
            path = Path(folder) / f"register{self._sent.suffix}"
            self._write(path)
            run = Import(
                store,
                by,
                self._mode,
                self._sent.filename,
                self._progress,
                import_id=None if self._mode is Mode.DRY_RUN else self._sent.import_id,
            )
            self._counts = lambda: self._counted(run.rows, run.assets, run.already, len(run.refused))
            return run.run(read_rows(path, lambda done: self._progress("reading", done)))

    def _write(self, path: Path) -> None:
        with self._own.transaction(), path.open("wb") as file:
            for part in imports.parts(self._own, self._sent.import_id):
                file.write(part)

    def _progress(self, phase: str, done: float) -> None:
        if self._stopping.is_set():
            raise Stopped
        imports.tell(self._own, self._sent.import_id, phase, done, self._counts())

    def _counted(self, rows: int, assets: int, already: int, refused: int) -> Counts:
        """Return the counts as if it had never been cut off: what an earlier run did is not `already`."""
        aside = refused if self._mode is Mode.QUARANTINE else 0
        return Counts(rows, assets, max(0, already - self._sent.recorded), refused, aside)

    def end(self, state: str, reason: str | None = None) -> None:
        """End without a report."""
        imports.end(self._own, self._sent.import_id, state, self._counts(), reason=reason)

    def end_with(self, report: Report) -> None:
        """End with what became of the rows: failed where nothing could be recorded or set aside."""
        counts = self._counted(report.rows, report.assets, report.already, report.refused)
        tried = self._mode is Mode.DRY_RUN
        kept = report.kept or tried
        imports.end(
            self._own,
            self._sent.import_id,
            "done" if kept else "failed",
            counts if kept else counts._replace(quarantined=0),
            reason=None if kept else "rows are refused, or the file itself: nothing is recorded",
            problems=[_told(problem) for problem in report.problems],
            recorded=report.recorded if tried else None,
        )


def _told(problem: Problem) -> dict[str, Any]:
    return problem._asdict()
