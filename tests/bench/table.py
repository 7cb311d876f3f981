"""The table of a run: for a terminal, missed goals in red, and as Markdown for the README."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.bench.figures import Row

_HEAD = ("part", "what", "ours", "beside", "its figure", "ratio", "goal", "noise", "notes")
_RED, _YELLOW, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[0m"


def print_table(rows: Sequence[Row]) -> None:
    """Print a part's rows, aligned; colours only on a terminal."""
    cells = [_HEAD, *map(_cells, rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(_HEAD))]
    for line, row in zip(cells, [None, *rows], strict=True):
        text = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        print(_coloured(text, row), flush=True)
    print(flush=True)


def print_end(versions: Mapping[str, Any], rows: Sequence[Row]) -> None:
    """Print what was measured on, and every goal that was missed once more."""
    missed, skipped = [row for row in rows if row.missed], [row for row in rows if row.skipped]
    print(machine(versions))
    print(f"{len(rows)} rows, {len(missed)} goals missed, {len(skipped)} skipped")
    for row in (*missed, *skipped):
        print(_coloured("  ".join(cell for cell in _cells(row) if cell), row))


def machine(versions: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def markdown(versions: Mapping[str, Any], rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of the table in Markdown; a missed goal is bold and says so."""
    yield f"| {' | '.join(_HEAD)} |"
    yield f"|{'---|' * len(_HEAD)}"
    for row in rows:
        yield f"| {' | '.join(_bold(cell, row) for cell in _cells(row))} |"
    yield ""
    yield machine(versions)


def _bold(cell: str, row: Row) -> str:
    return f"**{cell}**" if cell and row.missed and cell == _cells(row)[6] else cell


def _coloured(text: str, row: Row | None) -> str:
    if row is None or not sys.stdout.isatty() or not (row.missed or row.skipped):
        return text
    return f"{_RED if row.missed else _YELLOW}{text}{_PLAIN}"


def _cells(row: Row) -> tuple[str, ...]:
    if row.skipped:
        return (row.part, row.what, "", row.name, "skipped", "", "", "", row.skipped)
    goal = row.goal.words() + (" missed" if row.missed else "")
    return (
        row.part,
        row.what,
        _figure(row.ours, row.unit),
        row.name,
        _figure(row.beside, row.unit),
        f"{row.ratio:.2f}" if row.ratio else "",
        goal,
        f"±{row.noise:.0%}",
        row.notes,
    )


def _figure(figure: float | None, unit: str) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f} {unit}" if unit == "/s" else f"{figure:.2f} {unit}"
