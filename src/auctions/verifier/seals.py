"""Seals of the register and closes of offices' books, each computed anew from what it commits to."""

from argparse import Namespace
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from auctions.verifier.entries import Entry, read_entry
from auctions.verifier.errors import Tampered, Undecided, naming
from auctions.verifier.facts import payload_of
from auctions.verifier.logs import signed_checkpoint, verify_log
from auctions.verifier.notes import Key
from auctions.verifier.places import place
from auctions.verifier.telling import Facts
from auctions.verifier.tiles import Tiles
from auctions.verifier.tree import HASH, leaf_hash

_SEAL, _CLOSE = "register.sealed", "office.book_closed"
_HAS = {"asset.seized": "office", "asset.transferred": "to_office"}
"""The entries by which an office has a file, and the field that names it."""


class Held(NamedTuple):
    """How many assets and entries a book holds, and the SHA-256 of its lines."""

    assets: int
    entries: int
    sha256: str


class Commitment(NamedTuple):
    """What the entry at an index commits to: an office's book, or that of all, as known at a position."""

    known_at: int
    at: int
    office: str | None
    held: Held


class _File(NamedTuple):
    number: int
    leaf: bytes
    offices: tuple[str, ...]


_NO_FILE = _File(0, bytes(HASH), ())


class Commitments:
    """The seals and closes of a log, as its entries come by."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[Commitment] = []

    def pass_by(self, start: int, entries: list[bytes]) -> None:
        """Take the next entries. Raises Undecided where one is not in the form of an entry, Tampered."""
        for index, content in enumerate(entries, start):
            with naming(f"entry {index}"):
                entry = read_entry(content)
                if entry.topic in {_SEAL, _CLOSE}:
                    self.found.append(_commitment(index, entry))


class Books:
    """The files of all assets as their entries come by, compared with each commitment where it was known."""

    def __init__(self, commitments: list[Commitment]) -> None:
        """Take what is compared."""
        self._waiting = sorted(commitments, reverse=True)
        self._files: dict[bytes, _File] = {}

    def pass_by(self, start: int, entries: list[bytes]) -> None:
        """Take the next entries. Raises Tampered at the first commitment or chain that does not hold."""
        for index, content in enumerate(entries, start):
            self._compare(index)
            with naming(f"entry {index}"):
                entry = read_entry(content)
                if entry.topic.startswith("asset."):
                    self._take(index, entry, content)

    def _take(self, index: int, entry: Entry, content: bytes) -> None:
        key = entry.stream_id.bytes
        before = self._files.get(key, _NO_FILE)
        if (entry.number, entry.prev) != (before.number + 1, before.leaf):
            message = f"number {entry.number} of {entry.stream_id} does not lean on number {before.number}"
            raise Tampered("broken-chain", message, index)
        offices = before.offices
        if entry.topic in _HAS:
            office = str(payload_of(entry).get(_HAS[entry.topic]))
            offices = offices if office in offices else (*offices, office)
        self._files[key] = _File(entry.number, leaf_hash(content), offices)

    def _compare(self, size: int) -> None:
        while self._waiting and self._waiting[-1].known_at <= size:
            commitment = self._waiting.pop()
            held = self._held(commitment.office)
            if held != commitment.held:
                of = f"the book of {commitment.office}" if commitment.office else "the register"
                message = (
                    f"entry {commitment.at} commits to {of} at position {commitment.known_at} with "
                    f"{_words(commitment.held)}; the entries tell {_words(held)}"
                )
                raise Tampered("other-book", message, commitment.at)

    def _held(self, office: str | None) -> Held:
        lines, assets, entries = sha256(), 0, 0
        for asset_id, file in self._of(office):
            lines.update(f"{asset_id} {file.number} {file.leaf.hex()}\n".encode())
            assets += 1
            entries += file.number
        return Held(assets, entries, lines.hexdigest())

    def _of(self, office: str | None) -> Iterator[tuple[UUID, _File]]:
        for key in sorted(self._files):
            if office is None or office in self._files[key].offices:
                yield UUID(bytes=key), self._files[key]


def _commitment(index: int, entry: Entry) -> Commitment:
    fields = payload_of(entry)
    try:
        held = Held(*(fields[name] for name in Held._fields))
        known_at, office = int(fields["known_at"]), fields["office"] if entry.topic == _CLOSE else None
    except (KeyError, TypeError, ValueError) as error:
        raise Undecided("malformed-entry", f"{entry.topic}: {error!r}") from error
    if known_at > index:
        message = f"it commits to position {known_at}, which was not recorded yet"
        raise Tampered("other-book", message, index)
    return Commitment(known_at, index, office, held)


def _words(held: Held) -> str:
    return f"{held.assets} assets, {held.entries} entries, SHA-256 {held.sha256}"


def seals(options: Namespace, keys: list[Key]) -> Facts:
    """Verify a log and every seal and close in it; say how many there are. Raises Tampered, Undecided."""
    where = place(options.where)
    checkpoint, _ = signed_checkpoint(where, keys, options.origin)
    log, commitments = Tiles(where, checkpoint.head.size), Commitments()
    verify_log(log, checkpoint, on_entries=commitments.pass_by)
    verify_log(log, checkpoint, on_entries=Books(commitments.found).pass_by)
    sealed = [each for each in commitments.found if each.office is None]
    return {
        "log": checkpoint.origin,
        "entries": checkpoint.head.size,
        "seals": len(sealed),
        "closes": len(commitments.found) - len(sealed),
        "sealed_up_to": sealed[-1].known_at if sealed else 0,
    }
