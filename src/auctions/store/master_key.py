"""The master key, which seals the keys of persons: a file of its own, in no database and in no dump."""

import binascii
import os
from base64 import b64decode, b64encode
from pathlib import Path

from auctions.domain.errors import Refused
from auctions.store.sealing import KEY, new_key


def make(file: Path) -> None:
    """Write a new key to a file that only its owner reads. Raises Refused where there is one already."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refused("key-file-exists", f"{file} exists, and a key is never written over") from error
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(b64encode(new_key()) + b"\n")
        opened.flush()
        os.fsync(descriptor)


def read(file: Path | None) -> bytes:
    """Return the key in a file. Raises Refused where no file is named, or it holds no key."""
    if file is None:
        how = "`auctions persons new-key FILE` makes a key, and AUCTIONS_PERSONS_KEY_FILE names its file"
        raise Refused("persons-not-kept", f"no persons are kept here: {how}")
    try:
        key = b64decode(file.read_bytes().strip(), validate=True)
    except OSError as error:
        raise Refused("wrong-key-file", f"{file} cannot be read: {error.strerror}") from error
    except binascii.Error:
        key = b""
    if len(key) != KEY:
        raise Refused("wrong-key-file", f"{file} holds no key: expected {KEY} bytes in base64")
    return key
