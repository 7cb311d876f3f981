"""What the API answers about how value declined; every figure with the number of assets it is of."""

from typing import Literal

from api.models import Answer, Share, Timed
from projections.decline import By
from projections.life import Regime

Number = float | None


class Spread(Answer):
    """The quartiles of what was measured on n assets, rounds or reductions."""

    n: int
    q1: Number
    median: Number
    q3: Number


class LeftAfter(Spread):
    """The share of the first price left after so many reductions."""

    reductions: int


class Strip(Spread):
    """The same with the ends."""

    least: Number
    most: Number


class FallsTo(Spread):
    """After how many rounds the price falls to a sum, of `of` assets that have one; some begin below it."""

    of: int
    at_first: int


class AtRisk(Answer):
    """One time on a survival curve (Kaplan-Meier): the share of assets not sold by then."""

    at_risk: int
    sold: int
    survival: Share


class AtRound(AtRisk):
    """The same after so many rounds held."""

    round: int


class AtDay(AtRisk):
    """The same so many days after the first announcement."""

    day: int


class HalfSold(Answer):
    """When half were sold, null while more than half are not."""

    round: int | None
    day: int | None


class NeverSold(Answer):
    """How many left without a sale, by how, or are unsold still."""

    n: int
    sold: int
    unsold: int
    left: dict[str, int]
    share: Share | None


class Loan(Answer):
    """The hammer price and the price in force as shares of the loan value, of vessels."""

    hammer: Strip
    price: Strip


class Cause(Answer):
    """What one cause took off prices, in dong and as a share of all first prices."""

    cause: Literal["reduced", "reappraised"]
    n: int
    steps: int
    dong: int
    of_first: float | None


class Falls(Answer):
    """When the price falls to the costs, and to the secured debt with them."""

    costs: FallsTo
    debt: FallsTo


class Stalling(Answer):
    """How many of the n assets with reductions were cut by less than 1 % three times in a row."""

    n: int
    assets: int


class Declined(Answer):
    """How value declined over some assets."""

    assets: int
    by_reductions: list[LeftAfter]
    rounds_to_sale: list[AtRound]
    half_sold: HalfSold
    never_sold: NeverSold
    loan: Loan
    causes: list[Cause]
    days_a_round: Spread
    costs_to_price: Spread
    falls_to: Falls
    stalling: Stalling


class Group(Declined):
    """The same of one group, by the value that its assets have in common."""

    value: str | int | None


class DeclineAsked(Answer):
    """Which assets the answer is about, and by what it is broken down."""

    kind: str | None
    province: str | None
    office: str | None
    year: int | None
    regime: Regime | None
    by: By | None


class DeclineAnswer(Timed, Declined):
    """How value declined, whole and by groups where it was asked so."""

    days_to_sale: list[AtDay]
    asked: DeclineAsked
    groups: list[Group] | None = None
