"""A list of assets as the service answered it: pages of JSON, or all of it as JSON lines or CSV."""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from auctions.verifier.errors import Undecided
from auctions.verifier.lives import Life
from auctions.verifier.places import read_file

_COUNTED = tuple(Life().told)
_LARGEST_PAGE = 1 << 24


class Times(NamedTuple):
    """As of the end of which legal day, and how many entries of the log were known."""

    as_of: date
    known_at: int


class Row(NamedTuple):
    """An asset of the list, where it stands there, and what is told of it."""

    place: str
    asset_id: UUID
    told: dict[str, Any]


def times_of(files: Sequence[Path], asked: tuple[date | None, int | None]) -> Times:
    """Return the times of a list: its pages tell them, of other forms they are asked for.

    Raises Undecided where they are not known, not the same, or pages are missing at the end.
    """
    pages = [file for file in files if _is_page(file)]
    told = [_times(file, last=file is pages[-1]) for file in pages]
    as_of, known_at = asked
    if not told and as_of is not None and known_at is not None:
        return Times(as_of, known_at)
    if not told:
        raise Undecided("missing-times", "a list without its times: say --as-of and --known-at")
    first = told[0]
    if {*told, Times(as_of or first.as_of, first.known_at if known_at is None else known_at)} != {first}:
        raise Undecided("other-times", f"not all is told as of {first.as_of}, known at {first.known_at}")
    return first


def rows_of(files: Sequence[Path]) -> Iterator[Row]:
    """Yield the assets of a list, one after another. Raises Undecided."""
    for file in files:
        with _as_listed(file):
            for number, item in enumerate(_items(file), 1):
                told = {name: _read(name, item[name]) for name in _COUNTED}
                yield Row(f"{file}: asset {number}", UUID(item["asset_id"]), told)


def _items(file: Path) -> Iterator[dict[str, Any]]:
    if _is_page(file):
        yield from _page(file)["items"]
        return
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines) if file.suffix == ".csv" else map(json.loads, lines)


def _read(name: str, value: object) -> object:
    """Return a value as JSON has it: a cell holds it as text."""
    if name == "stage" or not isinstance(value, str):
        return value
    return int(value) if value else None


def _times(file: Path, *, last: bool) -> Times:
    with _as_listed(file):
        page = _page(file)
        if (page["next"] is None) != last:
            raise Undecided(
                "not-whole", f"{file}: give all pages, from the first to the last, in their order"
            )
        return Times(date.fromisoformat(page["as_of"]), int(page["known_at"]))


def _page(file: Path) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(read_file(file, _LARGEST_PAGE))
    return page


def _is_page(file: Path) -> bool:
    return file.suffix not in {".csv", ".jsonl"}


@contextmanager
def _as_listed(file: Path) -> Iterator[None]:
    """Say where a file is not written as a list is. Raises Undecided."""
    try:
        yield
    except OSError as error:
        raise Undecided("missing-file", f"{file} cannot be read: {error}") from error
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, csv.Error) as error:
        raise Undecided("malformed-list", f"{file}: not a list of assets: {error!r}") from error
