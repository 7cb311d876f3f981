"""What the formats share: a row of cells, and the header and the rows of a sheet."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from auctions.journal.columns import COLUMNS, REQUIRED, nearest
from auctions.journal.problems import Problem, shown

Cell = str | int | list[Any] | dict[str, Any]
Record = tuple[int, Sequence[Cell]]
Progress = Callable[[float], None]
LONGEST_CELL = 32_767
ROWS_A_REPORT = 1_000
_KNOWN = frozenset(COLUMNS)


class Row(NamedTuple):
    """One row: its line (from 1) and the raw values by column; empty cells are left out."""

    row: int
    cells: dict[str, Cell]


def sheet_rows(records: Iterator[Record | Problem]) -> Iterator[Row | Problem]:
    """Yield the rows under the header, the first of `records` that is not blank, and what is wrong."""
    header = next((item for item in records if isinstance(item, Problem) or _holds_any(item[1])), None)
    if header is None:
        yield Problem(1, None, "empty-file", "the file is empty: expected a header and one row an entry")
    elif isinstance(header, Problem):
        yield header
    else:
        names = header_names(header[1])
        problems = header_problems(header[0], names)
        yield from problems
        if all(problem.code == "unknown-column" for problem in problems):
            yield from _entries(names, records)


def _entries(names: list[str], records: Iterator[Record | Problem]) -> Iterator[Row | Problem]:
    is_empty = True
    for record in records:
        item = record if isinstance(record, Problem) else _row(names, *record)
        if isinstance(item, Problem) or item.cells:
            is_empty = False
            yield item
    if is_empty:
        yield Problem(1, None, "no-rows", "the file has a header and no entry: expected one row an entry")


def _row(names: list[str], row: int, values: Sequence[Cell]) -> Row | Problem:
    if len(values) > len(names) and _holds_any(values[len(names) :]):
        message = f"expected at most {len(names)} cells, as in the header; more of them hold a value"
        return Problem(row, None, "wrong-cell-count", message)
    cells = {
        name: value
        for name, value in zip(names, values, strict=False)
        if value != "" and not _is_blank(value)
    }
    for name, value in cells.items():
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            return too_large(row, name)
    return Row(row, {name: value for name, value in cells.items() if name in _KNOWN})


def _is_blank(value: Cell) -> bool:
    return isinstance(value, str) and value.isspace()


def _holds_any(values: Sequence[Cell]) -> bool:
    return any(str(value).strip() for value in values)


def header_names(values: Sequence[Cell]) -> list[str]:
    """Return the header's column names, trimmed, without the empty ones at its end."""
    names = [str(value).strip() for value in values]
    while names and not names[-1]:
        names.pop()
    return names


def header_problems(row: int, names: Sequence[str]) -> list[Problem]:
    """Return what is wrong with a sheet's header; `names` are its cells."""
    missing = [_missing(row, name) for name in REQUIRED if name not in names]
    twice = [_twice(row, name) for name in dict.fromkeys(names) if name and names.count(name) > 1]
    unknown = [_unknown(row, place, name) for place, name in enumerate(names, 1) if name not in _KNOWN]
    return missing + twice + unknown


def _missing(row: int, name: str) -> Problem:
    needed = ", ".join(REQUIRED)
    return Problem(
        row, name, "missing-column", f"the header has no column {name}; every journal has {needed}"
    )


def _twice(row: int, name: str) -> Problem:
    return Problem(
        row, name[:200], "duplicate-column", f"the header has the column {shown(name)} more than once"
    )


def _unknown(row: int, place: int, name: str) -> Problem:
    if not name:
        return Problem(row, None, "unknown-column", f"column {place} has no name in the header")
    hint = nearest(name, COLUMNS)
    return Problem(row, name[:200], "unknown-column", f"{shown(name)} is no column of the journal form{hint}")


def too_large(row: int, column: str | None) -> Problem:
    """Return the problem of a cell, or of a whole line, that is not read because of its size."""
    return Problem(
        row, column, "cell-too-large", "a cell takes at most 32,767 characters, a line at most 1 MiB"
    )
