"""The master key, which seals the keys of persons: a file of its own, in no database and in no dump."""

import binascii
from base64 import b64decode, b64encode
from pathlib import Path

from auctions.domain.errors import Refused
from auctions.store import secret_files
from auctions.store.sealing import KEY, new_key


def make(file: Path) -> None:
    """Write a new key to a file that only its owner reads. Raises Refused where there is one already."""
    secret_files.make(file, b64encode(new_key()) + b"\n")


def read(file: Path | None) -> bytes:
    """Return the key in a file. Raises Refused where no file is named, or it holds no key."""
    if file is None:
        how = "`auctions persons new-key FILE` makes a key, and AUCTIONS_PERSONS_KEY_FILE names its file"
        raise Refused("persons-not-kept", f"no persons are kept here: {how}")
    try:
        key = b64decode(secret_files.read(file).strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY:
        raise Refused("wrong-key-file", f"{file} holds no key: expected {KEY} bytes in base64")
    return key
