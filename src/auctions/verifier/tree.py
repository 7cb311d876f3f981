"""The Merkle tree of RFC 6962 over SHA-256: its hashes, its root as it grows, and what its proofs show."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple, Self

HASH = 32
"""Bytes of a hash."""


class Head(NamedTuple):
    """A tree at a size: all of it follows from the root."""

    size: int
    root: bytes


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry as a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two."""
    return sha256(b"\x01" + left + right).digest()


def full_root(hashes: bytes) -> bytes:
    """Return the root above hashes that stand one after another, a power of two of them."""
    while len(hashes) > HASH:
        pairs = range(0, len(hashes), 2 * HASH)
        hashes = b"".join([sha256(b"\x01" + hashes[at : at + 2 * HASH]).digest() for at in pairs])
    return hashes


class Growing:
    """A tree as it grows, kept as the roots of the full subtrees that it consists of, largest first."""

    def __init__(self, subtrees: Iterable[tuple[int, bytes]] = ()) -> None:
        """Begin with these subtrees, each with its number of leaves; without any it is the empty tree."""
        self._subtrees = list(subtrees)
        self.size = sum(leaves for leaves, _ in self._subtrees)

    def add(self, root: bytes, leaves: int = 1) -> None:
        """Append a full subtree of so many leaves, a power of two by which the size is divided."""
        self.size += leaves
        while self._subtrees and self._subtrees[-1][0] == leaves:
            root = node_hash(self._subtrees.pop()[1], root)
            leaves *= 2
        self._subtrees.append((leaves, root))

    def copy(self) -> Self:
        """Return a tree that grows from here on by itself."""
        return type(self)(self._subtrees)

    def head(self) -> Head:
        """Return the size and the root."""
        if not self._subtrees:
            return Head(0, sha256(b"").digest())
        *before, (_, root) = self._subtrees
        for _, left in reversed(before):
            root = node_hash(left, root)
        return Head(self.size, root)


def included(leaf: bytes, index: int, path: Sequence[bytes], head: Head) -> bool:
    """Whether a path of hashes shows that the leaf stands at this index of the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < head.size:
        return False
    at, last, root = index, head.size - 1, leaf
    for each in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            root = node_hash(each, root)
            at, last = _up_to_a_right_child(at, last)
        else:
            root = node_hash(root, each)
        at, last = at >> 1, last >> 1
    return last == 0 and root == head.root


def consistent(older: Head, newer: Head, path: Sequence[bytes]) -> bool:
    """Whether a path of hashes shows that the newer tree begins with the older one (RFC 9162, 2.1.4.2)."""
    if older.size in {0, newer.size}:
        return not path and older == (newer if older.size else Growing().head())
    if older.size > newer.size or not path:
        return False
    at, last = older.size - 1, newer.size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first, *others = path if at else (older.root, *path)
    old = new = first
    for each in others:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(each, old), node_hash(each, new)
            at, last = _up_to_a_right_child(at, last)
        else:
            new = node_hash(new, each)
        at, last = at >> 1, last >> 1
    return last == 0 and (old, new) == (older.root, newer.root)


def _up_to_a_right_child(at: int, last: int) -> tuple[int, int]:
    """Climb past the levels at which the last node stands alone."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last
