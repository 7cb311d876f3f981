"""Signing: a key of a log, and the notes that it signs."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auctions.verifier.checkpoints import Checkpoint
from auctions.verifier.notes import Key, Note, Signature, is_name
from auctions.verifier.tree import Head


class Signer:
    """A private Ed25519 key under the name of a log."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        """Sign by this key. Raises ValueError where no key may have this name."""
        if not is_name(name):
            raise ValueError(f"{name!r} is no name of a key: it is empty or holds a space or +")
        self._private = private
        self.key = Key(name, private.public_key().public_bytes_raw())
        """What verifies the notes."""

    def sign(self, text: str) -> bytes:
        """Return the note of a text that ends in a newline; the same text gives the same bytes."""
        signature = Signature(self.key.name, self.key.id, self._private.sign(text.encode()))
        return Note(text, (signature,)).content

    def checkpoint(self, head: Head) -> bytes:
        """Return the signed checkpoint of the log that has the name of the key."""
        return self.sign(Checkpoint(self.key.name, head).text)
