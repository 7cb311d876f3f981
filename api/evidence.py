"""The signed log as it is served, file by file, and the proofs of one asset."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from starlette.applications import Starlette

from api.files import Known, numbered
from api.problems import Problem
from api.who import FRESH
from auctions.domain.asset.state import fold
from auctions.evidence.asset_proofs import NotYetSigned, prove
from auctions.evidence.folders import EvidenceFolder
from auctions.verifier.errors import Undecided


def folder_of(app: Starlette) -> EvidenceFolder:
    """Return the folder of the evidence. Raises Problem where nothing is signed here."""
    folder: Path | None = app.state.evidence
    if folder is None:
        raise Problem("evidence-not-kept", "no folder of the evidence is configured")
    return EvidenceFolder(folder)


def file_of(app: Starlette, path: str) -> bytes:
    """Return a file of the served log, by its path in it. Raises Problem where there is none."""
    file = folder_of(app).log / path
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Problem("evidence-not-found", f"the log has no {path} so far") from error


def proofs_of(app: Starlette, asset_id: UUID, places: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Return the proofs of an asset's entries, given the number and position of each. Raises Problem."""
    folder = folder_of(app)
    with _told():
        checkpoint, note = folder.checkpoint()
        items = [
            {
                "entry_no": proven.number,
                "index": proven.index,
                "entry": b64encode(proven.content).decode(),
                "proof": proven.proof.decode(),
            }
            for proven in prove(folder, asset_id, places, (checkpoint, note))
        ]
    return {
        "asset_id": str(asset_id),
        "key": folder.key().vkey,
        "size": checkpoint.head.size,
        "checkpoint": note.decode(),
        "items": items,
    }


def stated(file: Known) -> dict[str, Any]:
    """Return what an auditor recomputes from the entries alone."""
    state = fold(numbered(file.recorded), until=file.told.day)
    return {
        "as_of": file.told.day,
        "version": file.recorded[-1].entry_no,
        "stage": state.stage,
        "price": state.price,
        "rounds": len(state.rounds),
        "failed_rounds": state.failed_rounds,
        "reductions": state.reductions,
    }


@contextmanager
def _told() -> Iterator[None]:
    """Tell what is not signed so far as a problem that passes; what is tampered with is a fault of ours."""
    try:
        yield
    except NotYetSigned as error:
        raise Problem("not-yet-signed", error.message, headers=FRESH) from error
    except Undecided as error:
        if error.code not in {"no-evidence", "missing-checkpoint"}:
            raise
        raise Problem("not-yet-signed", "nothing is signed so far", headers=FRESH) from error
