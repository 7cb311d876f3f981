"""Proofs out of the stored tiles of a log: that an entry stands in it, and that it has only grown."""

from functools import lru_cache

from auctions.verifier.proofs import Proof
from auctions.verifier.tiles import WIDTH, Tiles
from auctions.verifier.tree import HASH, full_root, node_hash

_TILES_AT_HAND, _ROOTS_AT_HAND = 64, 4096


class Prover:
    """Makes proofs for the sizes that a log has had, out of the tiles that it has now."""

    def __init__(self, log: Tiles) -> None:
        """Read the tiles of a log, the last ones once; each call raises Undecided where some are missing."""
        self._size = log.size
        self._tile = lru_cache(_TILES_AT_HAND)(log.hashes)
        self._root = lru_cache(_ROOTS_AT_HAND)(self._root_over)

    def root(self, size: int) -> bytes:
        """Return the root of the first entries, at least one."""
        return self._root(0, size)

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Return the path that shows an entry among the first `size` (RFC 6962, 2.1.1)."""
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._root(middle, end))
                end = middle
            else:
                path.append(self._root(start, middle))
                start = middle
        return tuple(reversed(path))

    def consistency(self, older: int, newer: int) -> tuple[bytes, ...]:
        """Return the path that shows that the first `older` are the first of `newer` (RFC 6962, 2.1.2)."""
        path: list[bytes] = []
        start, end = 0, newer
        while older != end:
            middle = start + _split(end - start)
            if older <= middle:
                path.append(self._root(middle, end))
                end = middle
            else:
                path.append(self._root(start, middle))
                start = middle
        if start:
            path.append(self._root(start, end))
        return tuple(reversed(path))

    def proof(self, index: int, size: int, checkpoint: bytes) -> Proof:
        """Return the proof of an entry beside the signed checkpoint of this size."""
        return Proof(index, self.inclusion(index, size), checkpoint)

    def _root_over(self, start: int, end: int) -> bytes:
        """Return the root over entries from where a subtree begins."""
        width = end - start
        if width & width - 1:
            middle = start + _split(width)
            return node_hash(self._root(start, middle), self._root(middle, end))
        level = (width.bit_length() - 1) // 8
        index, at = divmod(start >> 8 * level, WIDTH)
        hashes = self._tile(level, index, min(WIDTH, (self._size >> 8 * level) - index * WIDTH))
        return full_root(hashes[at * HASH : (at + (width >> 8 * level)) * HASH])


def _split(width: int) -> int:
    """Return the largest power of two that is smaller."""
    return 1 << (width - 1).bit_length() - 1
