"""Writes a register as an XLSX file: identical rows make identical bytes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from auctions.journal.rows import Cell
from auctions.journal.texts import flat
from auctions.journal.write import Cells, refuse_others

MOST_ROWS = 1_048_576
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""When a file says that it was made: the same of the same rows."""
_EXACT = 10**15
_WIDTH = 18


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    """Write `rows` to the sheet `journal` of a new file at `path`, streaming.

    Columns are formatted as text, so that a spreadsheet rounds no long number entered later; whole numbers
    of at most 15 digits are numbers, longer ones text. Raise ValueError where a row has another column than
    `columns`, a value is too long for a cell, or there are more than 1,048,575 rows.
    """
    with Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet("journal")
        sheet.set_column(0, len(columns) - 1, _WIDTH, book.add_format({"num_format": "@"}))
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows, 1):
            _write_row(sheet, line, columns, row)


def _write_row(sheet: Worksheet, line: int, columns: Sequence[str], row: Cells) -> None:
    refuse_others(columns, row)
    if line >= MOST_ROWS:
        raise ValueError("a sheet takes 1,048,576 rows: write CSV or JSON lines")
    for place, name in enumerate(columns):
        if name in row:
            _write_cell(sheet, line, place, name, row[name])


def _write_cell(sheet: Worksheet, line: int, place: int, name: str, value: Cell) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int) and abs(value) < _EXACT:
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, flat(name, value))
