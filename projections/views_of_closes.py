"""Closes of an office's book, and seals of the register, as they are answered, ready for JSON."""

from collections.abc import Sequence

from pydantic_core import to_jsonable_python

from auctions.domain.errors import Refused
from auctions.domain.event import Recorded
from auctions.domain.office.events import BookClosed
from auctions.domain.quarters import Quarter
from auctions.domain.register.events import RegisterSealed
from projections.views import View


def close_view(entry: BookClosed, line: Recorded | None = None) -> View:
    """Return a close: the quarter, what the book held, and where it is recorded, None where it is not.

    `sha256` is over a line `ASSET_ID VERSION LEAF` for each asset, `reports` are those of what was issued.
    """
    told: View = to_jsonable_python(
        {
            "office": entry.office,
            "quarter": str(entry.quarter),
            "first_day": entry.first_day,
            "last_day": entry.last_day,
            **_held(entry, line),
        }
    )
    return told


def seal_view(entry: RegisterSealed, line: Recorded | None = None) -> View:
    """Return a seal: what the register held, and where it is recorded, None where it is not."""
    told: View = to_jsonable_python(_held(entry, line))
    return told


def seals_view(file: Sequence[Recorded]) -> list[View]:
    """Return the seals in the register's file, the last first."""
    return [seal_view(line.entry, line) for line in reversed(file) if isinstance(line.entry, RegisterSealed)]


def _held(entry: BookClosed | RegisterSealed, line: Recorded | None) -> dict[str, object]:
    return {
        "on": entry.on,
        "known_at": entry.known_at,
        "assets": entry.assets,
        "entries": entry.entries,
        "sha256": entry.sha256,
        "unsold": {
            "n": entry.unsold,
            "price": entry.unsold_price,
            "first_price": entry.unsold_first_price,
        },
        "reports": entry.reports,
        "basis": entry.basis,
        "position": line and line.position,
        "recorded_at": line and line.recorded_at,
        "actor": line and line.envelope.actor,
    }


def closes_view(file: Sequence[Recorded]) -> dict[str, View]:
    """Return the closes in an office's file by the name of their quarter, the last first."""
    return {
        str(line.entry.quarter): close_view(line.entry, line)
        for line in reversed(file)
        if isinstance(line.entry, BookClosed)
    }


def found_close(file: Sequence[Recorded], quarter: Quarter, known_at: int) -> BookClosed:
    """Return the close of a quarter as known at a position. Raises Refused `close-not-found`."""
    for line in file:
        entry = line.entry
        if isinstance(entry, BookClosed) and entry.quarter == quarter and line.position <= known_at:
            return entry
    raise Refused("close-not-found", f"{quarter} is not closed at position {known_at}")
