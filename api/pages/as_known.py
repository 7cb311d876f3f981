"""A file between two knowledges, as the page of the two sliders shows it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from auctions.application.recording import today

Told = dict[str, Any]
PART = 60
"""Entries that a page shows at once."""


class Stops(NamedTuple):
    """Where the two sliders stop, and at which stop each stands: -1 before the first recording."""

    days: Sequence[str]
    day_at: int
    recordings: Sequence[Told]
    """The last entry of each recording."""
    recording_at: int

    @property
    def previous(self) -> Told | None:
        """The recording before the one that stands."""
        return self.recordings[self.recording_at - 1] if self.recording_at > 0 else None

    @property
    def following(self) -> Told | None:
        """The recording after the one that stands."""
        at = self.recording_at + 1
        return self.recordings[at] if at < len(self.recordings) else None


def stops(entries: Sequence[Told], as_of: str, position: int) -> Stops:
    """Return the stops of a file: the days of its entries and today, and what was recorded at once."""
    days = sorted({entry["on"] for entry in entries} | {today().isoformat()})
    recordings = [
        entry for entry in entries if entry["entry_no"] == max(entry["together"], default=entry["entry_no"])
    ]
    day_at = max(sum(day <= as_of for day in days) - 1, 0)
    return Stops(days, day_at, recordings, sum(each["position"] <= position for each in recordings) - 1)


def part_of(entries: Sequence[Told], part: int | None, position: int) -> tuple[int, int]:
    """Return which part of the entries is shown, of how many; that with the last known one by default."""
    parts = max(-(-len(entries) // PART), 1)
    known = sum(entry["position"] <= position for entry in entries)
    return min(max(part or -(-known // PART), 1), parts), parts


def as_they_stood(
    entries: Sequence[Told], positions: Mapping[int, int], as_of: str, position: int
) -> list[Told]:
    """Return entries with how each stood on a day as known at a position; `positions` by entry number.

    `stood` is "unknown" (recorded later), "after" (of a later day), "struck" or "" (it counted);
    `struck_later` tells that a strike came later.
    """
    return [entry | _stood(entry, positions, as_of, position) for entry in entries]


def _stood(entry: Told, positions: Mapping[int, int], as_of: str, position: int) -> Told:
    strike = entry["struck_by"]
    struck_at = positions[strike["entry_no"]] if strike else None
    if entry["position"] > position:
        stood = "unknown"
    elif struck_at is not None and struck_at <= position:
        stood = "struck"
    else:
        stood = "after" if entry["on"] > as_of else ""
    return {"stood": stood, "struck_later": struck_at is not None and struck_at > position}
