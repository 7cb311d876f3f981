"""The tree of RFC 6962: known roots, and every proof of every tree up to 300 entries."""

from itertools import combinations_with_replacement

import pytest

from auctions.verifier.tree import Growing, Head, consistent, full_root, included, leaf_hash, node_hash
from tests.unit.rfc6962 import Slow

# The entries and roots with which implementations of Certificate Transparency are tried.
ENTRIES = [
    *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST = 300
SLOW = Slow([b"entry %d" % number for number in range(MOST)])
HEADS = [Head(size, SLOW.mth(0, size)) for size in range(MOST + 1)]


def grown(leaves: list[bytes]) -> Growing:
    tree = Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_the_first_trees_are_those_that_are_known(size: int) -> None:
    entries = [bytes.fromhex(entry) for entry in ENTRIES[:size]]
    tree = grown([leaf_hash(entry) for entry in entries])
    assert tree.head() == Head(size, bytes.fromhex(ROOTS[size]))
    assert tree.head().root == Slow(entries).mth(0, size)


def test_a_tree_that_grows_leaf_by_leaf_has_the_root_of_the_definition_at_every_size() -> None:
    tree = Growing()
    for leaf, head in zip(SLOW.leaves, HEADS, strict=False):
        assert tree.head() == head
        tree.add(leaf)
    assert tree.head() == HEADS[MOST]


@pytest.mark.parametrize("leaves", [1, 2, 4, 64])
def test_a_tree_that_grows_by_full_subtrees_has_the_same_root(leaves: int) -> None:
    tree = Growing()
    for start in range(0, 256, leaves):
        tree.add(full_root(b"".join(SLOW.leaves[start : start + leaves])), leaves)
    assert tree.head() == HEADS[256]


def test_a_copy_grows_by_itself() -> None:
    tree = grown(SLOW.leaves[:7])
    tree.copy().add(SLOW.leaves[7])
    assert tree.head() == HEADS[7]


def test_every_inclusion_is_shown_by_the_path_of_the_definition_and_nothing_beside_it() -> None:
    for head in HEADS:
        for index in range(head.size):
            path = SLOW.path(index, 0, head.size)
            leaf = SLOW.leaves[index]
            assert included(leaf, index, path, head)
            assert not included(leaf, (index + 1) % head.size, path, head) or head.size == 1
            assert not included(leaf, index, [*path, leaf], head)
            assert not path or not included(leaf, index, path[:-1], head)


def test_every_consistency_is_shown_by_the_proof_of_the_definition_and_nothing_beside_it() -> None:
    for older, newer in combinations_with_replacement(HEADS, 2):
        proof = SLOW.proof(older.size, newer.size) if older.size else []
        assert consistent(older, newer, proof)
        assert not consistent(older, newer, [*proof, older.root])
        assert not proof or not consistent(older, newer, proof[:-1])
        assert older == newer or not consistent(newer, older, proof)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 100, 255, 256, 257, 300])
def test_a_proof_with_one_flipped_bit_shows_nothing(size: int) -> None:
    head, older, index = HEADS[size], HEADS[(size + 1) // 2], size * 2 // 3
    path = SLOW.path(index, 0, size)
    for changed in flipped(path):
        assert not included(SLOW.leaves[index], index, changed, head)
    for (leaf,) in flipped([SLOW.leaves[index]]):
        assert not included(leaf, index, path, head)
    proof = SLOW.proof(older.size, size)
    for changed in flipped(proof):
        assert not consistent(older, head, changed)
    for (root,) in flipped([head.root]):
        assert not included(SLOW.leaves[index], index, path, Head(size, root))
        assert not consistent(older, Head(size, root), proof)
        assert not consistent(Head(older.size, root), head, proof)


def flipped(hashes: list[bytes]) -> list[list[bytes]]:
    """The hashes with each one bit of them flipped in turn."""
    return [
        [*hashes[:at], bytes([*each[:place], each[place] ^ 1 << bit, *each[place + 1 :]]), *hashes[at + 1 :]]
        for at, each in enumerate(hashes)
        for place in range(len(each))
        for bit in range(8)
    ]


def test_a_path_of_another_shape_shows_nothing_even_where_its_hashes_give_the_root() -> None:
    shown, path = HEADS[4], SLOW.path(1, 0, 4)
    assert not included(SLOW.leaves[1], 1, path, Head(8, shown.root))
    more = SLOW.leaves[9]
    assert not included(SLOW.leaves[1], 1, [*path, more], Head(4, node_hash(more, shown.root)))


def test_a_consistency_of_another_shape_shows_nothing_even_where_its_hashes_give_both_roots() -> None:
    older, newer, proof = HEADS[3], HEADS[4], SLOW.proof(3, 4)
    assert not consistent(older, Head(8, newer.root), proof)
    more = SLOW.leaves[9]
    both = Head(3, node_hash(more, older.root)), Head(4, node_hash(more, newer.root))
    assert not consistent(*both, [*proof, more])


@pytest.mark.parametrize("index", [-1, 5, 6])
def test_an_index_outside_the_tree_is_in_no_proof(index: int) -> None:
    assert not included(SLOW.leaves[4], index, SLOW.path(4, 0, 5), HEADS[5])


def test_only_the_empty_tree_s_own_root_is_consistent_with_all() -> None:
    assert consistent(HEADS[0], HEADS[5], [])
    assert not consistent(Head(0, bytes(32)), HEADS[5], [])
    assert not consistent(HEADS[0], HEADS[5], [HEADS[5].root])
    assert not consistent(HEADS[3], Head(3, bytes(32)), [])
