"""`auctions-verify`: the verdict in one word, its reason, and an exit code."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from auctions.verifier.assets import verify_asset
from auctions.verifier.checkpoints import Checkpoint, kept_in, read_checkpoint
from auctions.verifier.differences import diff
from auctions.verifier.errors import Tampered, Undecided, naming
from auctions.verifier.fetching import mirror
from auctions.verifier.logs import signed_checkpoint, verify_log
from auctions.verifier.notes import Key, read_key
from auctions.verifier.options import parser
from auctions.verifier.places import place, read_file, token_in
from auctions.verifier.proofs import LARGEST as LARGEST_PROOF
from auctions.verifier.proofs import read_proof, verify_inclusion
from auctions.verifier.reports import report
from auctions.verifier.seals import seals
from auctions.verifier.statements import Proofs, told_of_asset
from auctions.verifier.telling import Facts, say
from auctions.verifier.texts import encoded
from auctions.verifier.tiles import Tiles
from auctions.verifier.tree import leaf_hash

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
    say(facts, as_json=options.json)
    return code


def log(options: Namespace, keys: list[Key]) -> Facts:
    """Verify a log and say what it is. Raises Tampered, Undecided."""
    where = place(options.where)
    checkpoint, _ = signed_checkpoint(where, keys, options.origin)
    kept = [kept_in(file, keys, options.origin) for file in options.kept]
    checked = verify_log(Tiles(where, checkpoint.head.size), checkpoint, kept)
    return {**_told(checkpoint), "entries_checked": checked, "kept_checkpoints": len(kept)}


def event(options: Namespace, keys: list[Key]) -> Facts:
    """Verify the proof of one entry and say which it is. Raises Tampered, Undecided."""
    content = read_file(options.proof, LARGEST_PROOF)
    with naming(options.proof):
        proof = read_proof(content)
        checkpoint = read_checkpoint(proof.checkpoint, keys, options.origin)
    leaf = leaf_hash(read_file(options.entry, _LARGEST_ENTRY))
    verify_inclusion(proof, leaf, checkpoint.head)
    for file in options.kept:
        _compare(checkpoint, kept_in(file, keys, options.origin), file)
    return {**_told(checkpoint), "index": proof.index, "leaf": leaf.hex()}


def asset(options: Namespace, keys: list[Key]) -> Facts:
    """Verify the entries of one asset, and what is stated of it. Raises Tampered, Undecided."""
    given = Path(options.where)
    if given.is_file():
        checkpoint, links = Proofs(given, options.asset_id).verify(keys, options.origin)
    else:
        where = place(options.where)
        checkpoint, _ = signed_checkpoint(where, keys, options.origin)
        links = verify_asset(Tiles(where, checkpoint.head.size), checkpoint, options.asset_id)
    stating = options.stated or (given if given.is_file() else None)
    stated = Proofs(stating, options.asset_id).statement() if stating else None
    first, last = links[0], links[-1]
    return {
        **_told(checkpoint),
        "asset": str(options.asset_id),
        "entries_of_asset": len(links),
        "first_recorded_at": first.entry.recorded_at.isoformat(),
        "last_recorded_at": last.entry.recorded_at.isoformat(),
        "last_index": last.index,
        "last_leaf": last.leaf.hex(),
        **told_of_asset(links, options.as_of, stated),
        "stated": f"after entry {stated.version}, as of {stated.as_of}" if stated else "nothing",
    }


def fetch(options: Namespace, keys: list[Key]) -> Facts:
    """Copy a log into a folder and say what it is. Raises Tampered, Undecided."""
    source = place(options.url, token_in(options.token_file) if options.token_file else None)
    checkpoint, checked = mirror(source, options.folder, keys, options.origin)
    return {**_told(checkpoint), "entries_checked": checked, "folder": str(options.folder)}


VERBS: dict[str, Callable[[Namespace, list[Key]], Facts]] = {
    verb.__name__: verb for verb in (log, event, asset, diff, report, seals, fetch)
}


def _told(checkpoint: Checkpoint) -> Facts:
    size, root = checkpoint.head
    return {"log": checkpoint.origin, "entries": size, "root": encoded(root)}


def _compare(checkpoint: Checkpoint, kept: Checkpoint, file: Path) -> None:
    if kept.head.size != checkpoint.head.size:
        message = (
            f"{file} is of {kept.head.size} entries, the proof of {checkpoint.head.size}: `log` compares both"
        )
        raise Undecided("other-size", message)
    if kept.head.root != checkpoint.head.root:
        message = f"{file} and the proof are of {kept.head.size} entries, but of another root"
        raise Tampered("forked", message)
