"""From what is recorded to what is signed: entries go into the log, their root is found twice and signed."""

from datetime import UTC, datetime
from typing import Any

import psycopg

from auctions.evidence.comparing import Progress, compare
from auctions.evidence.folders import EvidenceFolder
from auctions.evidence.growing import EMPTY, GrowingLog
from auctions.evidence.proving import Prover
from auctions.evidence.recorded import PAGE, Chains, named, recorded
from auctions.evidence.signing import Signer
from auctions.store.durable_files import make_folders, write_durably
from auctions.verifier.checkpoints import Checkpoint, read_checkpoint
from auctions.verifier.errors import Tampered
from auctions.verifier.logs import CHECKPOINT
from auctions.verifier.tiles import WIDTH
from auctions.verifier.tree import HASH, Growing, Head, consistent, leaf_hash


class Sequencer:
    """Takes entries into the log of a folder and signs it; the folder is held by one process alone."""

    def __init__(self, folder: EvidenceFolder, signer: Signer) -> None:
        """Work in a folder, which begins with the checkpoint of no entries."""
        self._folder = folder
        self._signer = signer
        self._keeper = folder.keeper()
        self._chains = Chains()
        self._kept = self._keeper.last()
        self._log: GrowingLog
        self._again: Growing

    @property
    def size(self) -> int:
        """How many entries are signed."""
        return self._kept.head.size if self._kept else 0

    def take_up(self, own: psycopg.Connection[Any], progress: Progress = lambda _done, _of: None) -> None:
        """Take up where the last one ended, whatever it was in the middle of.

        Raises Tampered where the database is not what was signed, so that nothing more may be; Undecided
        where the folder lacks something; Refused by the keeper.
        """
        self._kept = self._keeper.last()
        self._refuse_published_beyond()
        self._chains = Chains()
        head = self._kept.head if self._kept else EMPTY
        self._again = compare(own, self._folder.tiles(head.size), self._chains, progress)
        self._log = GrowingLog(self._folder.log, head)
        if self._again.head() != head:
            raise Tampered("wrong-root", f"the database's first {head.size} entries are not of the root kept")
        self._folder.leave_key(self._signer.key)
        self._sign(head)

    def _refuse_published_beyond(self) -> None:
        """Raise Tampered where the keeper knows less than was published: it is an older copy itself."""
        file = self._folder.log / CHECKPOINT
        if not file.exists():
            return
        published = read_checkpoint(file.read_bytes(), [self._signer.key]).head.size
        if self._kept is None or published > self.size:
            message = f"{file} is of {published} entries, the keeper knows of {self.size}: it was put back"
            raise Tampered("keeper-behind", message, self.size)

    def advance(self, own: psycopg.Connection[Any]) -> bool:
        """Sign what was recorded since; tell whether there was something. Raises as take_up does."""
        before = self._log.head
        contents = [self._chains.take(found) for found in recorded(own, before.size, PAGE)]
        if not contents:
            self._compare_last(own, before.size)
            return False
        head = self._log.append(contents)
        self._check(own, before, head)
        self._sign(head)
        self._folder.drop_partial(before.size, head.size)
        return True

    def _compare_last(self, own: psycopg.Connection[Any], size: int) -> None:
        """See that the last entry that was signed is still there and the same."""
        if size == 0:
            return
        leaves = self._folder.tiles(size).hashes(0, (size - 1) // WIDTH, (size - 1) % WIDTH + 1)
        found = [leaf_hash(each.entry.content) for each in recorded(own, size - 1, 1)]
        if found != [leaves[-HASH:]]:
            message = f"{named(size - 1)} is gone, or is another than was signed: an older copy was restored"
            raise Tampered("database-behind", message, size - 1)

    def _check(self, own: psycopg.Connection[Any], before: Head, head: Head) -> None:
        """Find the root a second time: from the entries read again, and from the tiles on the disk."""
        for found in recorded(own, before.size, head.size - before.size):
            self._again.add(leaf_hash(found.entry.content))
        stored = Prover(self._folder.tiles(head.size))
        roots = {head.root, self._again.head().root, stored.root(head.size)}
        if len(roots) > 1 or self._again.size != head.size:
            message = f"entries {before.size} to {head.size - 1} read again give another root"
            raise Tampered("wrong-root", message, before.size)
        path = stored.consistency(before.size, head.size) if before.size else ()
        if not consistent(before, head, path):
            message = f"the log of {head.size} entries does not begin with the {before.size} signed before"
            raise Tampered("inconsistent", message, before.size)

    def _sign(self, head: Head) -> None:
        """Keep the head, then sign and publish it; where that was done already it makes no difference."""
        new = Checkpoint(self._signer.key.name, head)
        self._keeper.replace(self._kept, new)
        self._kept = new
        note = self._signer.sign(new.text)
        for file in (self._folder.log / CHECKPOINT, self._folder.days / f"{datetime.now(UTC):%Y-%m-%d}"):
            make_folders(file.parent)
            write_durably(file, note)
