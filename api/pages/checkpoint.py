"""A checkpoint as people read it."""

from base64 import b64decode
from typing import NamedTuple


class Noted(NamedTuple):
    """What a signed note says of a log, and who signed it: by name and the first bytes of the key's hash."""

    origin: str
    size: int
    root: str
    signers: tuple[str, ...]


def noted(note: str) -> Noted:
    """Return what a checkpoint of the own log says; nothing of it is verified."""
    text, _, below = note.partition("\n\n")
    origin, size, root = text.split("\n")[:3]
    return Noted(origin, int(size), root, tuple(map(_signer, below.strip().split("\n"))))


def _signer(line: str) -> str:
    name, _, signature = line.removeprefix("\N{EM DASH} ").partition(" ")
    return f"{name}+{b64decode(signature)[:4].hex()}"
