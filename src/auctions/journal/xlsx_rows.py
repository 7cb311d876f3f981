"""Rows of an XLSX file: its sheet `journal`, or else its first one."""

import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from openpyxl import load_workbook

from auctions.journal.problems import Problem
from auctions.journal.rows import ROWS_A_REPORT, Cell, Progress, Record, Row, sheet_rows
from auctions.journal.xlsx_archive import archive_problem

_T = TypeVar("_T")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_LEAST_COLUMNS = 128
_BATCH = 200
_EXACT = 10**15


def xlsx_rows(path: Path, progress: Progress) -> Iterator[Row | Problem]:
    """Yield the rows of the XLSX file at `path` and what is wrong; `progress` gets the part done, 0 to 1."""
    problem = archive_problem(path)
    if problem:
        yield problem
    else:
        yield from sheet_rows(_reported(_records(path), progress))


def _reported(
    records: Iterator[tuple[float, Record] | Problem], progress: Progress
) -> Iterator[Record | Problem]:
    for count, item in enumerate(records):
        if isinstance(item, Problem):
            yield item
            continue
        if count % ROWS_A_REPORT == 0:
            progress(item[0])
        yield item[1]


def _records(path: Path) -> Iterator[tuple[float, Record] | Problem]:
    row = 1
    try:
        for part, row, cells in _cells(path):
            yield part, (row, cells)
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever a damaged part trips over
        yield Problem(row, None, "unreadable-file", f"the XLSX file is damaged after row {row}: {error}")


def _cells(path: Path) -> Iterator[tuple[float, int, list[Cell]]]:
    book = _quietly(lambda: load_workbook(path, read_only=True))
    try:
        sheet = book["journal"] if "journal" in book.sheetnames else book.worksheets[0]
        last = sheet.max_row or _MOST_ROWS
        width = min(max(sheet.max_column or 0, _LEAST_COLUMNS), _MOST_COLUMNS)
        rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=width)
        for row, cells in enumerate(_batched(rows), 1):
            yield min(row / last, 1.0), row, [_value(cell) for cell in cells]
    finally:
        book.close()


def _batched(rows: Iterable[_T]) -> Iterator[_T]:
    rest = iter(rows)
    while batch := _quietly(lambda: list(islice(rest, _BATCH))):
        yield from batch


def _quietly(action: Callable[[], _T]) -> _T:
    """Run without openpyxl's warnings of the styles and extensions it leaves out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return action()


def _value(cell: Any) -> Cell:  # noqa: ANN401 - openpyxl's cells share no type
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "=" if cell.data_type == "f" else str(value)


def _number(value: float) -> Cell:
    """Return whole numbers of at most 15 digits as they are; a spreadsheet has rounded longer ones."""
    if abs(value) >= _EXACT:
        return f"{value:.14E}"
    return int(value) if value == int(value) else repr(value)
