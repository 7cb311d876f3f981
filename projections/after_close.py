"""What was entered in a book after its close for a quarter, of days up to the quarter's end."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, groupby
from typing import Any

import psycopg
from pydantic_core import to_jsonable_python

from auctions.domain.asset.events import Seized
from auctions.domain.asset.state import fold
from auctions.domain.days import legal_day
from auctions.domain.event import Recorded
from auctions.domain.office.events import BookClosed
from projections.lines import bearing_from, line_view
from projections.log import grown_files, numbered
from projections.restatement import View, unsold
from projections.times import Times


def after_close(connection: psycopg.Connection[Any], close: BookClosed, known_at: int) -> View:
    """Return what was entered after a close and bears on its quarter or earlier, as known at a position.

    `entries` are those of files that the office had on the day, in the order of recording, each with the
    remark that Circular 04/2023/TT-BTP art 30(4) asks for; a strike bears on the day of what it strikes.
    `unsold` is the stock at the end of the quarter as it was closed and as it is known now. It needs a
    transaction around it.
    """
    files = grown_files(connection, close.known_at, known_at, close.office)
    entries = sorted(chain.from_iterable(_entries(file, close) for file in files), key=_position)
    times = Times(close.last_day, known_at)
    closed = {"n": close.unsold, "price": close.unsold_price, "first_price": close.unsold_first_price}
    told: View = to_jsonable_python(
        {
            "office": close.office,
            "quarter": str(close.quarter),
            "last_day": close.last_day,
            "sha256": close.sha256,
            "known_at": [close.known_at, known_at],
            "unsold": {"before": closed, "after": unsold(connection, times, close.office)},
            "entries": entries,
        }
    )
    return told


def _position(entry: View) -> int:
    position: int = entry["position"]
    return position


def _entries(file: Sequence[Recorded], close: BookClosed) -> Iterator[View]:
    ref = next(line.entry.asset_ref for line in file if isinstance(line.entry, Seized))
    days = bearing_from(file)
    known: list[Recorded] = []
    for _, group in groupby(file, key=lambda line: line.envelope.command_id):
        command = list(group)
        for line in command:
            day = days[line.entry_no]
            if line.position > close.known_at and day <= close.last_day:
                had_by = {_office(lines, day) for lines in (known, known + command)}
                if close.office in had_by:
                    yield {"asset_id": line.stream_id, "asset_ref": ref, **line_view(line), **_remark(line)}
        known += command


def _office(lines: Sequence[Recorded], day: date) -> str:
    """Return the office that had a file at the end of a day, as it was known; empty before its seizure."""
    return fold(numbered(lines), until=day).office


def _remark(line: Recorded) -> View:
    day = legal_day(line.recorded_at)
    return {
        "note": line.entry.note,
        "remark": f"amended or supplemented on {day}",
        "remark_vi": f"đã sửa đổi, bổ sung ngày {day:%d} tháng {day:%m} năm {day.year}",
    }
