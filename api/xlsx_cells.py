"""Cells of an XLSX sheet: numbers as numbers, days as days, text that no sheet runs."""

from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.decline_csv import harmless
from api.list_files import flat

_EXACT = 10**15


class Cells:
    """The cells of one sheet."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        """Take the sheet, whose formats are added to its workbook."""
        self._sheet = sheet
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self._quoted: Format = book.add_format({"quote_prefix": True})

    def write(self, line: int, place: int, value: object) -> None:
        """Write a value, nothing for what is absent; whole numbers of more than 15 digits are text."""
        if value is None or value == []:
            return
        if isinstance(value, date):
            self._sheet.write_datetime(line, place, datetime.combine(value, datetime.min.time()), self._day)
        elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _EXACT:
            self._sheet.write_number(line, place, value)
        else:
            text = str(flat(value))
            is_run = harmless(text) != text
            self._sheet.write_string(line, place, text, self._quoted if is_run else None)
