"""What the API answers, as its OpenAPI describes it; money in dong, shares from 0 to 1 with six places."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from auctions.domain.asset.events import Alias, Attributes
from auctions.domain.asset.possible import Stage
from auctions.domain.roles import Role

Share = Annotated[float, Field(ge=0)]


class Answer(BaseModel):
    """The base of what is answered: exactly the fields described."""

    model_config = ConfigDict(extra="forbid")


class Item(Answer):
    """One asset in a list; `rounds` counts those announced."""

    asset_id: UUID
    asset_ref: str
    office: str
    kind: str
    province: str | None
    commune: str | None
    description: str | None
    stage: Stage
    rounds: int
    failed_rounds: int
    reductions: int
    price: int | None
    first_price: int | None
    left_of_first: Share | None
    of_loan: Share | None
    seized_on: date
    last_round_on: date | None
    flags: list[str]


class Session(Answer):
    """Who one is; all null for the public. `csrf_token` goes with commands in a browser's session."""

    actor: str | None
    office: str | None
    role: Role | None
    csrf_token: str | None


class Counted(Answer):
    """How many assets, and the sums of their prices in force and of their first prices."""

    n: int
    price: int
    first_price: int


class CountedBy(Counted):
    """The same for one value of a facet."""

    value: str


class Facets(Answer):
    """All that a list would show, counted; those of a field asked for tell of its other values too."""

    total: Counted
    kind: list[CountedBy]
    province: list[CountedBy]
    price_band: list[CountedBy]
    rounds: list[CountedBy]


class Timed(Answer):
    """What an answer is of: the legal day, up to where the log was known, up to where the answer holds.

    Asked again with this `as_of` and this `known_at`, it is the same for ever.
    """

    as_of: date
    known_at: int
    position: int


class TimedFile(Timed):
    """The same of one file, which stands on any day as it does where none was asked for."""

    as_of: date | None  # type: ignore[assignment]  # wider on purpose


class Communes(Timed):
    """Assets of a province counted by commune, the fullest first; "" where none is stated."""

    items: list[CountedBy]


class Page(Timed):
    """One page of a list, what it counts where facets are asked for, the next page's cursor."""

    facets: Facets | None
    items: list[Item]
    next: str | None


class AuctionRound(Answer):
    """One auction round of an asset; `price` is the hammer price."""

    round_no: int
    announced_on: date
    starting_price: int
    auction_at: AwareDatetime | None
    posted_on: date
    lot_ref: str | None
    outcome: Literal["failed", "won", "cancelled", "defaulted", "annulled"] | None
    ended_on: date | None
    reason: str | None
    price: int | None


class AssetState(Answer):
    """An asset's whole state; `version` is the number of its file's last entry."""

    asset_id: UUID
    version: int
    asset_ref: str
    office: str
    seizing_office: str
    seized_on: date
    kind: str
    description: str | None
    officer: str | None
    case_ref: str | None
    province: str | None
    commune: str | None
    debtor_ref: str | None
    co_owned: bool | None
    secured_debt: int | None
    mortgagee_ref: str | None
    loan_value: int | None
    loan_valued_on: date | None
    basis: str | None
    note: str | None
    flags: list[str]
    stage: Stage
    unsold: bool
    suspended: bool
    price: int | None
    first_price: int | None
    left_of_first: Share | None
    failed_rounds: int
    reductions: int
    costs: int
    costs_of_price: Share | None
    condition: str | None
    missing: list[str]
    attributes: Attributes
    aliases: list[Alias]
    in_lieu: Literal["offered", "accepted", "refused"] | None
    in_lieu_open: bool
    paid: int | None
    delivered_on: date | None
    title_registered: bool
    distributed: bool
    exit: Stage | None
    exited_on: date | None
    last_round_on: date | None
    rounds: list[AuctionRound]
    sold_for: int | None


class Asset(AssetState, TimedFile):
    """An asset's whole state; `version` is the number of its file's last entry."""


class HistoryEntry(Answer):
    """One entry of a file; `struck_by` is the number of the entry that struck it."""

    entry_no: int
    entry: str
    on: date
    recorded_at: AwareDatetime
    position: int
    actor: str | None
    struck_by: int | None
    data: dict[str, Any]


class History(TimedFile):
    """An asset's file, every entry in the order of its recording."""

    asset_ref: str
    entries: list[HistoryEntry]


class LadderStep(Answer):
    """One price level, or the hammer, as a share of the one before, the first and the loan value."""

    step: int
    cause: Literal["appraised", "reduced", "reappraised", "sold"]
    on: date
    price: int
    of_previous: Share | None
    of_first: Share | None
    of_loan: Share | None
    days: int | None


class PriceLadder(Answer):
    """How an asset's value declined."""

    asset_ref: str
    loan_value: int | None
    steps: list[LadderStep]
    sold_for: int | None


class Ladder(PriceLadder, TimedFile):
    """How an asset's value declined."""


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"]


class ReadModel(Answer):
    """A read model: how far it has read, how far that is behind, where it stands still if it does."""

    name: str
    position: int
    lag: int
    stopped_at: int | None


class Ready(Answer):
    """The service can answer; `position` is the log's last."""

    status: Literal["ready"]
    position: int
    read_models: list[ReadModel]


class ProblemFault(Answer):
    """One fault: its place, a stable code, what was expected; of a refusal what was asked and is allowed."""

    parameter: str | None = None
    pointer: str | None = None
    code: str
    detail: str
    details: dict[str, Any] | None = None


class ProblemAnswer(Answer):
    """Any answer other than the one asked for (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str
    request_id: str
    errors: list[ProblemFault]
