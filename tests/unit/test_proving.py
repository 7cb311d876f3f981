"""Proofs made out of stored tiles are those of RFC 6962's definition, and hold."""

from pathlib import Path

import pytest

from auctions.evidence.proving import Prover
from auctions.evidence.signing import Signer
from auctions.verifier.checkpoints import read_checkpoint
from auctions.verifier.errors import Undecided
from auctions.verifier.places import Folder
from auctions.verifier.proofs import read_proof, verify_inclusion
from auctions.verifier.tiles import Tiles
from auctions.verifier.tree import Head
from tests.unit import spec_logs
from tests.unit.rfc6962 import Slow
from tests.unit.spec_logs import ORIGIN, PRIVATE, checkpoint, leaves, vkey

MOST = 300


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Slow]:
    folder = tmp_path_factory.mktemp("log")
    return folder, spec_logs.write(folder, leaves(MOST))


@pytest.fixture(scope="module")
def prover(written: tuple[Path, Slow]) -> Prover:
    return Prover(Tiles(Folder(written[0]), MOST))


def test_every_path_of_every_size_is_the_one_of_the_definition(
    written: tuple[Path, Slow], prover: Prover
) -> None:
    _, slow = written
    for size in range(1, MOST + 1):
        assert prover.root(size) == slow.mth(0, size)
        for index in range(size):
            assert list(prover.inclusion(index, size)) == slow.path(index, 0, size)
            assert list(prover.consistency(index + 1, size)) == slow.proof(index + 1, size)


def test_the_paths_of_a_log_of_three_levels_are_those_of_the_definition(tmp_path: Path) -> None:
    size = 66_000
    slow = spec_logs.write(tmp_path, leaves(size), bundles=False)
    prover = Prover(Tiles(Folder(tmp_path), size))
    for at in (0, 255, 256, 65_535, 65_536, 65_999):
        assert list(prover.inclusion(at, size)) == slow.path(at, 0, size)
        assert list(prover.consistency(at + 1, size)) == slow.proof(at + 1, size)


def test_the_proof_of_an_entry_holds_beside_its_checkpoint(
    written: tuple[Path, Slow], prover: Prover
) -> None:
    _, slow = written
    signer = Signer(ORIGIN, PRIVATE)
    content = prover.proof(17, 280, signer.checkpoint(Head(280, slow.mth(0, 280)))).content
    proof = read_proof(content)
    head = read_checkpoint(proof.checkpoint, [signer.key]).head
    verify_inclusion(proof, slow.leaves[17], head)


def test_without_a_tile_there_is_no_proof(tmp_path: Path) -> None:
    spec_logs.write(tmp_path, leaves(300))
    (tmp_path / "tile/0/001.p/44").unlink()
    prover = Prover(Tiles(Folder(tmp_path), 300))
    with pytest.raises(Undecided, match=r"tile/0/001.p/44 is not there"):
        prover.inclusion(299, 300)


def test_a_signer_s_key_and_notes_are_those_of_the_specification() -> None:
    signer = Signer(ORIGIN, PRIVATE)
    slow = Slow(leaves(7))
    assert signer.key.vkey == vkey()
    assert signer.checkpoint(Head(7, slow.mth(0, 7))) == checkpoint(slow, 7)
    assert signer.sign("one\n\ntwo\n") == spec_logs.note("one\n\ntwo\n")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\x01b"])
def test_a_key_without_a_right_name_signs_nothing(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a key"):
        Signer(name, PRIVATE)
