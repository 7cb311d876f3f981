"""A log that grows in a folder: tiles of hashes and bundles of entries, as C2SP tlog-tiles has them."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from auctions.domain.errors import Refused
from auctions.store.durable_files import make_folders, write_durably
from auctions.verifier.errors import Tampered, Undecided
from auctions.verifier.places import Folder
from auctions.verifier.tiles import ENTRIES, WIDTH, Tiles, entries_of, levels, path_of
from auctions.verifier.tree import HASH, Growing, Head, full_root, leaf_hash

EMPTY = Growing().head()
"""The head of a log without entries."""
LONGEST = 0xFFFF
"""Bytes of an entry at most, as its length stands before it in two bytes."""


class GrowingLog:
    """The right edge of a log: the tiles that are not full, level by level, and the bundle that is not."""

    def __init__(self, folder: Path, head: Head = EMPTY) -> None:
        """Take up a log where its last checkpoint ended; what was written after that is written again.

        Raises Undecided where tiles are missing, Tampered where they are not of this head.
        """
        self._folder = folder
        self._size = head.size
        log = Tiles(Folder(folder), head.size)
        self._edge = [_edge(log, level) for level in levels(head.size)]
        self._bundle = bytearray(_open_bundle(log))
        self._changed: set[int] = set()
        if self.head != head:
            raise Tampered(
                "wrong-root", f"the tiles in {folder} are not of the root of the first {head.size}"
            )
        if self._edge and b"".join(map(leaf_hash, entries_of(bytes(self._bundle)))) != self._edge[0]:
            raise Tampered("wrong-entry", f"the last entries in {folder} are not those of their leaf hashes")

    @property
    def head(self) -> Head:
        """The size and root that the log has now."""
        tree = Growing()
        for level in reversed(range(len(self._edge))):
            hashes = self._edge[level]
            for at in range(0, len(hashes), HASH):
                tree.add(hashes[at : at + HASH], WIDTH**level)
        return tree.head()

    def append(self, entries: Sequence[bytes]) -> Head:
        """Write entries behind the others; returns the new head when all that it follows from is on the disk.

        Raises Refused where an entry is too long for a bundle. After an OSError the log is taken up anew.
        """
        _refuse_too_long(entries)
        for entry in entries:
            self._bundle += _behind_its_length(entry)
            self._size += 1
            if self._size % WIDTH == 0:
                self._write(ENTRIES, self._bundle, WIDTH)
                self._bundle.clear()
            self._push(0, leaf_hash(entry))
        for level in sorted(self._changed):
            if hashes := self._edge[level]:
                self._write(level, hashes, len(hashes) // HASH)
        if self._bundle and self._changed:
            self._write(ENTRIES, self._bundle, self._size % WIDTH)
        self._changed.clear()
        return self.head

    def _push(self, level: int, root: bytes) -> None:
        if level == len(self._edge):
            self._edge.append(b"")
        self._edge[level] += root
        self._changed.add(level)
        if len(self._edge[level]) == WIDTH * HASH:
            hashes, self._edge[level] = self._edge[level], b""
            self._push(level + 1, full_root(hashes))
            self._write(level, hashes, WIDTH)

    def _write(self, level: int, content: bytes | bytearray, width: int) -> None:
        """Write the last tile of a level, which has this width."""
        index = (self._size - 1 >> 8 * max(level, 0)) // WIDTH
        file = self._folder / path_of(level, index, width)
        make_folders(file.parent)
        write_durably(file, content)


def _refuse_too_long(entries: Sequence[bytes]) -> None:
    """Raise Refused where one of the entries does not go into a bundle."""
    for entry in entries:
        if len(entry) > LONGEST:
            message = f"an entry of {len(entry)} bytes, where a log takes {LONGEST}"
            raise Refused("entry-too-long", message, length=len(entry))


def _behind_its_length(entry: bytes) -> bytes:
    return len(entry).to_bytes(2) + entry


def _edge(log: Tiles, level: int) -> bytes:
    """Return the hashes of the last tile of a level, where it is not full."""
    index, width = divmod(log.size >> 8 * level, WIDTH)
    return log.hashes(level, index, width) if width else b""


def _open_bundle(log: Tiles) -> bytes:
    """Return the last bundle, where it is not full; of one that was written since, what it was."""
    index, width = divmod(log.size, WIDTH)
    found = log.found(ENTRIES, index, width) if width else ("", b"")
    if found is None:
        raise Undecided("missing-entries", f"{log.place}: {path_of(ENTRIES, index, width)} is not there")
    return b"".join(map(_behind_its_length, islice(entries_of(found[1]), width)))
