"""A log that is signed in a folder, and a superuser who changes it in its database."""

from pathlib import Path

import psycopg

from auctions.evidence.folders import EvidenceFolder
from auctions.evidence.following import sign_all
from auctions.evidence.sequencing import Sequencer
from auctions.evidence.signing import Signer
from auctions.verifier.checkpoints import Checkpoint, read_checkpoint
from auctions.verifier.logs import verify_log
from tests.unit.spec_logs import ORIGIN, PRIVATE

SIGNER = Signer(ORIGIN, PRIVATE)


class SignedLog:
    """The log of a database and the folder in which it is signed."""

    def __init__(self, url: str, path: Path) -> None:
        self.url = url
        self.path = path
        self.folder = EvidenceFolder(path)

    def sign(self) -> Checkpoint:
        """Sign what there is; return the checkpoint, against which all of the log holds."""
        sign_all(self.url, Sequencer(self.folder, SIGNER), lambda _done, _of: None)
        checkpoint = self.published()
        assert verify_log(self.folder.tiles(checkpoint.head.size), checkpoint) == checkpoint.head.size
        return checkpoint

    def published(self) -> Checkpoint:
        return read_checkpoint((self.folder.log / "checkpoint").read_bytes(), [SIGNER.key])

    def tamper(self, *statements: str) -> None:
        """Change the database as only a superuser can, past the triggers."""
        with psycopg.connect(self.url, options="-c session_replication_role=replica") as superuser:
            for statement in statements:
                superuser.execute(statement.encode())
