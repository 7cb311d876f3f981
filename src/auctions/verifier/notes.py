"""Signed notes (C2SP signed-note): a text and the signatures of keys that are known by name and id."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from auctions.verifier.errors import Tampered, Undecided
from auctions.verifier.texts import decoded, encoded

LARGEST = 1 << 20
"""Bytes of a note at most: more than a hundred of the largest signatures."""
_DASH = "\u2014 "
_ED25519 = b"\x01"
_KEY_ID, _PUBLIC = 4, 32
_HEX_ID = re.compile(r"[0-9a-f]{8}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True)
class Key:
    """A public Ed25519 key under the name by which notes are signed."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which signatures tell it."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_KEY_ID]

    @property
    def vkey(self) -> str:
        """The key as text, as it is given to those who verify."""
        return f"{self.name}+{self.id.hex()}+{encoded(_ED25519 + self.public)}"


class Signature(NamedTuple):
    """A line below a note: who signed, and what."""

    name: str
    key_id: bytes
    content: bytes


class Note(NamedTuple):
    """A text, which is signed with its last newline, and the lines below it."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def content(self) -> bytes:
        """The note as it is kept in a file."""
        lines = (f"{_DASH}{each.name} {encoded(each.key_id + each.content)}" for each in self.signatures)
        return "\n".join([self.text, *lines, ""]).encode()


def read_key(vkey: str) -> Key:
    """Return the key of a verifier key's text. Raises Undecided where it is none, or not of Ed25519."""
    name, *parts = vkey.split("+", 2)
    if len(parts) != 2 or not is_name(name) or not _HEX_ID.fullmatch(parts[0]):  # noqa: PLR2004 - id and key
        raise Undecided("malformed-key", "a key is NAME+ID+KEY, the id of 8 hexadecimal digits")
    content = decoded(parts[1])
    if not content:
        raise Undecided("malformed-key", "what follows the second + is not base64")
    if content[:1] != _ED25519 or len(content) != 1 + _PUBLIC:
        raise Undecided("unknown-kind-of-key", "only Ed25519 keys (kind 1, 32 bytes) verify here")
    key = Key(name, content[1:])
    if key.id.hex() != parts[0]:
        raise Undecided("malformed-key", f"the id of this name and key is {key.id.hex()}, not {parts[0]}")
    return key


def is_name(name: str) -> bool:
    """Whether a key may have this name: not empty, without spaces and without +."""
    plain = "+" not in name and not any(each.isspace() for each in name)
    return bool(name) and plain and not _CONTROL.search(name)


def read_note(content: bytes) -> Note:
    """Return the note that the bytes hold, its signatures not verified. Raises Undecided."""
    if len(content) > LARGEST:
        raise Undecided("malformed-note", f"longer than {LARGEST} bytes")
    try:
        whole = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Undecided("malformed-note", f"byte {error.start}: not UTF-8") from error
    if control := _CONTROL.search(whole):
        raise Undecided("malformed-note", f"character {control.start()}: a control character")
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise Undecided("malformed-note", "no signature lines that end in a newline below a blank line")
    first = text.count("\n") + 3
    lines = enumerate(below[:-1].split("\n"), first)
    return Note(f"{text}\n", tuple(_signature(line, number) for number, line in lines))


def _signature(line: str, number: int) -> Signature:
    name, _, written = line.removeprefix(_DASH).partition(" ")
    content = decoded(written)
    if not line.startswith(_DASH) or not is_name(name) or not content or len(content) <= _KEY_ID:
        raise Undecided("malformed-note", f"line {number}: not a dash, a name and a signature in base64")
    return Signature(name, content[:_KEY_ID], content[_KEY_ID:])


def verify(note: Note, keys: Iterable[Key]) -> set[Key]:
    """Return those of the keys that signed the note; signatures by others are passed over.

    Raises Tampered where a signature by one of the keys is not of this text, Undecided where there is none.
    """
    known = {(key.name, key.id): key for key in keys}
    by_known = [(known.get((each.name, each.key_id)), each) for each in note.signatures]
    signed = {key for key, each in by_known if key is not None and _verified(key, each, note.text)}
    if not signed:
        names = ", ".join(sorted({each.name for each in note.signatures}))
        raise Undecided("unknown-key", f"signed by none of the keys given, only as: {names}")
    return signed


def _verified(key: Key, signature: Signature, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature.content, text.encode())
    except InvalidSignature as error:
        message = f"the signature of {key.name} is not of this text"
        raise Tampered("wrong-signature", message) from error
    return True
