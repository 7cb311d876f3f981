"""Proofs of one entry as text: the form of the specification, and every mutation of one."""

from base64 import b64encode

import pytest

from auctions.verifier.errors import DoesNotHold, Tampered, Undecided
from auctions.verifier.proofs import Proof, read_proof, verify_inclusion
from auctions.verifier.tree import Head, leaf_hash
from tests.unit.rfc6962 import Slow

SLOW = Slow([b"entry %d" % number for number in range(11)])
HEAD = Head(11, SLOW.mth(0, 11))
PATH = tuple(SLOW.path(6, 0, 11))
CHECKPOINT = "log.example\n11\n…\n\n— log.example …\n".encode()
LINES = ["c2sp.org/tlog-proof@v1", "index 6", *(b64encode(each).decode() for each in PATH)]
PROOF = "\n".join([*LINES, "", ""]).encode() + CHECKPOINT


def test_a_proof_is_index_path_and_the_checkpoint_as_it_was_signed() -> None:
    proof = read_proof(PROOF)
    assert proof == Proof(6, PATH, CHECKPOINT)
    assert proof.content == PROOF
    verify_inclusion(proof, leaf_hash(b"entry 6"), HEAD)


@pytest.mark.parametrize("extra", [b"", b"anything at all"])
def test_extra_bytes_may_stand_before_the_index(extra: bytes) -> None:
    proof = Proof(6, PATH, CHECKPOINT, extra)
    assert proof.content.split(b"\n")[1] == b"extra " + b64encode(extra)
    assert read_proof(proof.content) == proof


def test_the_one_entry_of_a_log_has_a_path_without_hashes() -> None:
    proof = Proof(0, (), CHECKPOINT)
    assert read_proof(proof.content) == proof
    verify_inclusion(proof, leaf_hash(b"a"), Head(1, leaf_hash(b"a")))


def test_every_flipped_bit_above_the_checkpoint_is_refused() -> None:
    leaf = leaf_hash(b"entry 6")
    for at in range(len(PROOF) - len(CHECKPOINT)):
        for bit in range(8):
            changed = bytes([*PROOF[:at], PROOF[at] ^ 1 << bit, *PROOF[at + 1 :]])
            with pytest.raises(DoesNotHold):
                verify_inclusion(read_proof(changed), leaf, HEAD)


def test_another_entry_is_not_the_one_that_is_proved() -> None:
    with pytest.raises(Tampered, match="does not show that this entry is entry 6 of 11") as refused:
        verify_inclusion(read_proof(PROOF), leaf_hash(b"entry 7"), HEAD)
    assert (refused.value.code, refused.value.index) == ("not-included", 6)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1: not c2sp.org/tlog-proof@v1"),
        (PROOF.replace(b"@v1", b"@v2"), "line 1"),
        (PROOF.replace(b"\n\n", b"\n"), "no checkpoint below a blank line"),
        (b"\xff" + PROOF, "line 1"),
        (PROOF.replace(b"index 6", b"index 06"), "line 2: not `index` and a decimal number"),
        (PROOF.replace(b"index 6", b"index  6"), "line 2"),
        (PROOF.replace(b"index 6", b"extra AA"), "line 2: the extra bytes are not base64"),
        (PROOF.replace(b"index 6", b"extra AAAA"), "line 3: not `index`"),
        (b"c2sp.org/tlog-proof@v1\n\nx", "line 2: not `index`"),
        (PROOF.replace(b"index 6\n", b"index 6\nAAAA\n"), "line 3: not a hash of 32 bytes in base64"),
        (Proof(6, PATH * 20, CHECKPOINT).content, "more than 63 hashes"),
        (PROOF + b"x" * (1 << 21), "line 1"),
    ],
)
def test_what_is_no_proof_is_refused_with_its_line(content: bytes, told: str) -> None:
    with pytest.raises(Undecided, match=told) as refused:
        read_proof(content)
    assert refused.value.code == "malformed-proof"
