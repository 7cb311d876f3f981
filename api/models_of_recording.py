"""What the API answers to a command that was recorded."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from api.models import Answer, Asset
from api.models_of_evidence import Receipt

Leaf = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""The leaf hash of an entry in the signed log (RFC 6962), in hexadecimal."""


class Recorded(Answer):
    """What a command recorded: the file's version after it, the places in the log, what the law notes.

    `leaves` are the entries' hashes, by which the signed log holds them. Where it is preferred, `asset` is
    the asset as it stands then (`return=representation`), `receipt` the proofs that the entries stand in the
    signed log (`wait=5`).
    """

    asset_id: UUID
    version: int
    positions: list[int]
    leaves: list[Leaf]
    notes: list[str]
    asset: Asset | None = None
    receipt: Receipt | None = None


class RecordedLot(Answer):
    """What was recorded for the assets of a lot: the places in the log as they were sent, the law's notes."""

    positions: list[int]
    leaves: list[Leaf]
    notes: list[str]


class AssetOfLot(Answer):
    """An asset whose round under way is of a lot."""

    asset_id: UUID
    asset_ref: str
    kind: str
    description: str | None
    round_no: int
    starting_price: int
    auction_at: AwareDatetime | None


class Lot(Answer):
    """The assets of the own office that are sold together, the round of each under way."""

    lot_ref: str
    items: list[AssetOfLot]
