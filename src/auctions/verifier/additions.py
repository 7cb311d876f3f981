"""What was added to a log between two sizes: how much, what came late, what was struck, and by whom."""

import json
from array import array
from collections import Counter
from datetime import date, timedelta, timezone

from auctions.verifier.entries import Entry, read_entry
from auctions.verifier.errors import Undecided
from auctions.verifier.facts import Fact, fact_of, payload_of
from auctions.verifier.telling import Facts

_VIETNAM = timezone(timedelta(hours=7))


class _File:
    """The legal days of a file's standing entries, by number, and the newest of them; 0 is none."""

    __slots__ = ("days", "newest")

    def __init__(self) -> None:
        self.days = array("l")
        self.newest = 0

    def take(self, fact: Fact) -> None:
        """Go on by one entry."""
        is_strike = fact.name == "entry_struck"
        self.days.append(0 if is_strike else fact.on.toordinal())
        self.newest = max(self.newest, self.days[-1])
        if is_strike and 1 <= fact.amount < len(self.days):
            self.days[fact.amount - 1] = 0
            self.newest = max(self.days)


class Additions:
    """The entries of a log as they come by, from its first on: what is told of those between two sizes."""

    def __init__(self, start: int, end: int) -> None:
        """Tell of the entries from one size to the other."""
        self._start, self._end = start, end
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._late: list[Facts] = []
        self._strikes: list[Facts] = []
        self._files: dict[bytes, _File] = {}
        self._command: tuple[bytes, object] = (b"", None)
        self._newest = 0
        self._anew: list[str] = []

    def pass_by(self, start: int, entries: list[bytes]) -> None:
        """Take the next entries. Raises Undecided where one is not in the form of an entry."""
        for index, content in enumerate(entries[: max(0, self._end - start)], start):
            try:
                entry = read_entry(content)
                day = entry.recorded_at.astimezone(_VIETNAM).date().isoformat()
                by = dict[str, object](json.loads(entry.envelope))
                fact = fact_of(entry) if entry.topic.startswith("asset.") else None
            except (Undecided, TypeError, ValueError, OverflowError, RecursionError) as error:
                raise Undecided("unknown-entry", f"entry {index} cannot be read: {error}") from error
            who = {name: str(by.get(name, "")) for name in ("actor", "office", "role")}
            if index >= self._start:
                self._counts[day, who["office"], entry.topic.removeprefix("asset.")] += 1
            if fact:
                self._take(index, entry, fact, {**who, "recorded_at": entry.recorded_at.isoformat()}, by)

    def _take(self, index: int, entry: Entry, fact: Fact, who: Facts, by: Facts) -> None:
        key = entry.stream_id.bytes
        file = self._files.setdefault(key, _File())
        command = key, by.get("command_id")
        if self._command != command or command[1] is None:
            self._command, self._newest, self._anew = command, file.newest, []
        if index >= self._start:
            self._tell(index, entry, fact, who)
        file.take(fact)

    def _tell(self, index: int, entry: Entry, fact: Fact, who: Facts) -> None:
        where = {"index": index, "asset": str(entry.stream_id), "entry_no": fact.number}
        on = fact.on.isoformat()
        if fact.name == "entry_struck":
            payload = payload_of(entry)
            why = {name: payload.get(name) for name in ("basis", "reason", "approved_by")}
            self._strikes.append({**where, "strikes": fact.amount, "anew": self._anew, **why, **who})
            return
        self._anew.append(f"number {fact.number} {fact.name} on {on}")
        if fact.on.toordinal() < self._newest:
            newest = date.fromordinal(self._newest).isoformat()
            self._late.append({**where, "entry": fact.name, "on": on, "newest_then": newest, **who})

    def told(self) -> Facts:
        """Return the counts by day of recording, office and entry, the late entries, and the strikes."""
        rows = [
            {"recorded_on": day, "office": office, "entry": entry, "entries": number}
            for (day, office, entry), number in sorted(self._counts.items())
        ]
        return {"by_day": rows, "late": self._late, "strikes": self._strikes}
