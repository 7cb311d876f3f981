"""Two checkpoints of one log: whether the newer begins with the older, and what came between."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from auctions.verifier.additions import Additions
from auctions.verifier.checkpoints import Checkpoint, kept_in
from auctions.verifier.errors import Undecided
from auctions.verifier.logs import signed_checkpoint, verify_log
from auctions.verifier.notes import Key
from auctions.verifier.places import place
from auctions.verifier.telling import Facts
from auctions.verifier.tiles import Tiles


def diff(options: Namespace, keys: list[Key]) -> Facts:
    """Verify that a log only grew from one checkpoint to another, and say what was added.

    Raises Tampered where it did not, Undecided where it is not at hand.
    """
    old, new = (_checkpoint(each, keys, options.origin) for each in (options.old, options.new))
    where = options.log or options.new
    if Path(where).is_file():
        raise Undecided("missing-log", f"{where} is a checkpoint alone: say by --log where the log is")
    whole, _ = signed_checkpoint(place(where), keys, options.origin)
    if len({each.origin for each in (old, new, whole)}) > 1:
        raise Undecided("other-origin", f"checkpoints of {old.origin}, {new.origin} and {whole.origin}")
    log = Tiles(place(where), whole.head.size)
    added = new.head.size - old.head.size
    facts: Facts = {
        "log": whole.origin,
        "old_entries": old.head.size,
        "new_entries": new.head.size,
        "added": added,
    }
    if options.sizes or added <= 0:
        verify_log(log, whole, [old, new])
    else:
        facts |= _added(log, whole, old, new)
    if added < 0:
        raise Undecided("wrong-order", f"{options.old} is the newer one: it is named second")
    return facts


def _added(log: Tiles, whole: Checkpoint, old: Checkpoint, new: Checkpoint) -> Facts:
    additions = Additions(old.head.size, new.head.size)
    try:
        verify_log(log, whole, [old, new], additions.pass_by)
    except Undecided as error:
        if error.code not in {"missing-entries", "unknown-entry"}:
            raise
        verify_log(log, whole, [old, new])
        message = (
            f"the log only grew, from {old.head.size} to {new.head.size} entries (--sizes asks for no more);"
            f" what was added is not at hand: {error.message}"
        )
        raise Undecided(error.code, message) from error
    return additions.told()


def _checkpoint(where: str, keys: Sequence[Key], origin: str | None) -> Checkpoint:
    file = Path(where)
    return kept_in(file, keys, origin) if file.is_file() else signed_checkpoint(place(where), keys, origin)[0]
