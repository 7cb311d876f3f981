"""The entries of one file: those that bear on a legal day, and as they are told."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from auctions.domain.asset.events import EntryStruck
from auctions.domain.days import legal_day
from auctions.domain.event import Recorded


def bearing_from(file: Sequence[Recorded]) -> dict[int, date]:
    """Return the day from which each entry of a file bears: a strike from the day of what it strikes."""
    days = {line.entry_no: line.entry.on for line in file}
    struck = {line.entry_no: line.entry.entry_no for line in file if isinstance(line.entry, EntryStruck)}
    return days | {number: days[struck_no] for number, struck_no in struck.items()}


def bearing_on(file: Sequence[Recorded], as_of: date | None) -> list[Recorded]:
    """Return the entries of a file that bear on a legal day."""
    days = bearing_from(file)
    return [line for line in file if as_of is None or days[line.entry_no] <= as_of]


def line_view(line: Recorded) -> dict[str, Any]:
    """Return an entry with who recorded it, and how many days after its legal day."""
    entry = line.entry
    return {
        "entry_no": line.entry_no,
        "entry": entry.entry_name(),
        "on": entry.on,
        "recorded_at": line.recorded_at,
        "days_late": (legal_day(line.recorded_at) - entry.on).days,
        "position": line.position,
        "actor": line.envelope.actor,
        "role": line.envelope.role,
        "basis": entry.basis,
        "reason": getattr(entry, "reason", None),
        "struck": entry.entry_no if isinstance(entry, EntryStruck) else None,
        "data": entry.data(),
    }
