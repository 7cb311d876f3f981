"""Sealing: a secret under a key, bound to the place where it stands (AES-256-GCM with key commitment)."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY = 32
"""Bytes of a key, and of a commitment to one."""
_FORM, _NONCE = b"\x01", 12
_HEAD = len(_FORM) + _NONCE
_BODY = _HEAD + KEY


class NotOpened(Exception):  # noqa: N818 - the seal's word; which of them it was, nobody is told
    """What was sealed under another key or for another place, or was changed since."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("sealed under another key or for another place, or changed since")


def new_key() -> bytes:
    """Return a key of 256 random bits."""
    return os.urandom(KEY)


def seal(key: bytes, secret: bytes, *place: str) -> bytes:
    """Return a secret that opens only under this key and at this place: table, row, field."""
    nonce, bound = os.urandom(_NONCE), _bound(place)
    own, commitment = _derived(key, nonce, bound)
    return _FORM + nonce + commitment + AESGCM(own).encrypt(nonce, secret, bound)


def opened(key: bytes, sealed: bytes, *place: str) -> bytes:
    """Return the secret that was sealed. Raises NotOpened."""
    nonce, committed, body = sealed[1:_HEAD], sealed[_HEAD:_BODY], sealed[_BODY:]
    bound = _bound(place)
    own, commitment = _derived(key, nonce, bound)
    if sealed[:1] != _FORM or not hmac.compare_digest(committed, commitment):
        raise NotOpened
    try:
        return AESGCM(own).decrypt(nonce, body, bound)
    except InvalidTag as error:
        raise NotOpened from error


def _derived(key: bytes, nonce: bytes, bound: bytes) -> tuple[bytes, bytes]:
    """Return the key of one sealing and a commitment to it: GCM alone may open the same bytes by two keys."""
    made = HKDF(SHA256(), 2 * KEY, salt=nonce, info=bound).derive(key)
    return made[:KEY], made[KEY:]


def _bound(place: tuple[str, ...]) -> bytes:
    """Return a place as bytes, its parts with their lengths, so that no two places are the same bytes."""
    parts = [part.encode() for part in place]
    return _FORM + b"".join(b"%d:%b" % (len(part), part) for part in parts)
