"""What the API answers about vessels that loans financed; money in dong, shares of the loan value."""

from datetime import date
from uuid import UUID

from api.models import Answer, Share, Timed
from auctions.domain.asset.possible import Stage


class Vessel(Answer):
    """One vessel: its loan, its first appraisal, the price in force, the hammer; null where there is none."""

    asset_id: UUID
    asset_ref: str
    office: str
    province: str | None
    seized_on: date
    loan_valued_on: date | None
    stage: Stage
    loan_value: int
    first_price: int | None
    price: int | None
    sold_for: int | None
    first_of_loan: Share | None
    of_loan: Share | None
    sold_of_loan: Share | None


class OfLoans(Answer):
    """Of how many vessels, their sum in dong, and the median of their shares of the loan value."""

    n: int
    dong: int
    median_of_loan: Share | None


class VesselTotals(Answer):
    """All vessels together; `price` is of those unsold, `sold_for` of those sold."""

    n: int
    loan_value: int
    first_price: OfLoans
    price: OfLoans
    sold_for: OfLoans


class Vessels(Timed):
    """Vessels that loans financed: `totals` are of all, `items` lists at most so many as `most` says."""

    totals: VesselTotals
    most: int
    items: list[Vessel]
