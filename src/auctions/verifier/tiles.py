"""Tiles and bundles of entries (C2SP tlog-tiles): where they lie, how wide they are, what they hold."""

from collections.abc import Iterator

from auctions.verifier.errors import Undecided
from auctions.verifier.places import Place
from auctions.verifier.tree import HASH

WIDTH = 256
"""Hashes of a full tile, and entries of a full bundle."""
ENTRIES = -1
"""What stands for the level of bundles."""
_LARGEST_BUNDLE = WIDTH * (2 + 0xFFFF)


def path_of(level: int, index: int, width: int = WIDTH) -> str:
    """Return where a tile lies: its index in groups of three digits, and the width of a partial one."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{'entries' if level == ENTRIES else level}/{'/'.join(groups)}{partial}"


def levels(size: int) -> range:
    """Return the levels at which a tree of this size has tiles of hashes."""
    return range((size.bit_length() + 7) // 8)


def tiles(level: int, size: int, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield index and width of each tile of a level of a tree, from the one that holds hash `start` on."""
    hashes = size >> 8 * max(level, 0)
    for index in range(start // WIDTH, -(-hashes // WIDTH)):
        yield index, min(WIDTH, hashes - index * WIDTH)


def entries_of(bundle: bytes) -> Iterator[bytes]:
    """Yield the entries of a bundle; one that is cut off is not yielded."""
    at, end = 0, len(bundle)
    while at + 2 <= end:
        start = at + 2
        at = start + (bundle[at] << 8 | bundle[at + 1])
        if at <= end:
            yield bundle[start:at]


class Tiles:
    """The tiles and bundles of a log in its place, as a checkpoint of some size wants them."""

    def __init__(self, place: Place, size: int) -> None:
        """Read for a tree of this size."""
        self.place = place
        self.size = size

    def hashes(self, level: int, index: int, width: int) -> bytes:
        """Return the hashes of a tile one after another. Raises Undecided where it is missing or cut off."""
        found = self.found(level, index, width)
        if found is None:
            message = f"{self.place}: {path_of(level, index, width)} is not there"
            raise Undecided("missing-tile", message)
        return found[1][: width * HASH]

    def found(self, level: int, index: int, width: int) -> tuple[str, bytes] | None:
        """Return a tile's path and content, or in the place of a partial one that is gone the full one's."""
        for each in dict.fromkeys((width, WIDTH)):
            path = path_of(level, index, each)
            content = self.place.read(path, _LARGEST_BUNDLE if level == ENTRIES else WIDTH * HASH)
            if content is not None:
                if level != ENTRIES and len(content) != each * HASH:
                    message = f"{self.place}: {path} has {len(content)} bytes, not {each * HASH}"
                    raise Undecided("malformed-tile", message)
                return path, content
        return None
