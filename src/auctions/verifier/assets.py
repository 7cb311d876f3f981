"""The entries of one asset in a log: all that there are, one behind another."""

from dataclasses import dataclass
from uuid import UUID

from auctions.verifier.checkpoints import Checkpoint
from auctions.verifier.entries import Entry, is_of, read_entry
from auctions.verifier.errors import Tampered, Undecided, naming
from auctions.verifier.logs import verify_log
from auctions.verifier.tiles import Tiles
from auctions.verifier.tree import leaf_hash


@dataclass(frozen=True)
class Link:
    """An entry of the asset, its index in the log, and its leaf hash, on which the next one leans."""

    index: int
    entry: Entry
    leaf: bytes


class Chain:
    """The entries of one asset as they come by."""

    def __init__(self, asset_id: UUID) -> None:
        """Begin without any."""
        self.links: list[Link] = []
        self._stream_id = asset_id.bytes

    def pass_by(self, start: int, entries: list[bytes]) -> None:
        """Take those of the asset. Raises Tampered where one does not lean on the one before."""
        for index, content in enumerate(entries, start):
            if is_of(content, self._stream_id):
                self._take(index, content)

    def _take(self, index: int, content: bytes) -> None:
        try:
            with naming(f"entry {index}"):
                entry = read_entry(content)
        except Undecided as error:
            if error.code == "unknown-form":
                raise
            raise Tampered(error.code, error.message, index) from error
        number, prev = (self.links[-1].entry.number, self.links[-1].leaf) if self.links else (0, bytes(32))
        if entry.number != number + 1:
            message = f"entry {index}: number {entry.number} of the asset comes after number {number}"
            raise Tampered("not-contiguous", message, index)
        if entry.prev != prev:
            message = f"entry {index}: number {entry.number} of the asset leans on another one than {number}"
            raise Tampered("broken-chain", message, index)
        self.links.append(Link(index, entry, leaf_hash(content)))


def verify_asset(log: Tiles, checkpoint: Checkpoint, asset_id: UUID) -> list[Link]:
    """Verify a log and return the asset's entries, which are all of it. Raises Tampered, Undecided."""
    chain = Chain(asset_id)
    verify_log(log, checkpoint, on_entries=chain.pass_by)
    if not chain.links:
        raise Undecided("unknown-asset", f"the log holds no entry of the asset {asset_id}")
    return chain.links
