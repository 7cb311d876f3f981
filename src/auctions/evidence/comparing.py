"""What was signed against what the database has now, entry by entry."""

from collections.abc import Callable
from itertools import islice
from typing import Any

import psycopg

from auctions.evidence.recorded import PAGE, Chains, Recorded, named, recorded
from auctions.verifier.entries import Entry, read_entry
from auctions.verifier.errors import Tampered, Undecided
from auctions.verifier.tiles import ENTRIES, WIDTH, Tiles, entries_of, path_of
from auctions.verifier.tree import Growing, leaf_hash

Progress = Callable[[int, int], None]
"""Is told how many entries are done, and of how many."""


def compare(own: psycopg.Connection[Any], log: Tiles, chains: Chains, progress: Progress) -> Growing:
    """Compare all that was signed with the database; return the tree of what the database has of it.

    Raises Tampered at the first entry that is missing or reads otherwise, Undecided where the log lacks it.
    """
    tree = Growing()
    signed = _Signed(log)
    for found in recorded(own, 0, log.size):
        _compare(found, signed)
        tree.add(leaf_hash(chains.take(found)))
        if tree.size % PAGE == 0:
            progress(tree.size, log.size)
    if tree.size < log.size:
        message = (
            f"{log.size} entries were signed, the database has {tree.size}: from {named(tree.size)} on they"
            " are gone, as after an older copy was restored"
        )
        raise Tampered("database-behind", message, tree.size)
    return tree


class _Signed:
    """The entries that were signed, a bundle at a time."""

    def __init__(self, log: Tiles) -> None:
        self._log = log
        self._bundle: list[bytes] = []

    def content(self, index: int) -> bytes:
        """Return the bytes of an entry; one behind another is asked for."""
        number, at = divmod(index, WIDTH)
        if at == 0 or not self._bundle:
            width = min(WIDTH, self._log.size - number * WIDTH)
            found = self._log.found(ENTRIES, number, width)
            self._bundle = [] if found is None else list(islice(entries_of(found[1]), width))
        if at >= len(self._bundle):
            path = path_of(ENTRIES, number)
            raise Undecided("missing-entries", f"{self._log.place}: {path} lacks {named(index)}")
        return self._bundle[at]


def _compare(found: Recorded, signed: _Signed) -> None:
    content = signed.content(found.index)
    if found.entry.content == content:
        return
    differs = ", ".join(differences(found.entry, read_entry(content)))
    message = f"{named(found.index)} was signed otherwise than the database has it: {differs}"
    raise Tampered("changed-entry", message, found.index)


def differences(one: Entry, other: Entry) -> list[str]:
    """Return the names of what is not the same in two entries."""
    pairs = zip(Entry._fields, one, other, strict=True)
    return [name for name, mine, theirs in pairs if mine != theirs]
