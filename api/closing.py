"""What closing an office's book for a quarter records: the book, the stock, the digests of its reports."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import psycopg

from api.list_files import CsvFile, pieces, written
from api.models import Item
from api.register_forms import FORMS
from api.register_pages import FORMATS, file_name
from auctions.application.recording import today
from auctions.domain.event import Recorded
from auctions.domain.office.decisions import check, check_quarter
from auctions.domain.office.events import BookClosed
from auctions.domain.office.state import fold
from auctions.domain.quarters import Quarter
from projections.asset_list import Filter, whole_query
from projections.books import Book, Progress, book
from projections.registers import registered
from projections.restatement import unsold
from projections.times import Times
from projections.views import View


class Closing(NamedTuple):
    """The entry that closes a book, and the first legal day of what is not closed before it."""

    entry: BookClosed
    open_since: date | None


def closing(
    connection: psycopg.Connection[Any],
    file: Sequence[Recorded],
    office: str,
    quarter: Quarter,
    known_at: int,
    *,
    basis: str | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Closing:
    """Return what closes a quarter of the book as known at a position that the read models have reached.

    `file` is the office's. It needs a transaction around it. Raises Refused where it cannot be closed.
    """
    state = fold([line.entry for line in file])  # type: ignore[misc]  # files of offices hold office entries
    check_quarter(state, quarter, today=today())
    closed_until = state.closed[-1] if state.closed else date.min
    held = book(connection, office, known_at, closed_until, progress)
    times = Times(quarter.last_day, known_at)
    entry = BookClosed(
        on=today(),
        office=office,
        first_day=quarter.first_day,
        last_day=quarter.last_day,
        basis=basis,
        **committed(held, times, unsold(connection, times, office)),
    )
    check(state, entry, today=entry.on, open_since=held.open_since)
    assets = registered(connection, entry)
    forms = {
        file_name(number, kind): _digest(write(form, entry, assets))
        for number, form in FORMS.items()
        for kind, write in FORMATS.items()
    }
    reports = {"unsold.csv": unsold_csv(connection, times, office)} | forms
    return Closing(entry.model_copy(update={"reports": reports}), held.open_since)


def committed(held: Book, times: Times, total: View) -> dict[str, Any]:
    """Return what a close or a seal commits to: the book, and the stock that was unsold."""
    return {
        "known_at": times.known_at,
        "assets": held.assets,
        "entries": held.entries,
        "sha256": held.sha256,
        "unsold": total["n"],
        "unsold_price": total["price"],
        "unsold_first_price": total["first_price"],
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def unsold_csv(connection: psycopg.Connection[Any], times: Times, office: str | None = None) -> str:
    """Return the SHA-256 of the list of what remained unsold, at an office or at all, as `/v1/assets.csv`."""
    asked = Filter(day=times.as_of or date.max, unsold=True, office=office, times=times)
    digest = hashlib.sha256()
    for piece in written(CsvFile(list(Item.model_fields)), pieces(connection, whole_query(asked))):
        digest.update(piece)
    return digest.hexdigest()
