"""Files that are there whole or not at all, and still there after the power has failed."""

import os
from pathlib import Path


def write_durably(file: Path, content: bytes | bytearray) -> None:
    """Write a file in the place of what it was; returns when it and its name are on the disk."""
    unfinished = file.with_name(f"{file.name}.new")
    with unfinished.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(file)
    sync_folder(file.parent)


def make_folders(folder: Path) -> None:
    """Make a folder and those above it, each durable in the one above."""
    if not folder.is_dir():
        make_folders(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder onto the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
