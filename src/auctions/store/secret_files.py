"""Files that hold a secret: only their owner reads them, and none is written over."""

import os
from pathlib import Path

from auctions.domain.errors import Refused


def make(file: Path, content: bytes) -> None:
    """Write a new file that only its owner reads. Raises Refused where there is one already."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refused("key-file-exists", f"{file} exists, and a key is never written over") from error
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(descriptor)


def read(file: Path) -> bytes:
    """Return what a file holds. Raises Refused where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused("wrong-key-file", f"{file} cannot be read: {error.strerror}") from error
