"""The content of a dossier: what is recorded of an asset, and what of that was signed."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from auctions.domain.asset.law import LawOf
from auctions.domain.event import Recorded
from auctions.evidence.asset_proofs import prove
from auctions.evidence.folders import EvidenceFolder
from auctions.verifier.errors import Tampered, Undecided
from auctions.verifier.tree import leaf_hash
from projections.chain import chain
from projections.views import View
from projections.views_of_dossiers import dossier_view


def dossier_of(
    connection: psycopg.Connection[Any],
    file: Sequence[Recorded],
    law_of: LawOf,
    *,
    as_of: date,
    known_at: int,
    evidence: Path | None,
) -> View | None:
    """Return the dossier of a file as known at a position, None where no seizure stands on the day.

    `evidence` is the folder in which the log is signed, if it is. Raises Undecided where it lacks something,
    Tampered where another entry was signed.
    """
    beside = chain(connection, file[0].stream_id)
    view = dossier_view(file, law_of, beside, as_of=as_of, known_at=known_at)
    return _with_evidence(view, EvidenceFolder(evidence)) if view and evidence else view


def _with_evidence(view: View, folder: EvidenceFolder) -> View:
    """Return a dossier with a checkpoint, and of each entry that is signed its bytes and its proof.

    Where nothing is signed so far, it stays as it is.
    """
    try:
        checkpoint, note = folder.checkpoint_for(max(entry["position"] for entry in view["entries"]))
    except Undecided as error:
        if error.code in {"no-evidence", "missing-checkpoint"}:
            return view
        raise
    size = checkpoint.head.size
    entries = {entry["entry_no"]: entry for entry in view["entries"]}
    places = [(number, entry["position"]) for number, entry in entries.items() if entry["position"] <= size]
    for proven in prove(folder, UUID(view["asset_id"]), places, (checkpoint, note)):
        if leaf_hash(proven.content).hex() != entries[proven.number]["leaf"]:
            message = f"entry {proven.number} of the file was signed with another content than it has now"
            raise Tampered("changed-entry", message, proven.index)
        signed = {"content": b64encode(proven.content).decode(), "proof": proven.proof.decode()}
        entries[proven.number] = entries[proven.number] | signed
    evidence = {
        "log": checkpoint.origin,
        "key": folder.key().vkey,
        "size": size,
        "checkpoint": note.decode(),
        "signed": len(places),
    }
    return view | {"entries": list(entries.values()), "evidence": evidence}
