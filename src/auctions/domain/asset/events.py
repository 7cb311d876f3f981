"""What can happen to a seized asset: one class an entry, past tense, in the order of its life.

Field names are the contract of the journal form and of the API. Money is in dong. Parties are references,
never names. Circular 04/2023/TT-BTP art 30 asks for such a page an asset.
"""

from typing import Annotated, ClassVar, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from auctions.domain.event import Day, Entry, Moment, Reference, Text
from auctions.domain.money import Dong, Price

Attributes = dict[str, Text | Annotated[int, Field(ge=0, le=10**15)]]
Count = Annotated[int, Field(ge=0, le=100_000)]
Number = Annotated[int, Field(ge=1, le=100_000)]
References = tuple[Reference, ...]

FAILURES = Literal[
    "no_registrant",
    "all_absent",
    "no_bid",
    "below_reserve",
    "minutes_refused",
    "bid_withdrawn",
    "result_refused",
    "single_registrant",
]

_ASSETS = uuid5(NAMESPACE_URL, "urn:auctions:asset")


def asset_id(office: str, asset_ref: str) -> UUID:
    """Return the asset's id, derived from the seizing office and its own reference."""
    return uuid5(_ASSETS, f"{office}\n{asset_ref}")


class Alias(BaseModel):
    """Another number the asset is known by, in its scheme (certificate_no, vessel_no, portal …)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    scheme: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    value: Reference


class Seized(Entry):
    """The asset was seized; the first entry of every file."""

    TOPIC: ClassVar[str] = "asset.seized"
    asset_ref: Reference
    office: Reference
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    description: Text | None = None
    officer: Reference | None = None
    case_ref: Reference | None = None
    province: Reference | None = None
    commune: Reference | None = None
    debtor_ref: Reference | None = None
    co_owned: bool | None = None
    secured_debt: Dong | None = None
    mortgagee_ref: Reference | None = None
    loan_value: Price | None = None
    loan_valued_on: Day | None = None
    attributes: Attributes = {}


class Surveyed(Entry):
    """The asset's condition was surveyed; `attributes` are corrected ones, `missing` what is gone."""

    TOPIC: ClassVar[str] = "asset.surveyed"
    condition: Text | None = None
    missing: tuple[Text, ...] = ()
    attributes: Attributes = {}


class CostAccrued(Entry):
    """A cost of keeping or selling the asset arose."""

    TOPIC: ClassVar[str] = "asset.cost_accrued"
    amount: Price
    what: Reference


class Appraised(Entry):
    """The asset was valued; a second appraisal is a reappraisal and gives its `reason`."""

    TOPIC: ClassVar[str] = "asset.appraised"
    value: Price
    method: Literal["agreed", "appraiser", "officer", "council"]
    appraiser: Reference | None = None
    certificate_no: Reference | None = None
    reason: Text | None = None


class AppraisalContracted(Entry):
    """The valuation was given to an appraiser by contract."""

    TOPIC: ClassVar[str] = "asset.appraisal_contracted"
    appraiser: Reference | None = None
    contract_no: Reference | None = None


class ReappraisalRequested(Entry):
    """A party asked for a new valuation, `prepaid` in dong what it advanced for it."""

    TOPIC: ClassVar[str] = "asset.reappraisal_requested"
    by: Reference | None = None
    prepaid: Dong | None = None
    reason: Text | None = None


class PartiesNotified(Entry):
    """The parties were told of an appraisal's result, of a failed round, or of the creditor's answer."""

    TOPIC: ClassVar[str] = "asset.parties_notified"
    of: Literal["appraisal", "failure", "in_lieu"]


class PreemptionOffered(Entry):
    """Co-owners were asked whether they buy the asset before others, at `price`."""

    TOPIC: ClassVar[str] = "asset.preemption_offered"
    price: Price
    until: Day | None = None


class PreemptionAnswered(Entry):
    """The co-owners answered; refusing after they accepted undoes a purchase that was not paid."""

    TOPIC: ClassVar[str] = "asset.preemption_answered"
    accepted: bool


class AuctionContracted(Entry):
    """The auction was given to an organisation by service contract."""

    TOPIC: ClassVar[str] = "asset.auction_contracted"
    organisation: Reference | None = None
    contract_no: Reference | None = None


class RoundAnnounced(Entry):
    """An auction round was announced at a starting price; `round_no` is the auction attempt."""

    TOPIC: ClassVar[str] = "asset.round_announced"
    round_no: Number
    starting_price: Price
    step_price: Dong | None = None
    deposit: Dong | None = None
    organisation: Reference | None = None
    contract_no: Reference | None = None
    form: Literal["oral", "direct_ballot", "indirect_ballot", "online"] | None = None
    auction_at: Moment | None = None
    registration_from: Moment | None = None
    registration_to: Moment | None = None
    posted_on: Day | None = None
    notice_refs: References = ()
    lot_ref: Reference | None = None


class RoundPostponed(Entry):
    """An announced round was moved to another time."""

    TOPIC: ClassVar[str] = "asset.round_postponed"
    round_no: Number
    auction_at: Moment | None = None
    reason: Text | None = None


class RoundCancelled(Entry):
    """An announced round was called off before a result."""

    TOPIC: ClassVar[str] = "asset.round_cancelled"
    round_no: Number
    reason: Text | None = None


class RoundFailed(Entry):
    """An announced round found no buyer (auction law art 52)."""

    TOPIC: ClassVar[str] = "asset.round_failed"
    round_no: Number
    reason: FAILURES
    registrants: Count | None = None
    bidders: Count | None = None


