"""Seals of the register and closes of offices' books, each computed anew from what it commits to."""

from argparse import Namespace
from bisect import bisect_left
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


_NO_FILE = _File(0, bytes(HASH))


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
        self._books: dict[str | None, list[bytes]] = {}
        """The files of each office's book, and under None of all, in their order."""

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
        if before is _NO_FILE:
            self._enter(None, key)
        if entry.topic in _HAS:
            self._enter(str(payload_of(entry).get(_HAS[entry.topic])), key)
        self._files[key] = _File(entry.number, leaf_hash(content))

    def _enter(self, office: str | None, key: bytes) -> None:
        book = self._books.setdefault(office, [])
        place = bisect_left(book, key)
        if book[place : place + 1] != [key]:
            book.insert(place, key)

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
        lines, entries, book = sha256(), 0, self._books.get(office, [])
        for key in book:
            number, leaf = self._files[key]
            lines.update(f"{UUID(bytes=key)} {number} {leaf.hex()}\n".encode())
            entries += number
        return Held(len(book), entries, lines.hexdigest())


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
