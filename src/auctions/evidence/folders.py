"""The folder of the evidence: the log as it is served, and apart from that what the signer keeps."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from auctions.domain.errors import Refused
from auctions.evidence.keeper import Keeper
from auctions.store.durable_files import make_folders, write_durably
from auctions.verifier.checkpoints import Checkpoint, read_kept
from auctions.verifier.errors import Undecided
from auctions.verifier.logs import signed_checkpoint
from auctions.verifier.notes import LARGEST, Key, read_key
from auctions.verifier.places import Folder
from auctions.verifier.tiles import ENTRIES, WIDTH, Tiles, levels, path_of


class EvidenceFolder:
    """Where things lie below the folder of the evidence."""

    def __init__(self, folder: Path) -> None:
        """Use this folder."""
        self._folder = folder
        self.log = folder / "log"
        """What may be served: `checkpoint` and `tile/`."""
        self.days = folder / "checkpoints"
        """The last checkpoint of each day (UTC) on which there was one, by the day's name."""

    def keeper(self) -> Keeper:
        """Return the keeper of the last checkpoint."""
        return Keeper(self._folder / "kept")

    def tiles(self, size: int) -> Tiles:
        """Return the tiles of the log at a size."""
        return Tiles(Folder(self.log), size)

    def key(self) -> Key:
        """Return the public key by which the log is signed, as the signer left it. Raises Undecided."""
        vkey = Folder(self._folder).read("key", LARGEST)
        if vkey is None:
            raise Undecided(
                "no-evidence", f"nothing was signed yet in {self._folder}: `auctions evidence sign`"
            )
        return read_key(vkey.decode("utf-8", "replace").strip())

    def leave_key(self, key: Key) -> None:
        """Leave the public key for who proves or checks beside the signer."""
        write_durably(self._folder / "key", f"{key.vkey}\n".encode())

    def checkpoint(self) -> tuple[Checkpoint, bytes]:
        """Return the checkpoint that is published, and its signed note. Raises Undecided, Tampered."""
        return signed_checkpoint(Folder(self.log), [self.key()], None)

    def checkpoint_for(self, size: int) -> tuple[Checkpoint, bytes]:
        """Return the first checkpoint of a day gone by that holds so many entries, else the published one.

        The former stays the same however the log grows. Raises Undecided, Tampered.
        """
        for file in sorted(self.days.glob("????-??-??"))[:-1]:
            note = file.read_bytes()
            kept = read_kept(note, [self.key()])
            if kept.head.size >= size:
                return kept, note
        return self.checkpoint()

    def drop_partial(self, before: int, size: int) -> None:
        """Remove the partial tiles and bundles of those that became full: they are many times as large."""
        for level in (ENTRIES, *levels(size)):
            shift = 8 * max(level, 0)
            for index in range((before >> shift) // WIDTH, (size >> shift) // WIDTH):
                rmtree(self.log / f"{path_of(level, index)}.p", ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder against other signers. Raises Refused where there is one already."""
        make_folders(self._folder)
        descriptor = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise Refused("another-signer", f"another process signs in {self._folder}") from error
        try:
            yield
        finally:
            os.close(descriptor)