class RoundWon(Entry):
    """An announced round was won at the hammer `price`."""

    TOPIC: ClassVar[str] = "asset.round_won"
    round_no: Number
    price: Price
    winner_ref: Reference | None = None
    registrants: Count | None = None
    bidders: Count | None = None


class WinnerDefaulted(Entry):
    """The winner did not pay; the deposit kept goes to the state budget less costs."""

    TOPIC: ClassVar[str] = "asset.winner_defaulted"
    round_no: Number
    deposit_kept: Dong | None = None


class ResultAnnulled(Entry):
    """The result of a won round was annulled (auction law art 72)."""

    TOPIC: ClassVar[str] = "asset.result_annulled"
    round_no: Number
    by: Reference | None = None
    reason: Text | None = None


class PriceReduced(Entry):
    """The starting price was reduced after a failed round; what it was before is derived."""

    TOPIC: ClassVar[str] = "asset.price_reduced"
    to_price: Price
    decided_by: Literal["agreement", "officer", "court"]


class InLieuOffered(Entry):
    """The creditor was asked whether to take the asset in lieu of payment."""

    TOPIC: ClassVar[str] = "asset.in_lieu_offered"
    until: Day | None = None


class InLieuAnswered(Entry):
    """The creditor answered the offer."""

    TOPIC: ClassVar[str] = "asset.in_lieu_answered"
    accepted: bool


class TakenInLieu(Entry):
    """The creditor took the asset in lieu of payment, paying the difference if there is one."""

    TOPIC: ClassVar[str] = "asset.taken_in_lieu"
    price: Price
    difference_paid: Dong | None = None


class Redeemed(Entry):
    """The debtor paid and took the asset back."""

    TOPIC: ClassVar[str] = "asset.redeemed"
    paid: Dong


class SalePaid(Entry):
    """The winner has paid in full."""

    TOPIC: ClassVar[str] = "asset.sale_paid"
    amount: Price


class Delivered(Entry):
    """The asset was handed over to the buyer or to the creditor who took it."""

    TOPIC: ClassVar[str] = "asset.delivered"
    to_ref: Reference | None = None


class TitleRegistered(Entry):
    """The transfer of title was registered."""

    TOPIC: ClassVar[str] = "asset.title_registered"
    reference: Reference | None = None


class ProceedsDistributed(Entry):
    """The proceeds were distributed: the share of each party reference, in dong."""

    TOPIC: ClassVar[str] = "asset.proceeds_distributed"
    shares: dict[Reference, Dong] = {}


class Suspended(Entry):
    """Processing was suspended."""

    TOPIC: ClassVar[str] = "asset.suspended"
    reason: Literal["complaint", "court", "postponed", "agreement"]
    by: Reference | None = None
    until: Day | None = None


class Resumed(Entry):
    """Processing went on."""

    TOPIC: ClassVar[str] = "asset.resumed"
    reason: Text | None = None


class ReturnedToDebtor(Entry):
    """The asset was handed back to the debtor to manage and use."""

    TOPIC: ClassVar[str] = "asset.returned_to_debtor"
    reason: Text | None = None


class Released(Entry):
    """The seizure was released."""

    TOPIC: ClassVar[str] = "asset.released"
    reason: Text | None = None


class Transferred(Entry):
    """The file went to another office."""

    TOPIC: ClassVar[str] = "asset.transferred"
    to_office: Reference
    reason: Literal["reorganisation", "entrusted"]


class Identified(Entry):
    """The asset is also known by another number."""

    TOPIC: ClassVar[str] = "asset.identified"
    alias: Alias


class Split(Entry):
    """The asset was divided into several, each with a file of its own under its reference."""

    TOPIC: ClassVar[str] = "asset.split"
    into: Annotated[References, Field(min_length=2)]


class Merged(Entry):
    """The asset became part of another, which has a file under its reference."""

    TOPIC: ClassVar[str] = "asset.merged"
    into: Reference


class DocumentFiled(Entry):
    """A document was put on file: the SHA-256 of its bytes, its name, type and size in bytes."""

    TOPIC: ClassVar[str] = "asset.document_filed"
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    name: Reference
    media_type: Annotated[str, Field(pattern=r"^[a-z-]+/[a-z0-9.+-]{1,80}$")] | None = None
    size: Annotated[int, Field(ge=0, le=10**12)] | None = None


class EntryStruck(Entry):
    """An entry was struck through, with basis and reason, approved by a second person."""

    TOPIC: ClassVar[str] = "asset.entry_struck"
    basis: Text
    entry_no: Number
    reason: Text
    approved_by: Reference


AssetEntry = (
    Seized
    | Surveyed
    | CostAccrued
    | AppraisalContracted
    | Appraised
    | ReappraisalRequested
    | PartiesNotified
    | PreemptionOffered
    | PreemptionAnswered
    | AuctionContracted
    | RoundAnnounced
    | RoundPostponed
    | RoundCancelled
    | RoundFailed
    | RoundWon
    | WinnerDefaulted
    | ResultAnnulled
    | PriceReduced
    | InLieuOffered
    | InLieuAnswered
    | TakenInLieu
    | Redeemed
    | SalePaid
    | Delivered
    | TitleRegistered
    | ProceedsDistributed
    | Suspended
    | Resumed
    | ReturnedToDebtor
    | Released
    | Transferred
    | Identified
    | Split
    | Merged
    | DocumentFiled
    | EntryStruck
)

ENTRIES: dict[str, type[AssetEntry]] = {cls.entry_name(): cls for cls in AssetEntry.__args__}
"""The class of every entry, by its name."""
