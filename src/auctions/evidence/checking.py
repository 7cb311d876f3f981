"""The whole evidence checked: what is signed against itself, and the database against what is signed."""

from typing import Any, NamedTuple

import psycopg

from auctions.evidence.comparing import Progress, compare
from auctions.evidence.folders import EvidenceFolder
from auctions.evidence.recorded import Chains, recorded
from auctions.verifier.checkpoints import Checkpoint
from auctions.verifier.errors import Tampered
from auctions.verifier.logs import verify_log


class Checked(NamedTuple):
    """What was found right: the checkpoint that is published, and how many entries are not signed yet."""

    checkpoint: Checkpoint
    unsigned: int


def check(own: psycopg.Connection[Any], folder: EvidenceFolder, progress: Progress) -> Checked:
    """Compute everything again from the database and compare it with the folder.

    Raises Tampered at the first entry that is not as signed, or contradicts itself; Undecided where something
    is missing; Refused where the keeper's checkpoint cannot be read.
    """
    checkpoint, _ = folder.checkpoint()
    size = checkpoint.head.size
    kept = folder.keeper().last()
    if kept is None or kept.head.size < size:
        message = (
            f"{size} entries are published as signed, the keeper knows of {kept.head.size if kept else 0}"
        )
        raise Tampered("keeper-behind", message, kept.head.size if kept else 0)
    same = [kept] if kept.head.size == size else []
    tiles = folder.tiles(size)
    verify_log(tiles, checkpoint, same)
    chains = Chains()
    compare(own, tiles, chains, progress)
    unsigned = 0
    for found in recorded(own, size):
        chains.take(found)
        unsigned += 1
    return Checked(checkpoint, unsigned)
