"""What the API answers about the price ladders of some assets."""

from datetime import date
from typing import Literal
from uuid import UUID

from api.models import Answer, TimedFile


class PriceLevel(Answer):
    """One price level of an asset in dong."""

    on: date
    price: int
    cause: Literal["appraised", "reduced", "reappraised"]


class ShortLadder(Answer):
    """The price levels of an asset, none where it had no price."""

    asset_id: UUID
    steps: list[PriceLevel]


class Ladders(TimedFile):
    """The price ladders asked for, in the order asked, each once."""

    items: list[ShortLadder]
