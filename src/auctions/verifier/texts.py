"""Numbers and bytes as the specifications write them: in one way only, so that none has a second form."""

import binascii
import re
from base64 import b64decode, b64encode

MOST = 2**63 - 1
"""The largest size of a tree."""
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


def number(text: str) -> int | None:
    """Return a decimal number without leading zeros, up to MOST; None where it is none."""
    value = int(text) if _NUMBER.fullmatch(text) else MOST + 1
    return value if value <= MOST else None


def decoded(text: str) -> bytes | None:
    """Return the bytes of standard base64 with its padding; None where it is none, or is spelt otherwise."""
    try:
        content = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if encoded(content) == text else None


def encoded(content: bytes) -> str:
    """Return bytes as standard base64."""
    return b64encode(content).decode("ascii")
