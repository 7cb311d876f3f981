"""The keeper: the last checkpoint that may be signed, in a folder that no database and no dump of one holds.

A restored backup would fork the log: it knows fewer entries than were signed, and would sign others in their
place. So a head is kept here before it is signed, and nothing is kept that contradicts the one before.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auctions.domain.errors import Refused
from auctions.store.durable_files import make_folders, write_durably
from auctions.verifier.checkpoints import Checkpoint, read_text
from auctions.verifier.errors import Undecided


class Moved(Refused):
    """A checkpoint in the place of another than the one that is kept: somebody else has signed meanwhile."""

    def __init__(self, expected: Checkpoint | None, kept: Checkpoint | None) -> None:
        """Tell the sizes of both."""
        sizes = [each.head.size if each else None for each in (expected, kept)]
        message = f"the keeper holds the checkpoint of {sizes[1]} entries, not of {sizes[0]}"
        super().__init__("checkpoint-moved", message, expected=sizes[0], kept=sizes[1])


class Smaller(Refused):
    """A checkpoint of fewer entries than the one that is kept: the log has lost its end."""

    def __init__(self, size: int, kept: int) -> None:
        """Tell the sizes of both."""
        message = (
            f"a checkpoint of {size} entries, where {kept} were kept: entries are lost; nothing is signed"
        )
        super().__init__("checkpoint-smaller", message, size=size, kept=kept)


class Forked(Refused):
    """A checkpoint of as many entries as the one that is kept, but of another root: they are not the same."""

    def __init__(self, size: int) -> None:
        """Tell the size."""
        message = f"another root of {size} entries than was kept: entries were changed; nothing is signed"
        super().__init__("checkpoint-forked", message, size=size)


class OtherLog(Refused):
    """A checkpoint of another log than the one that is kept."""

    def __init__(self, origin: str, kept: str) -> None:
        """Tell both."""
        super().__init__("checkpoint-of-other-log", f"a checkpoint of {origin}, where {kept} is kept")


class Spoilt(Refused):
    """What is kept cannot be read, so that nothing may be signed behind it."""

    def __init__(self, file: Path, why: str) -> None:
        """Tell the file and what is wrong with it."""
        super().__init__("checkpoint-spoilt", f"{file}: {why}; nothing is signed until it is mended")


class Keeper:
    """The last checkpoint, kept in a folder by one process at a time."""

    def __init__(self, folder: Path) -> None:
        """Keep in this folder, which is made where it is not there."""
        make_folders(folder)
        self._folder = folder
        self._file = folder / "last"

    def last(self) -> Checkpoint | None:
        """Return what is kept, None at the beginning. Raises Spoilt."""
        try:
            return read_text(self._file.read_bytes().decode("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError, Undecided) as error:
            raise Spoilt(self._file, str(error)) from error

    def replace(self, expected: Checkpoint | None, new: Checkpoint) -> None:
        """Keep a checkpoint in the place of the one expected; returns when it is on the disk.

        Whether the log only grew between the two is for the caller to show. Raises Moved where another one is
        kept, Smaller, Forked, OtherLog where the two contradict each other, Spoilt where none can be read.
        """
        with self._alone():
            kept = self.last()
            if kept != expected:
                raise Moved(expected, kept)
            if kept is not None:
                _compare(kept, new)
            write_durably(self._file, new.text.encode())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder against other processes and threads; a process that ends lets go."""
        descriptor = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _compare(kept: Checkpoint, new: Checkpoint) -> None:
    if new.origin != kept.origin:
        raise OtherLog(new.origin, kept.origin)
    if new.head.size < kept.head.size:
        raise Smaller(new.head.size, kept.head.size)
    if new.head.size == kept.head.size and new.head.root != kept.head.root:
        raise Forked(new.head.size)
