"""A list of assets against the log: each one folded anew from its entries, and none left out."""

from argparse import Namespace
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from auctions.verifier.entries import read_entry
from auctions.verifier.errors import Tampered, Undecided, naming
from auctions.verifier.facts import NAMES, Fact, fact_of
from auctions.verifier.lists import Times, rows_of, times_of
from auctions.verifier.lives import Life, life
from auctions.verifier.logs import signed_checkpoint, verify_log
from auctions.verifier.notes import Key
from auctions.verifier.places import place
from auctions.verifier.statements import differing
from auctions.verifier.telling import Facts
from auctions.verifier.tiles import Tiles

_NUMBERS = {name: number for number, name in enumerate(NAMES)}
_FIELDS = 3


class Files:
    """What counts of each asset's entries up to an index of the log, in three numbers an entry."""

    def __init__(self, end: int) -> None:
        """Take the entries before an index."""
        self._end = end
        self._files: dict[bytes, array[int]] = {}

    def pass_by(self, start: int, entries: list[bytes]) -> None:
        """Take the next entries of the log. Raises Tampered where one of a file is left out, Undecided."""
        for index, content in enumerate(entries[: max(0, self._end - start)], start):
            with naming(f"entry {index}"):
                entry = read_entry(content)
                if not entry.topic.startswith("asset."):
                    continue
                fact = fact_of(entry)
            facts = self._files.setdefault(entry.stream_id.bytes, array("q"))
            number = len(facts) // _FIELDS
            if fact.number != number + 1:
                message = f"entry {index}: number {fact.number} of {entry.stream_id} comes after {number}"
                raise Tampered("not-contiguous", message, index)
            facts.extend((fact.on.toordinal(), _NUMBERS[fact.name], fact.amount))

    def take(self, asset_id: UUID, as_of: date) -> Life | None:
        """Return what a file tells as of a day, once; None where it has no entry, or was asked for before."""
        facts = self._files.pop(asset_id.bytes, None)
        return None if facts is None else life(list(_unpacked(facts)), as_of)

    def rest(self, as_of: date) -> Iterator[tuple[UUID, Life]]:
        """Yield the files that were not asked for."""
        for stream_id in sorted(self._files):
            yield UUID(bytes=stream_id), life(list(_unpacked(self._files[stream_id])), as_of)


def _unpacked(facts: Sequence[int]) -> Iterator[Fact]:
    for at in range(0, len(facts), _FIELDS):
        day, name, amount = facts[at : at + _FIELDS]
        yield Fact(at // _FIELDS + 1, date.fromordinal(day), NAMES[name], amount)


def report(options: Namespace, keys: list[Key]) -> Facts:
    """Verify a list of assets against the log, and say what was compared. Raises Tampered, Undecided."""
    times = times_of(options.files, (options.as_of, options.known_at))
    where = place(options.where)
    checkpoint, _ = signed_checkpoint(where, keys, options.origin)
    if times.known_at > checkpoint.head.size:
        message = f"the list is known at {times.known_at}, the log at hand has {checkpoint.head.size} entries"
        raise Undecided("log-too-short", message)
    files = Files(times.known_at)
    verify_log(Tiles(where, checkpoint.head.size), checkpoint, on_entries=files.pass_by)
    compared = _compare(files, times, options.files, whole=options.all)
    return {
        "log": checkpoint.origin,
        "entries": checkpoint.head.size,
        "as_of": times.as_of.isoformat(),
        "known_at": times.known_at,
        "listed": "all assets" if options.all else "unsold assets",
        "assets_compared": compared,
        "compared": list(Life().told),
    }


def _compare(files: Files, times: Times, lists: Sequence[Path], *, whole: bool) -> int:
    """Return how many assets are listed. Raises Tampered with the first that differs, Undecided."""
    compared = 0
    for row in rows_of(lists):
        found = files.take(row.asset_id, times.as_of)
        with naming(f"{row.place}, {row.asset_id}"):
            if found is None:
                raise Tampered("other-list", "the log has no such asset, or it is listed twice")
            if not _listed(found, whole=whole):
                raise Tampered("other-list", f"the entries tell {found.stage}, which is not listed")
            if words := differing(row.told, found.told):
                raise Tampered("other-state", f"listed are {words}")
        compared += 1
    for asset_id, found in files.rest(times.as_of):
        if _listed(found, whole=whole):
            raise Tampered("other-list", f"{asset_id} is not listed; the entries tell {found.stage}")
    return compared


def _listed(found: Life, *, whole: bool) -> bool:
    return found.seized if whole else found.unsold
