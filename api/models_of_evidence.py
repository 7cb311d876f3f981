"""What the API answers of the evidence of one asset."""

from uuid import UUID

from pydantic import Base64Bytes

from api.models import Answer


class ProvenEntry(Answer):
    """An entry's number in its file, its index in the log, its bytes and its proof (C2SP tlog-proof)."""

    entry_no: int
    index: int
    entry: Base64Bytes
    proof: str


class Proofs(Answer):
    """The entries of an asset as they were signed, the key, and the checkpoint to which the proofs lead."""

    asset_id: UUID
    key: str
    size: int
    checkpoint: str
    items: list[ProvenEntry]
