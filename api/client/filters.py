"""What may be asked, as keywords of the client's methods; `api.questions` says what each means."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Required, TypedDict
from uuid import UUID

from api.questions import Sort
from auctions.domain.asset.possible import Stage
from projections.decline import By
from projections.life import Regime


class Times(TypedDict, total=False):
    """About which legal day, as known when, and what must have been read by then."""

    as_of: date
    known_at: int | datetime | date
    min_position: int


class Knowledges(TypedDict, total=False):
    """About which legal day, today by default, between which two knowledges, the earlier one first."""

    as_of: date
    known_at: Required[tuple[int | datetime | date, int | datetime | date]]


class PlanFilter(Times, total=False):
    """The cut after each failed round in per cent, and how many rounds to tell."""

    cut: Decimal | int
    rounds: int


class AssetFilter(Times, total=False):
    """Which assets to list, in which order."""

    unsold: bool
    kind: str
    province: str
    commune: str
    office: str
    officer: str
    stage: Stage
    year: int
    price_min: int
    price_max: int
    rounds_min: int
    failed_rounds_min: int
    reductions_min: int
    left_min: Decimal
    left_max: Decimal
    of_loan_max: Decimal
    days_since_seizure_min: int
    days_since_round_min: int
    in_lieu_open: bool
    suspended: bool
    q: str
    number: str
    sort: Sort


class FindingFilter(Times, total=False):
    """Which findings to list."""

    office: str
    rule: str
    asset_id: UUID
    year: int


class ActionFilter(Times, total=False):
    """Which actions to list."""

    office: str
    officer: str
    action: str
    due_from: date
    due_before: date
    overdue: bool
    asset_id: UUID


class DeclineFilter(Times, total=False):
    """Of which assets to tell how value declined, and by what to break it down."""

    kind: str
    province: str
    office: str
    year: int
    regime: Regime
    by: By


class ChangeFilter(TypedDict, total=False):
    """Which changes to tell of; `entry` holds names of entries."""

    office: str
    kind: str
    entry: Sequence[str]
