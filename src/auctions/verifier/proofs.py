"""Proofs of one entry (C2SP tlog-proof): its index, the hashes beside its way to the root, a checkpoint."""

from dataclasses import dataclass

from auctions.verifier.errors import Tampered, Undecided
from auctions.verifier.texts import decoded, encoded, number
from auctions.verifier.tree import HASH, Head, included

LARGEST = 1 << 21
"""Bytes of a proof at most."""
_FORM = "c2sp.org/tlog-proof@v1"
_LONGEST_PATH = 63


@dataclass(frozen=True)
class Proof:
    """That an entry stands at an index of the tree of a checkpoint; nobody vouches for the extra bytes."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    @property
    def content(self) -> bytes:
        """The proof as it is kept in a file."""
        extra = [] if self.extra is None else [f"extra {encoded(self.extra)}"]
        lines = [_FORM, *extra, f"index {self.index}", *map(encoded, self.path), ""]
        return "".join(f"{line}\n" for line in lines).encode() + self.checkpoint


def read_proof(content: bytes) -> Proof:
    """Return the proof that the bytes hold, nothing of it verified. Raises Undecided."""
    head, blank, checkpoint = content[:LARGEST].partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    if not blank or len(content) > LARGEST or lines[0] != _FORM:
        raise Undecided("malformed-proof", f"line 1: not {_FORM}, or no checkpoint below a blank line")
    at = 1
    extra = None
    if lines[at:] and lines[at].startswith("extra "):
        extra = decoded(lines[at].removeprefix("extra "))
        if extra is None:
            raise Undecided("malformed-proof", f"line {at + 1}: the extra bytes are not base64")
        at += 1
    return Proof(_index(lines, at), _path(lines, at + 1), checkpoint, extra)


def _index(lines: list[str], at: int) -> int:
    word, _, written = lines[at].partition(" ") if lines[at:] else ("", "", "")
    index = number(written)
    if word != "index" or index is None:
        raise Undecided("malformed-proof", f"line {at + 1}: not `index` and a decimal number")
    return index


def _path(lines: list[str], at: int) -> tuple[bytes, ...]:
    if len(lines) - at > _LONGEST_PATH:
        raise Undecided("malformed-proof", f"more than {_LONGEST_PATH} hashes")
    path = []
    for place, line in enumerate(lines[at:], at + 1):
        each = decoded(line)
        if each is None or len(each) != HASH:
            raise Undecided("malformed-proof", f"line {place}: not a hash of {HASH} bytes in base64")
        path.append(each)
    return tuple(path)


def verify_inclusion(proof: Proof, leaf: bytes, head: Head) -> None:
    """Say that the leaf stands in the tree where the proof says. Raises Tampered where it is not shown."""
    if not included(leaf, proof.index, proof.path, head):
        message = f"the proof does not show that this entry is entry {proof.index} of {head.size}"
        raise Tampered("not-included", message, proof.index)
