"""Rows of a JSON lines file: one object an entry, read as a stream."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auctions.journal.lines import Line, decoded, read_lines
from auctions.journal.opened import from_json
from auctions.journal.problems import Problem, Unfit
from auctions.journal.rows import ROWS_A_REPORT, Progress, Row, too_large


def jsonl_rows(path: Path, progress: Progress) -> Iterator[Row | Problem]:
    """Yield the rows of the file at `path` and what is wrong; `progress` gets the part done (0 to 1)."""
    size = path.stat().st_size or 1
    is_empty = True
    with path.open("rb") as file:
        for line in read_lines(file):
            if line.row % ROWS_A_REPORT == 0:
                progress(file.tell() / size)
            if line.raw.strip():
                is_empty = False
                yield _row(line)
    if is_empty:
        yield Problem(1, None, "empty-file", "the file is empty: expected one JSON object a line")


def _row(line: Line) -> Row | Problem:
    if not line.is_whole:
        return too_large(line.row, None)
    text = decoded(line.row, line.offset, line.raw)
    return text if isinstance(text, Problem) else _object(line.row, text)


def _object(row: int, text: str) -> Row | Problem:
    try:
        value: Any = from_json(text)
    except Unfit as fault:
        return Problem(row, None, fault.code, fault.message)
    if not isinstance(value, dict):
        return Problem(row, None, "not-an-object", 'expected a JSON object such as {"asset_ref": "A-1", …}')
    return Row(row, {name: cell for name, cell in value.items() if cell is not None})
