"""A whole log against its checkpoint and those that were kept, in one pass and in little memory."""

from collections.abc import Callable, Iterable
from itertools import islice

from auctions.verifier.checkpoints import Checkpoint, read_checkpoint
from auctions.verifier.errors import Tampered, Undecided, naming
from auctions.verifier.notes import LARGEST, Key
from auctions.verifier.places import Place
from auctions.verifier.tiles import ENTRIES, WIDTH, Tiles, entries_of, path_of, tiles
from auctions.verifier.tree import HASH, Growing, Head, full_root, leaf_hash

CHECKPOINT = "checkpoint"
OnEntries = Callable[[int, list[bytes]], None]


class LogCheck:
    """One pass over a log: entries against leaves, leaves against the tiles above, and against the roots."""

    def __init__(self, log: Tiles, kept: Iterable[Head] = (), on_entries: OnEntries | None = None) -> None:
        """Check the log; `on_entries` takes each bundle with the index of its first entry."""
        self.entries_checked = 0
        self._log = log
        self._kept = sorted(kept)
        self._on_entries = on_entries
        self._tree = Growing()
        self._proven = 0
        self._above: dict[int, tuple[int, bytes]] = {}

    def run(self, signed: Head) -> None:
        """Go through the log. Raises Tampered at the first that is not as signed, or Undecided."""
        for head in self._kept:
            if head.size > signed.size:
                message = f"entries {signed.size} to {head.size - 1} of a kept checkpoint are gone"
                raise Tampered("shrunk", message, signed.size)
        self._compare_kept(0, b"")
        for index, width in tiles(0, signed.size):
            hashes = self._log.hashes(0, index, width)
            self._compare_entries(index, width, hashes)
            self._compare_kept(width, hashes)
            self._grow(index, width, hashes)
        if self._tree.head() != signed:
            raise self._changed("the root that is signed", signed.size)

    def _compare_entries(self, index: int, width: int, hashes: bytes) -> None:
        found = self._log.found(ENTRIES, index, width)
        start = index * WIDTH
        if found is None:
            if self._on_entries is not None:
                message = f"{self._log.place}: the entries from {start} on are not there"
                raise Undecided("missing-entries", message)
            return
        path, bundle = found
        entries = list(islice(entries_of(bundle), width))
        if b"".join(map(leaf_hash, entries)) != hashes:
            at = start + _first_difference(entries, hashes)
            message = f"entry {at} is not the one of its leaf hash, in {path_of(0, index, width)}"
            raise Tampered("wrong-entry", message, at)
        if path == path_of(ENTRIES, index, width) and sum(map(len, entries)) + 2 * width != len(bundle):
            message = f"{path} holds more than its {width} entries"
            raise Tampered("wrong-entry", message, start + width)
        self.entries_checked += width
        if self._on_entries is not None:
            self._on_entries(start, entries)

    def _compare_kept(self, width: int, hashes: bytes) -> None:
        """Compare the kept heads that end within these leaves, or where the tree is still empty."""
        while self._kept and self._kept[0].size <= self._tree.size + width:
            head = self._kept.pop(0)
            then = self._tree.copy()
            for at in range(0, (head.size - self._tree.size) * HASH, HASH):
                then.add(hashes[at : at + HASH])
            if then.head() != head:
                raise self._changed("a kept checkpoint", head.size)
            self._proven = head.size

    def _changed(self, against: str, size: int) -> Tampered:
        message = (
            f"the root of the first {size} is not that of {against}: changed from entry {self._proven} on"
        )
        return Tampered("wrong-root", message, self._proven)

    def _grow(self, index: int, width: int, hashes: bytes) -> None:
        if width == WIDTH:
            root = full_root(hashes)
            self._compare_above(1, index, root)
            self._tree.add(root, WIDTH)
            return
        for at in range(0, width * HASH, HASH):
            self._tree.add(hashes[at : at + HASH])

    def _compare_above(self, level: int, at: int, root: bytes) -> None:
        """Compare the root of a full tile with the hash of it in the tile above, and so on upwards."""
        index, place = divmod(at, WIDTH)
        hashes = self._tile_above(level, index)
        if hashes[place * HASH : (place + 1) * HASH] != root:
            first = at << 8 * level
            below = path_of(level - 1, at)
            message = (
                f"{below} and the hash of it in tile {index} of level {level} differ: from entry {first} on"
            )
            raise Tampered("wrong-tile", message, first)
        if place == WIDTH - 1:
            self._compare_above(level + 1, index, full_root(hashes))

    def _tile_above(self, level: int, index: int) -> bytes:
        kept_index, hashes = self._above.get(level, (-1, b""))
        if kept_index != index:
            width = min(WIDTH, (self._log.size >> 8 * level) - index * WIDTH)
            hashes = self._log.hashes(level, index, width)
            self._above[level] = index, hashes
        return hashes


def _first_difference(entries: list[bytes], hashes: bytes) -> int:
    """Return which of the entries is the first that is not of its hash, or is not there."""
    for at, entry in enumerate(entries):
        if leaf_hash(entry) != hashes[at * HASH : (at + 1) * HASH]:
            return at
    return len(entries)


def verify_log(
    log: Tiles, checkpoint: Checkpoint, kept: Iterable[Checkpoint] = (), on_entries: OnEntries | None = None
) -> int:
    """Verify a log against its checkpoint and those kept; return how many entries there were to check.

    Raises Tampered with the first index that is not as signed, Undecided where something is missing.
    """
    check = LogCheck(log, (each.head for each in kept), on_entries)
    check.run(checkpoint.head)
    return check.entries_checked


def signed_checkpoint(place: Place, keys: Iterable[Key], origin: str | None) -> tuple[Checkpoint, bytes]:
    """Return the checkpoint of a log in its place, and its bytes. Raises Undecided, Tampered."""
    content = place.read(CHECKPOINT, LARGEST)
    if content is None:
        raise Undecided("missing-checkpoint", f"{place}: {CHECKPOINT} is not there")
    with naming(f"{place}: {CHECKPOINT}"):
        return read_checkpoint(content, keys, origin), content
