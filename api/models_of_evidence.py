"""What the API answers of the evidence of one asset."""

from datetime import date
from uuid import UUID

from pydantic import Base64Bytes

from api.models import Answer
from auctions.domain.asset.possible import Stage


class ProvenEntry(Answer):
    """An entry's number in its file, its index in the log, its bytes and its proof (C2SP tlog-proof)."""

    entry_no: int
    index: int
    entry: Base64Bytes
    proof: str


class StatedAsset(Answer):
    """What the entries tell of the asset as of the end of a legal day; `version` is the last one's number."""

    as_of: date
    version: int
    stage: Stage
    price: int | None
    rounds: int
    failed_rounds: int
    reductions: int


class Receipt(Answer):
    """Entries of an asset as they were signed, the key, and the checkpoint to which the proofs lead."""

    asset_id: UUID
    key: str
    size: int
    checkpoint: str
    items: list[ProvenEntry]


class Proofs(Receipt):
    """All entries of an asset as they were signed; who verifies recomputes `stated` from them."""

    stated: StatedAsset
