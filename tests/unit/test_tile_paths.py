"""Where tiles lie and how wide they are, by the examples of C2SP tlog-tiles."""

import pytest

from auctions.verifier.tiles import ENTRIES, entries_of, levels, path_of, tiles


@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 1_234_067, 256, "tile/0/x001/x234/067"),
        (1, 999, 1, "tile/1/999.p/1"),
        (3, 1_000, 255, "tile/3/x001/000.p/255"),
        (ENTRIES, 1_000_000, 17, "tile/entries/x001/x000/000.p/17"),
    ],
)
def test_an_index_is_written_in_groups_of_three_digits(level: int, index: int, width: int, path: str) -> None:
    assert path_of(level, index, width) == path


def test_a_tree_of_seventy_thousand_has_the_tiles_of_the_specification_s_example() -> None:
    by_level = {level: list(tiles(level, 70_000)) for level in levels(70_000)}
    assert by_level[0] == [*((index, 256) for index in range(273)), (273, 112)]
    assert by_level[1] == [(0, 256), (1, 17)]
    assert by_level[2] == [(0, 1)]
    assert by_level.keys() == {0, 1, 2}


def test_a_tree_of_256_has_a_full_tile_and_above_it_one_hash() -> None:
    assert [list(tiles(level, 256)) for level in levels(256)] == [[(0, 256)], [(0, 1)]]
    assert list(levels(255)) == [0]
    assert list(levels(0)) == []


def test_the_tiles_from_a_hash_on_begin_with_the_one_that_holds_it() -> None:
    assert list(tiles(0, 600, 255)) == [(0, 256), (1, 256), (2, 88)]
    assert list(tiles(0, 600, 256)) == [(1, 256), (2, 88)]
    assert list(tiles(ENTRIES, 600, 599)) == [(2, 88)]


@pytest.mark.parametrize(
    ("bundle", "entries"),
    [
        (b"", []),
        (b"\0\0", [b""]),
        (b"\0\1a\0\0\1\0" + b"b" * 256, [b"a", b"", b"b" * 256]),
        (b"\0\1a\0", [b"a"]),
        (b"\0\1a\0\2b", [b"a"]),
    ],
)
def test_a_bundle_is_entries_each_behind_its_length(bundle: bytes, entries: list[bytes]) -> None:
    assert list(entries_of(bundle)) == entries
