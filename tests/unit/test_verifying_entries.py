"""One entry by its proof, and all entries of one asset, as an auditor asks for them."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from struct import pack
from uuid import UUID

import pytest

from auctions.verifier.entries import is_of, read_entry
from auctions.verifier.errors import Undecided
from auctions.verifier.proofs import Proof
from tests.unit import spec_logs
from tests.unit.rfc6962 import Slow
from tests.unit.spec_logs import checkpoint, leaves, vkey
from tests.unit.verdicts import Verifier

KEY = ("--key", vkey())
ASSET, OTHER = UUID(int=7), UUID(int=8)
MOMENT = 1_764_115_200_000_001


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verifier:
    return Verifier(capsys)


def written(number: int, prev: bytes, stream_id: UUID = ASSET, form: bytes = b"auctions-entry-1") -> bytes:
    """An entry's bytes, by the layout that the log keeps."""
    parts = (b"asset.seized", b'{"by": "COORDINATOR-1"}', b'{"on": "2025-11-26"}')
    behind = b"".join(pack(">I", len(part)) + part for part in parts)
    return form + stream_id.bytes + pack(">i", number) + prev + pack(">q", MOMENT + number) + behind


def chained(*numbers: int, stream_id: UUID = ASSET) -> list[bytes]:
    entries, prev = list[bytes](), bytes(32)
    for number in numbers:
        entries.append(written(number, prev, stream_id))
        prev = Slow([entries[-1]]).mth(0, 1)
    return entries


def test_an_entry_is_read_from_its_bytes() -> None:
    entry = read_entry(written(3, b"p" * 32))
    assert (entry.stream_id, entry.number, entry.prev) == (ASSET, 3, b"p" * 32)
    assert entry.recorded_at == datetime(2025, 11, 26, 0, 0, 0, 4, tzinfo=UTC)
    assert (entry.topic, entry.payload) == ("asset.seized", b'{"on": "2025-11-26"}')
    assert entry.envelope == b'{"by": "COORDINATOR-1"}'
    assert is_of(written(3, b"p" * 32), ASSET.bytes)
    assert not is_of(written(3, b"p" * 32), OTHER.bytes)


def test_an_entry_that_is_cut_off_anywhere_or_goes_on_is_refused() -> None:
    whole = written(1, bytes(32))
    for end in range(16, len(whole)):
        with pytest.raises(Undecided, match="cut off") as refused:
            read_entry(whole[:end])
        assert refused.value.code == "malformed-entry"
    with pytest.raises(Undecided, match="1 bytes too many"):
        read_entry(whole + b"x")


def test_every_flipped_bit_of_an_entry_is_refused_or_another_entry() -> None:
    whole = written(1, bytes(32))
    entry = read_entry(whole)
    for at in range(len(whole)):
        for bit in range(8):
            changed = bytes([*whole[:at], whole[at] ^ 1 << bit, *whole[at + 1 :]])
            with suppress(Undecided):
                assert read_entry(changed) != entry


@pytest.mark.parametrize("number", [0, -1])
def test_an_entry_without_a_number_is_refused(number: int) -> None:
    with pytest.raises(Undecided, match=f"byte 32: {number} is no number"):
        read_entry(written(number, bytes(32)))


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    """The proof of an entry of a log of eleven."""
    slow = Slow(leaves(11))
    content = Proof(6, tuple(slow.path(6, 0, 11)), checkpoint(slow, 11), b"anything").content
    (tmp_path / "entry").write_bytes(leaves(11)[6])
    (tmp_path / "receipt.tlog-proof").write_bytes(content)
    return tmp_path / "receipt.tlog-proof"


def test_an_entry_is_verified_by_its_proof_alone(verify: Verifier, proof: Path) -> None:
    code, told = verify("event", proof, proof.with_name("entry"), *KEY)
    assert (code, told["index"], told["entries"]) == (0, 6, 11)
    assert told["leaf"] == Slow(leaves(11)).leaves[6].hex()


def test_another_entry_is_not_verified_by_that_proof(verify: Verifier, proof: Path) -> None:
    proof.with_name("entry").write_bytes(leaves(11)[5])
    code, told = verify("event", proof, proof.with_name("entry"), *KEY)
    assert (code, told["code"], told["first_bad_index"]) == (1, "not-included", 6)


