"""A copy of a log that is served, in a folder: what is there already is not asked for again."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from auctions.verifier.checkpoints import Checkpoint, read_kept
from auctions.verifier.errors import Undecided, naming
from auctions.verifier.logs import CHECKPOINT, signed_checkpoint, verify_log
from auctions.verifier.notes import LARGEST, Key
from auctions.verifier.places import Folder, Place
from auctions.verifier.tiles import ENTRIES, Tiles, levels, path_of, tiles

_AT_ONCE, _PAGE = 8, 1000


def mirror(source: Place, folder: Path, keys: Sequence[Key], origin: str | None) -> tuple[Checkpoint, int]:
    """Copy what a log has into the folder, and its checkpoint when the whole copy is verified against it.

    Returns the checkpoint and how many entries there were to check. Raises Tampered, also where the log does
    not begin with what the folder holds; Undecided, also where it is served as it was before that.
    """
    own = Folder(folder)
    before = own.read(CHECKPOINT, LARGEST)
    with naming(folder / CHECKPOINT):
        kept = [] if before is None else [read_kept(before, keys, origin)]
    checkpoint, content = signed_checkpoint(source, keys, origin)
    size = checkpoint.head.size
    if kept and size < kept[0].head.size:
        raise Undecided(
            "older-checkpoint", f"{source} gives {size} entries, {folder} has {kept[0].head.size}"
        )
    _copy(Tiles(source, size), Tiles(own, size), folder)
    checked = verify_log(Tiles(own, size), checkpoint, kept)
    _write(folder / CHECKPOINT, content)
    return checkpoint, checked


def _copy(source: Tiles, own: Tiles, folder: Path) -> None:
    def one(tile: tuple[int, int, int]) -> None:
        if own.found(*tile) is not None:
            return
        found = source.found(*tile)
        if found is not None:
            _write(folder / found[0], found[1])
        elif tile[0] != ENTRIES:
            raise Undecided("missing-tile", f"{source.place}: {path_of(*tile)} is not there")

    wanted = _wanted(source.size)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while page := list(islice(wanted, _PAGE)):
            list(pool.map(one, page))


def _wanted(size: int) -> Iterator[tuple[int, int, int]]:
    for level in (*levels(size), ENTRIES):
        for index, width in tiles(level, size):
            yield level, index, width


def _write(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises Undecided."""
    unfinished = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        raise Undecided("unwritable", f"{file} cannot be written: {error}") from error
