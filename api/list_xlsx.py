"""A list as an XLSX file: a header, then a row an item."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

import orjson
from xlsxwriter import Workbook

from api.list_files import Row
from api.xlsx_cells import Cells
from auctions.journal.write_xlsx import CREATED, MOST_ROWS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_DAYS = {"on", "seized_on", "last_round_on"}
_WIDTH = 18


class TooManyRows(Exception):  # noqa: N818 - what there is too much of
    """More rows than a sheet has."""


def write_list_xlsx(out: BinaryIO, name: str, columns: Sequence[str], rows: Iterable[Sequence[Row]]) -> None:
    """Write the sheet `name` to `out`: a header, then a row an item; memory stays flat.

    Whole numbers of more than 15 digits are text. Raises TooManyRows for more than a sheet has.
    """
    with Workbook(out, {"constant_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet = _Sheet(book, name, columns)
        for some in rows:
            for row in some:
                sheet.add(orjson.loads(row[-1]))


class _Sheet:
    def __init__(self, book: Workbook, name: str, columns: Sequence[str]) -> None:
        sheet = book.add_worksheet(name)
        self._columns = columns
        self._line = 0
        self._cells = Cells(book, sheet)
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)

    def add(self, item: dict[str, object]) -> None:
        self._line += 1
        if self._line >= MOST_ROWS:
            raise TooManyRows(f"a sheet takes {MOST_ROWS - 1:,} rows: ask for less, or for CSV")
        for place, name in enumerate(self._columns):
            value = item[name]
            is_day = isinstance(value, str) and name in _DAYS
            self._cells.write(self._line, place, date.fromisoformat(str(value)) if is_day else value)
