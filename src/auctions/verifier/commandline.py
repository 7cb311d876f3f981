"""`auctions-verify`: the verdict in one word, its reason, and an exit code."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

from auctions.verifier.assets import verify_asset
from auctions.verifier.checkpoints import Checkpoint, read_checkpoint, read_kept
from auctions.verifier.errors import Tampered, Undecided, naming
from auctions.verifier.fetching import mirror
from auctions.verifier.logs import signed_checkpoint, verify_log
from auctions.verifier.notes import LARGEST, Key, read_key
from auctions.verifier.options import parser
from auctions.verifier.places import Folder, place
from auctions.verifier.proofs import LARGEST as LARGEST_PROOF
from auctions.verifier.proofs import read_proof, verify_inclusion
from auctions.verifier.texts import encoded
from auctions.verifier.tiles import Tiles
from auctions.verifier.tree import leaf_hash

Facts = dict[str, str | int | None]
_LARGEST_ENTRY = 0xFFFF


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say and tell the verdict; return 0 (holds), 1 (tampered) or 2 (undecided)."""
    options = parser().parse_args(argv)
    facts: Facts
    try:
        with naming("--key"):
            keys = [read_key(each) for each in options.key]
        code, facts = 0, {"verdict": "holds", **VERBS[options.verb](options, keys)}
    except Tampered as error:
        code, facts = 1, {"verdict": "tampered", "code": error.code, "message": error.message}
        facts["first_bad_index"] = error.index
    except Undecided as error:
        code, facts = 2, {"verdict": "undecided", "code": error.code, "message": error.message}
    _say(facts, as_json=options.json)
    return code


def _say(facts: Facts, *, as_json: bool) -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(
            errors="backslashreplace"
        )  # names of logs may not be of the terminal's letters
    lines = [f"{name.replace('_', ' ')}: {fact}" for name, fact in facts.items() if fact is not None]
    print(json.dumps(facts) if as_json else "\n".join(lines))  # noqa: T201 -- the answer of a command line


def log(options: Namespace, keys: list[Key]) -> Facts:
    """Verify a log and say what it is. Raises Tampered, Undecided."""
    where = place(options.where)
    checkpoint, _ = signed_checkpoint(where, keys, options.origin)
    kept = [_kept(file, keys, options.origin) for file in options.kept]
    checked = verify_log(Tiles(where, checkpoint.head.size), checkpoint, kept)
    return {**_told(checkpoint), "entries_checked": checked, "kept_checkpoints": len(kept)}


def event(options: Namespace, keys: list[Key]) -> Facts:
    """Verify the proof of one entry and say which it is. Raises Tampered, Undecided."""
    content = _content(options.proof, LARGEST_PROOF)
    with naming(options.proof):
        proof = read_proof(content)
        checkpoint = read_checkpoint(proof.checkpoint, keys, options.origin)
    leaf = leaf_hash(_content(options.entry, _LARGEST_ENTRY))
    verify_inclusion(proof, leaf, checkpoint.head)
    for file in options.kept:
        _compare(checkpoint, _kept(file, keys, options.origin), file)
    return {**_told(checkpoint), "index": proof.index, "leaf": leaf.hex()}


def asset(options: Namespace, keys: list[Key]) -> Facts:
    """Verify the entries of one asset and say how many there are. Raises Tampered, Undecided."""
    where = place(options.where)
    checkpoint, _ = signed_checkpoint(where, keys, options.origin)
    links = verify_asset(Tiles(where, checkpoint.head.size), checkpoint, options.asset_id)
    first, last = links[0], links[-1]
    return {
        **_told(checkpoint),
        "asset": str(options.asset_id),
        "entries_of_asset": len(links),
        "first_recorded_at": first.entry.recorded_at.isoformat(),
        "last_recorded_at": last.entry.recorded_at.isoformat(),
        "last_index": last.index,
        "last_leaf": last.leaf.hex(),
    }


def fetch(options: Namespace, keys: list[Key]) -> Facts:
    """Copy a log into a folder and say what it is. Raises Tampered, Undecided."""
    checkpoint, checked = mirror(place(options.url), options.folder, keys, options.origin)
    return {**_told(checkpoint), "entries_checked": checked, "folder": str(options.folder)}


VERBS: dict[str, Callable[[Namespace, list[Key]], Facts]] = {
    verb.__name__: verb for verb in (log, event, asset, fetch)
}


def _told(checkpoint: Checkpoint) -> Facts:
    size, root = checkpoint.head
    return {"log": checkpoint.origin, "entries": size, "root": encoded(root)}


def _kept(file: Path, keys: list[Key], origin: str | None) -> Checkpoint:
    content = _content(file, LARGEST)
    with naming(file):
        return read_kept(content, keys, origin)


def _compare(checkpoint: Checkpoint, kept: Checkpoint, file: Path) -> None:
    if kept.head.size != checkpoint.head.size:
        message = (
            f"{file} is of {kept.head.size} entries, the proof of {checkpoint.head.size}: `log` compares both"
        )
        raise Undecided("other-size", message)
    if kept.head.root != checkpoint.head.root:
        message = f"{file} and the proof are of {kept.head.size} entries, but of another root"
        raise Tampered("forked", message)


def _content(file: Path, most: int) -> bytes:
    content = Folder(file.parent).read(file.name, most)
    if content is None:
        raise Undecided("missing-file", f"{file} is not there")
    return content
