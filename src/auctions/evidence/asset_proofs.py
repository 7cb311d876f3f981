"""The entries of one asset as they were signed, each with the proof that it stands in the log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from auctions.evidence.folders import EvidenceFolder
from auctions.evidence.proving import Prover
from auctions.evidence.recorded import named
from auctions.verifier.checkpoints import Checkpoint
from auctions.verifier.entries import read_entry
from auctions.verifier.errors import Tampered, Undecided
from auctions.verifier.tiles import ENTRIES, WIDTH, Tiles, entries_of


@dataclass(frozen=True)
class Proven:
    """An entry's number in its file, its index in the log, its bytes and its proof (C2SP tlog-proof)."""

    number: int
    index: int
    content: bytes
    proof: bytes


class NotYetSigned(Undecided):
    """An entry that is recorded, but not signed so far."""

    def __init__(self, index: int, size: int) -> None:
        """Tell which, and how far the signer is."""
        super().__init__("not-yet-signed", f"{named(index)} is recorded, {size} entries are signed so far")


def prove(
    folder: EvidenceFolder,
    asset_id: UUID,
    places: Sequence[tuple[int, int]],
    at: tuple[Checkpoint, bytes] | None = None,
) -> Iterator[Proven]:
    """Yield the entries of an asset, given the number and position of each.

    Proofs lead to the checkpoint that is published, or to the one and its note that `at` holds.
    Raises NotYetSigned; Undecided where the folder lacks something, Tampered where another entry was signed.
    """
    published = folder.checkpoint()
    checkpoint, note = at or published
    tiles = folder.tiles(published[0].head.size)
    for _, position in places:
        if position > checkpoint.head.size:
            raise NotYetSigned(position - 1, checkpoint.head.size)
    prover = Prover(tiles)
    for number, position in places:
        index = position - 1
        content = _signed(tiles, index)
        entry = read_entry(content)
        if (entry.stream_id, entry.number) != (asset_id, number):
            message = f"{named(index)} was signed as number {entry.number} of the file {entry.stream_id}"
            raise Tampered("changed-entry", message, index)
        proof = prover.proof(index, checkpoint.head.size, note)
        yield Proven(number, index, content, proof.content)


def _signed(tiles: Tiles, index: int) -> bytes:
    number, at = divmod(index, WIDTH)
    found = tiles.found(ENTRIES, number, min(WIDTH, tiles.size - number * WIDTH))
    entries = list(entries_of(found[1])) if found else []
    if at >= len(entries):
        raise Undecided("missing-entries", f"{tiles.place} lacks {named(index)}")
    return entries[at]
