"""Logs of any entries in any batches: what is signed holds at every size, other bytes are refused."""

from contextlib import suppress
from datetime import UTC
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from auctions.evidence.growing import GrowingLog
from auctions.evidence.proving import Prover
from auctions.evidence.signing import Signer
from auctions.verifier.checkpoints import Checkpoint, read_checkpoint
from auctions.verifier.entries import Entry, read_entry
from auctions.verifier.errors import DoesNotHold, Undecided
from auctions.verifier.logs import verify_log
from auctions.verifier.notes import read_key, read_note, verify
from auctions.verifier.places import Folder
from auctions.verifier.proofs import read_proof
from auctions.verifier.tiles import Tiles, entries_of
from auctions.verifier.tree import Head, consistent, included, leaf_hash
from tests.unit.spec_logs import ORIGIN, PRIVATE

SIGNER = Signer(ORIGIN, PRIVATE)
batches = st.lists(st.lists(st.binary(max_size=40), max_size=300), min_size=1, max_size=4)
hashes = st.binary(min_size=32, max_size=32)


@settings(max_examples=30, deadline=None)
@over(batches, st.randoms(use_true_random=False))
def test_a_log_holds_at_every_checkpoint_of_its_past(batches: list[list[bytes]], random: Random) -> None:
    with TemporaryDirectory() as folder:
        log, heads = GrowingLog(Path(folder)), [Head(0, GrowingLog(Path(folder)).head.root)]
        heads += [log.append(batch) for batch in batches]
        entries = [entry for batch in batches for entry in batch]
        kept = [read_checkpoint(SIGNER.checkpoint(head), [SIGNER.key]) for head in heads]
        tiles = Tiles(Folder(Path(folder)), len(entries))
        assert verify_log(tiles, kept[-1], kept) == len(entries)
        older, newer = sorted(random.sample(heads, 2))
        prover = Prover(tiles)
        if older.size:
            assert consistent(older, newer, prover.consistency(older.size, newer.size))
        for index in random.sample(range(newer.size), min(5, newer.size)):
            assert included(leaf_hash(entries[index]), index, prover.inclusion(index, newer.size), newer)


@settings(max_examples=300, deadline=None)
@over(st.binary(max_size=300))
def test_any_bytes_are_read_or_undecided(content: bytes) -> None:
    for read in (read_note, read_proof, read_entry):
        with suppress(Undecided):
            read(content)
    assert sum(len(entry) + 2 for entry in entries_of(content)) <= len(content)


recorded = st.builds(
    Entry,
    stream_id=st.uuids(),
    number=st.integers(1, 2**31 - 1),
    prev=hashes,
    recorded_at=st.datetimes(timezones=st.just(UTC)),
    topic=st.text(st.characters(codec="utf-8"), max_size=30),
    envelope=st.binary(max_size=100),
    payload=st.binary(max_size=100),
)


@settings(max_examples=100, deadline=None)
@over(recorded)
def test_an_entry_is_read_as_it_was_recorded(entry: Entry) -> None:
    assert read_entry(entry.content) == entry


texts = st.text(st.sampled_from("ab1 \n\n+—=é\t\x7f\u2028"), max_size=80)


@settings(max_examples=300, deadline=None)
@over(texts)
def test_any_text_is_a_note_a_key_a_proof_or_undecided(text: str) -> None:
    for content in (text, f"{text}\n— {text} AAAAAAAA\n", f"c2sp.org/tlog-proof@v1\n{text}\n\n{text}"):
        for read in (read_note, read_proof):
            with suppress(Undecided):
                read(content.encode())
    with suppress(Undecided):
        assert read_key(text).vkey == text


@settings(max_examples=100, deadline=None)
@over(
    st.integers(0, 2**63 - 1),
    hashes,
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1), max_size=3),
)
def test_a_checkpoint_is_read_as_it_was_signed(size: int, root: bytes, extensions: list[str]) -> None:
    checkpoint = Checkpoint(ORIGIN, Head(size, root), tuple(extensions))
    assert read_checkpoint(SIGNER.sign(checkpoint.text), [SIGNER.key]) == checkpoint


@settings(max_examples=300, deadline=None)
@over(st.data())
def test_a_note_with_any_part_replaced_is_refused(data: st.DataObject) -> None:
    note = SIGNER.checkpoint(Head(17, bytes(range(32))))
    start = data.draw(st.integers(0, len(note)))
    end = data.draw(st.integers(start, len(note)))
    changed = note[:start] + data.draw(st.binary(max_size=8)) + note[end:]
    try:
        verify(read_note(changed), [SIGNER.key])
    except DoesNotHold:
        assert changed != note
    else:
        assert changed == note
