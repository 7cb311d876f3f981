"""Rows of a CSV file (RFC 4180): UTF-8, separated by commas, semicolons or tabs, read as a stream."""

import csv
from collections.abc import Iterator
from pathlib import Path

from auctions.journal.columns import COLUMNS
from auctions.journal.csv_records import CsvRecords
from auctions.journal.lines import LONGEST_LINE, Line, decoded, read_lines
from auctions.journal.problems import Problem
from auctions.journal.rows import LONGEST_CELL, ROWS_A_REPORT, Progress, Record, Row, sheet_rows, too_large

_DELIMITERS = ",;\t"
_NO_HEADER = b' \t,;"\r\n'

csv.field_size_limit(4 * LONGEST_LINE)  # above every bounded record; the bound on a cell is the journal's


def csv_rows(path: Path, progress: Progress) -> Iterator[Row | Problem]:
    """Yield the rows of the CSV file at `path` and what is wrong; `progress` gets the part done, 0 to 1."""
    size = path.stat().st_size or 1
    with path.open("rb") as file:
        for count, item in enumerate(sheet_rows(_records(CsvRecords(read_lines(file))))):
            if count % ROWS_A_REPORT == 0:
                progress(file.tell() / size)
            yield item


def _records(records: CsvRecords) -> Iterator[Record | Problem]:
    delimiter = ""
    for record in records:
        if not delimiter and not record[0].raw.strip(_NO_HEADER):
            continue
        delimiter = delimiter or _delimiter(record)
        item = _cells(record, delimiter)
        if isinstance(item, Problem) and item.code == "unbalanced-quote":
            records.read_again(record[1:])
        yield item if isinstance(item, Problem) else (record[0].row, item)


def _delimiter(header: list[Line]) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _known_columns(_cells(header, delimiter)))


def _known_columns(header: list[str] | Problem) -> int:
    return 0 if isinstance(header, Problem) else sum(name.strip() in COLUMNS for name in header)


def _cells(record: list[Line], delimiter: str) -> list[str] | Problem:
    if not record[0].is_whole:
        return _start_of(record[0], delimiter)
    text = decoded(record[0].row, record[0].offset, b"".join(line.raw for line in record))
    if isinstance(text, Problem):
        return text
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return _refusal(record, error)


def _start_of(line: Line, delimiter: str) -> list[str] | Problem:
    text = line.raw.decode(errors="replace").replace("\r", " ")
    cells = next(csv.reader([text], delimiter=delimiter))
    return cells if any(len(cell) > LONGEST_CELL for cell in cells) else too_large(line.row, None)


def _refusal(record: list[Line], error: csv.Error) -> Problem:
    row = record[0].row
    if "new-line" in str(error) and len(record) == 1:
        return Problem(
            row, None, "control-character", "a carriage return stands alone: lines end in LF or CRLF"
        )
    message = (
        "a quote is not closed: a cell with quotes in it stands in quotes, each of its own written twice"
    )
    return Problem(row, None, "unbalanced-quote", message)
