"""Passwords, of which only a hash is kept: argon2id with the parameters of RFC 9106 for little memory."""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

LEAST, MOST = 12, 200
"""How many characters a password has that its user chooses."""
_HASHER = PasswordHasher()
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""What is told apart when it is read from paper."""


def made() -> str:
    """Return a random password of 99 bits that people can type."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


def hashed(password: str) -> str:
    """Return the hash to keep of a password: another one each time."""
    return _HASHER.hash(_composed(password))


def fits(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one whose hash is kept, with as much work where none is."""
    nobodys = _nobodys()
    try:
        _HASHER.verify(nobodys if kept is None else kept, _composed(password))
    except VerifyMismatchError:
        return False
    return kept is not None


@cache
def _nobodys() -> str:
    return hashed(made())


def _composed(password: str) -> str:
    """Return the same bytes for ế as one character and as three: keyboards differ (RFC 8265, section 4.2)."""
    return unicodedata.normalize("NFC", password)
