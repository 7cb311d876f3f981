"""A list as an XLSX file: numbers as numbers, days as days, text that no sheet runs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import BinaryIO

import orjson
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.decline_csv import harmless
from api.list_files import Row, flat
from auctions.journal.write_xlsx import CREATED, MOST_ROWS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_DAYS = {"on", "seized_on", "last_round_on"}
_EXACT = 10**15
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
        self._sheet: Worksheet = book.add_worksheet(name)
        self._columns = columns
        self._line = 0
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self._quoted: Format = book.add_format({"quote_prefix": True})
        self._sheet.set_column(0, len(columns) - 1, _WIDTH)
        self._sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        self._sheet.freeze_panes(1, 0)

    def add(self, item: dict[str, object]) -> None:
        self._line += 1
        if self._line >= MOST_ROWS:
            raise TooManyRows(f"a sheet takes {MOST_ROWS - 1:,} rows: ask for less, or for CSV")
        for place, name in enumerate(self._columns):
            self._write(place, name, item[name])

    def _write(self, place: int, name: str, value: object) -> None:
        if value is None or value == []:
            return
        if isinstance(value, str) and name in _DAYS:
            day = datetime.combine(date.fromisoformat(value), datetime.min.time())
            self._sheet.write_datetime(self._line, place, day, self._day)
        elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _EXACT:
            self._sheet.write_number(self._line, place, value)
        else:
            text = str(flat(value))
            is_run = harmless(text) != text
            self._sheet.write_string(self._line, place, text, self._quoted if is_run else None)
