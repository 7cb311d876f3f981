"""What the API answers as the dossier of an asset."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Base64Bytes, Field

from api.models import Answer, AssetState, PriceLadder
from api.models_of_replays import ReplayedEntry
from api.models_of_steps import BrokenRule

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class DossierEntry(ReplayedEntry):
    """An entry as a replay tells it, with the leaf hash of what is stored of it and that of the one before.

    `content` is the entry as it was signed, `proof` (C2SP tlog-proof) that it stands in the log; both are
    null where it is not signed so far.
    """

    prev: Hash
    leaf: Hash
    content: Base64Bytes | None
    proof: str | None


class Evidence(Answer):
    """The signed checkpoint to which the proofs lead; `signed` is how many of the entries stand under it."""

    log: str
    key: str
    size: int
    checkpoint: str
    signed: int


class Dossier(Answer):
    """All that is recorded of an asset, as of a legal day, as known at a position of the log.

    `asset` and `ladder` are as they stand on the day, `findings` those that hold then, `entries` those that
    bear on it. `evidence` is null where no log is signed. The same bytes whenever it is made of the same.
    """

    form: Literal["auctions-dossier-1"]
    asset_id: UUID
    asset_ref: str
    as_of: date
    known_at: int
    last_recorded_at: AwareDatetime
    asset: AssetState
    ladder: PriceLadder
    entries: list[DossierEntry]
    findings: list[BrokenRule]
    evidence: Evidence | None
