"""Dossiers as an auditor verifies them, without the agency."""

from base64 import b64decode
from pathlib import Path
from typing import Any

from auctions.verifier.commandline import main as verify
from auctions.verifier.tree import leaf_hash
from tests.contract.signed_logs import SIGNER


def holds(dossier: dict[str, Any], folder: Path) -> bool:
    """Tell whether every entry of a dossier is of its leaf hash, and verified by its proof alone."""
    entry, proof = folder / "entry", folder / "proof"
    for told in dossier["entries"]:
        content = b64decode(told["content"])
        entry.write_bytes(content)
        proof.write_text(told["proof"], "utf-8", newline="")
        done = verify(["event", str(proof), str(entry), "--key", SIGNER.key.vkey])
        if done != 0 or leaf_hash(content).hex() != told["leaf"]:
            return False
    return bool(dossier["entries"])
