"""What the store recorded is what the verifier verifies: the bytes, their leaves, and each file's chain."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from auctions.domain.asset.events import AssetEntry
from auctions.evidence.growing import GrowingLog
from auctions.evidence.signing import Signer
from auctions.store.mapper import StoredLine
from auctions.store.port import Command, Store
from auctions.verifier.assets import verify_asset
from auctions.verifier.checkpoints import read_checkpoint
from auctions.verifier.entries import Entry, read_entry
from auctions.verifier.places import Folder
from auctions.verifier.tiles import Tiles
from auctions.verifier.tree import leaf_hash
from tests.unit.spec_logs import ORIGIN, PRIVATE

NewCommand = Callable[..., Command]
Links = Callable[[], list[tuple[StoredLine, bytes, bytes]]]


def recorded(line: StoredLine, prev: bytes) -> Entry:
    stream_id = UUID(str(line.originator_id))
    number, moment = line.originator_version, line.recorded_at
    return Entry(stream_id, number, prev, moment, line.topic, line.envelope, line.state)


def test_the_leaf_beside_an_entry_is_that_of_the_bytes_that_the_verifier_reads(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry]
) -> None:
    any_store.append(command(*samples))
    for line, prev, leaf in links():
        entry = recorded(line, prev)
        assert read_entry(entry.content) == entry
        assert leaf_hash(entry.content) == leaf


def test_the_log_of_the_store_holds_and_in_it_all_entries_of_each_file(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry], tmp_path: Path
) -> None:
    files = [uuid4() for _ in range(3)]
    for version in range(5):
        for file in files:
            any_store.append(command(samples[version], stream_id=file, expected=version))
    entries = [recorded(line, prev).content for line, prev, _ in links()]
    signer = Signer(ORIGIN, PRIVATE)
    content = signer.checkpoint(GrowingLog(tmp_path).append(entries))
    checkpoint = read_checkpoint(content, [signer.key])
    for place, file in enumerate(files):
        chain = verify_asset(Tiles(Folder(tmp_path), 15), checkpoint, file)
        assert [link.entry.number for link in chain] == [1, 2, 3, 4, 5]
        assert [link.index for link in chain] == list(range(place, 15, 3))
