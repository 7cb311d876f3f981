"""Reads a register in the journal form, whatever its format."""

from collections.abc import Callable, Iterator
from pathlib import Path

from auctions.journal.csv_rows import csv_rows
from auctions.journal.jsonl_rows import jsonl_rows
from auctions.journal.problems import Problem, shown
from auctions.journal.rows import Progress, Row
from auctions.journal.xlsx_rows import xlsx_rows

_Reader = Callable[[Path, Progress], Iterator[Row | Problem]]
_FORMATS: dict[str, _Reader] = {
    ".csv": csv_rows,
    ".txt": csv_rows,
    ".tsv": csv_rows,
    ".xlsx": xlsx_rows,
    ".jsonl": jsonl_rows,
    ".ndjson": jsonl_rows,
}


def _quiet(_part: float) -> None:
    """Report nothing."""


def read_rows(path: Path, progress: Progress = _quiet) -> Iterator[Row | Problem]:
    """Yield the rows of the register at `path` in its order, and a problem in place of each that is none.

    The suffix says the format. Memory stays bounded whatever the file holds. `progress` is called now and
    then with the part of the file that is read, from 0 to 1.
    """
    read = _FORMATS.get(path.suffix.lower())
    if read is None:
        message = f"{shown(path.name)} is of no known format: expected {', '.join(_FORMATS)}"
        yield Problem(1, None, "unknown-format", message)
        return
    try:
        yield from read(path, progress)
    except OSError as error:
        yield Problem(1, None, "unreadable-file", f"the file cannot be read: {error.strerror or error}")
