"""Imports run within the test, on a real store: what is said of a file, and what of it is recorded."""

from pathlib import Path

from auctions.application.recording import Actor
from auctions.journal.importing import Import, Mode, Report
from auctions.journal.read import read_rows
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from auctions.store.quarantine import quarantined
from projections.log import head

Place = tuple[int, str | None, str]


def imported(store: PostgresStore, path: Path, mode: Mode) -> Report:
    run = Import(store, Actor("importer", ""), mode, path.name, lambda _phase, _done: None)
    return run.run(read_rows(path))


def places(report: Report) -> list[Place]:
    return [(problem.row, problem.column, problem.code) for problem in report.problems]


def entries_in(url: str) -> int:
    with connection(url) as reader:
        return head(reader)


def waiting_in(url: str) -> list[tuple[int, list[str]]]:
    """The rows that wait, each with the codes of what was wrong."""
    with connection(url) as reader:
        return [(row.row_no, [each["code"] for each in row.problems]) for row in quarantined(reader)]
