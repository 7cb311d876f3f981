"""The proofs of one asset as the service gives them (JSON): its entries, and what it states of the asset."""

import json
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from auctions.verifier.assets import Chain, Link
from auctions.verifier.checkpoints import Checkpoint, read_checkpoint
from auctions.verifier.errors import Tampered, Undecided, naming
from auctions.verifier.facts import Fact, fact_of
from auctions.verifier.lives import Life, life
from auctions.verifier.notes import Key
from auctions.verifier.places import read_file
from auctions.verifier.proofs import read_proof, verify_inclusion
from auctions.verifier.telling import Facts
from auctions.verifier.tree import leaf_hash

_LARGEST = 1 << 30


class Statement(NamedTuple):
    """What is stated of an asset: as of the end of which legal day, after which entry of its file."""

    as_of: date
    version: int
    told: dict[str, Any]


class Proofs:
    """A file of proofs; nothing of it is verified until it is asked to be."""

    def __init__(self, file: Path, asset_id: UUID) -> None:
        """Read the file. Raises Undecided where it is none, or of another asset."""
        self._file, self._asset_id = file, asset_id
        with _as_written(file):
            self._document = json.loads(read_file(file, _LARGEST))
            found = UUID(self._document["asset_id"])
        if found != asset_id:
            raise Undecided("other-asset", f"{file} is of the asset {found}, not of {asset_id}")

    def statement(self) -> Statement | None:
        """Return what the file states, None where it is of a form that stated nothing. Raises Undecided."""
        with _as_written(self._file):
            stated = self._document.get("stated")
            if stated is None:
                return None
            as_of, version = date.fromisoformat(stated["as_of"]), int(stated["version"])
            return Statement(as_of, version, {name: stated[name] for name in Life().told})

    def verify(self, keys: Sequence[Key], origin: str | None) -> tuple[Checkpoint, list[Link]]:
        """Return the checkpoint and the asset's entries that the file gives. Raises Tampered, Undecided."""
        chain = Chain(self._asset_id)
        with _as_written(self._file):
            note = self._document["checkpoint"].encode()
            with naming(self._file):
                checkpoint = read_checkpoint(note, keys, origin)
            for place, item in enumerate(self._document["items"], 1):
                with naming(f"{self._file}: item {place}"):
                    content = b64decode(item["entry"], validate=True)
                    proof = read_proof(item["proof"].encode())
                    if proof.checkpoint != note:
                        raise Undecided("other-checkpoint", "its proof leads to another checkpoint")
                    verify_inclusion(proof, leaf_hash(content), checkpoint.head)
                    chain.pass_by(proof.index, [content])
                    if len(chain.links) != place:
                        raise Undecided("other-asset", "an entry of another file")
        if not chain.links:
            raise Undecided("unknown-asset", f"{self._file} gives no entry of the asset {self._asset_id}")
        return checkpoint, chain.links


@contextmanager
def _as_written(file: Path) -> Iterator[None]:
    """Say where a file of proofs is not written as one is. Raises Undecided."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Undecided("malformed-proofs", f"{file}: not an asset's proofs as JSON: {error!r}") from error


def told_of_asset(links: Sequence[Link], as_of: date | None, stated: Statement | None) -> Facts:
    """Return what an asset's entries tell as of a day, a statement's where none is given.

    Raises Tampered where a statement is not what they tell, Undecided where they are not known.
    """
    facts = []
    for link in links:
        with naming(f"entry {link.index}"):
            facts.append(fact_of(link.entry))
    if stated:
        compare(stated, facts)
        as_of = as_of or stated.as_of
    day = as_of.isoformat() if as_of else None
    return {"as_of": day, **life(facts, as_of).told}


def compare(stated: Statement, facts: Sequence[Fact]) -> None:
    """Say that a statement is what the entries tell.

    Raises Tampered with all that differs, Undecided where the entry after which it was made is not at hand.
    """
    as_of, version, told = stated
    if not 1 <= version <= len(facts):
        message = f"it is stated after entry {version} of the asset, and {len(facts)} are at hand"
        raise Undecided("other-version", message)
    if words := differing(told, life(facts[:version], as_of).told):
        raise Tampered("other-state", f"as of {as_of} after entry {version} are stated {words}")


def differing(told: Facts, found: Facts) -> str:
    """Return in words what is told otherwise than the entries do, nothing where they agree."""
    return "; ".join(
        f"{name} {_written(told[name])}, the entries {_written(found[name])}"
        for name in found
        if (type(found[name]), found[name]) != (type(told[name]), told[name])
    )


def _written(value: object) -> str:
    return "none" if value is None else str(value)