def test_a_proof_with_one_flipped_bit_holds_only_where_nobody_vouches_for_it(
    verify: Verifier, proof: Path
) -> None:
    content = proof.read_bytes()
    unsigned = content.index(b"index")
    for at in range(len(content)):
        proof.write_bytes(bytes([*content[:at], content[at] ^ 1 << at % 8, *content[at + 1 :]]))
        code, _ = verify("event", proof, proof.with_name("entry"), *KEY)
        assert code in {1, 2} or (b"extra" in content[:at] and at < unsigned)


def test_a_kept_checkpoint_of_the_same_size_must_be_of_the_same_root(verify: Verifier, proof: Path) -> None:
    kept, entry = proof.with_name("kept"), proof.with_name("entry")
    kept.write_bytes(checkpoint(Slow(leaves(11)), 11))
    assert verify("event", proof, entry, *KEY, "--kept", kept)[0] == 0
    kept.write_bytes(checkpoint(Slow([*leaves(10), b"another"]), 11))
    code, told = verify("event", proof, entry, *KEY, "--kept", kept)
    assert (code, told["code"]) == (1, "forked")
    kept.write_bytes(checkpoint(Slow(leaves(11)), 10))
    code, told = verify("event", proof, entry, *KEY, "--kept", kept)
    assert (code, told["code"]) == (2, "other-size")


@pytest.mark.parametrize("missing", ["entry", "receipt.tlog-proof"])
def test_without_the_proof_or_the_entry_it_is_undecided(verify: Verifier, proof: Path, missing: str) -> None:
    proof.with_name(missing).unlink()
    code, told = verify("event", proof, proof.with_name("entry"), *KEY)
    assert (code, told["code"]) == (2, "missing-file")
    assert missing in told["message"]


def test_all_entries_of_an_asset_are_found_one_on_the_other(verify: Verifier, tmp_path: Path) -> None:
    first, second, third = chained(1, 2, 3)
    spec_logs.write(tmp_path, [first, *chained(1, stream_id=OTHER), second, *leaves(300), third])
    code, told = verify("asset", tmp_path, ASSET, *KEY)
    assert (code, told["asset"], told["entries_of_asset"]) == (0, str(ASSET), 3)
    assert (told["last_index"], told["last_leaf"]) == (303, Slow([third]).mth(0, 1).hex())
    assert told["first_recorded_at"] == "2025-11-26T00:00:00.000002+00:00"


@pytest.mark.parametrize(
    ("entries", "code", "index"),
    [
        ([*chained(1, 2)[:1], b"x", *chained(1, 3)[1:]], "not-contiguous", 2),
        ([b"x", *chained(2)], "not-contiguous", 1),
        ([*chained(1), *chained(1)], "not-contiguous", 1),
        ([*chained(1), written(2, bytes(32))], "broken-chain", 1),
        ([written(1, b"p" * 32)], "broken-chain", 0),
        ([*chained(1), chained(1, 2)[1] + b"x"], "malformed-entry", 1),
    ],
)
def test_what_is_not_the_asset_s_whole_chain_is_named(
    verify: Verifier, tmp_path: Path, entries: list[bytes], code: str, index: int
) -> None:
    spec_logs.write(tmp_path, entries)
    exit_code, told = verify("asset", tmp_path, ASSET, *KEY)
    assert (exit_code, told["code"], told["first_bad_index"]) == (1, code, index)


def test_an_asset_that_is_not_there_and_entries_of_a_later_form_are_undecided(
    verify: Verifier, tmp_path: Path
) -> None:
    later = written(2, bytes(32), form=b"auctions-entry-2")
    spec_logs.write(tmp_path, [*chained(1), later])
    code, told = verify("asset", tmp_path, OTHER, *KEY)
    assert (code, told["code"]) == (2, "unknown-asset")
    code, told = verify("asset", tmp_path, ASSET, *KEY)
    assert (code, told["code"], "entry 1" in told["message"]) == (2, "unknown-form", True)


def test_without_the_entries_of_the_log_those_of_an_asset_are_undecided(
    verify: Verifier, tmp_path: Path
) -> None:
    spec_logs.write(tmp_path, chained(1), bundles=False)
    code, told = verify("asset", tmp_path, ASSET, *KEY)
    assert (code, told["code"]) == (2, "missing-entries")
