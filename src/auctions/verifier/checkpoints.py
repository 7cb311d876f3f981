"""Checkpoints (C2SP tlog-checkpoint): the signed size and root of a log."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from auctions.verifier.errors import Tampered, Undecided, naming
from auctions.verifier.notes import LARGEST, Key, read_note, verify
from auctions.verifier.places import read_file
from auctions.verifier.texts import decoded, encoded, number
from auctions.verifier.tree import HASH, Head


class Checkpoint(NamedTuple):
    """What a log says of itself: which log it is, its size and root, and lines that nobody audits."""

    origin: str
    head: Head
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.head.size), encoded(self.head.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def read_text(text: str) -> Checkpoint:
    """Return the checkpoint that a note's text is. Raises Undecided."""
    *lines, end = text.split("\n")
    if len(lines) < 3 or "" in lines or end:  # noqa: PLR2004 - origin, size, root
        raise Undecided("malformed-checkpoint", "not three or more lines, none of them empty")
    origin, written_size, written_root, *extensions = lines
    size, root = number(written_size), decoded(written_root)
    if size is None:
        raise Undecided("malformed-checkpoint", "line 2: the size is not a decimal number")
    if root is None or len(root) != HASH:
        raise Undecided("malformed-checkpoint", f"line 3: the root is not {HASH} bytes in base64")
    return Checkpoint(origin, Head(size, root), tuple(extensions))


def read_checkpoint(content: bytes, keys: Iterable[Key], origin: str | None = None) -> Checkpoint:
    """Return the checkpoint that is signed by one of the keys, of this origin or else of the key's name.

    Raises Tampered where a signature is not of the text; Undecided where it is of another log, by keys that
    are not known, or no checkpoint.
    """
    note = read_note(content)
    signed = verify(note, keys)
    checkpoint = read_text(note.text)
    expected = {key.name for key in signed} if origin is None else {origin}
    if checkpoint.origin not in expected:
        named = " or ".join(sorted(expected))
        message = f"line 1: the checkpoint of the log {checkpoint.origin}, not of {named}"
        raise Undecided("other-origin", message)
    return checkpoint


def read_kept(content: bytes, keys: Iterable[Key], origin: str | None = None) -> Checkpoint:
    """Return a checkpoint that was kept; a spoilt one says nothing of the log. Raises Undecided."""
    try:
        return read_checkpoint(content, keys, origin)
    except Tampered as error:
        raise Undecided("spoilt-checkpoint", error.message) from error


def kept_in(file: Path, keys: Iterable[Key], origin: str | None = None) -> Checkpoint:
    """Return the checkpoint that was kept in a file. Raises Undecided."""
    content = read_file(file, LARGEST)
    with naming(file):
        return read_kept(content, keys, origin)
