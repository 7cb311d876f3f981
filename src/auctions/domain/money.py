"""Money: integers in the currency's smallest unit (VND: dong); no float anywhere near it."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

Dong = Annotated[int, Field(ge=0, le=10**16)]
Price = Annotated[int, Field(ge=1, le=10**16)]


def share(part: int, whole: int) -> Decimal:
    """Return `part` of `whole`, both in dong and `whole` above 0, as a decimal with six places."""
    return (Decimal(part) / whole).quantize(Decimal("0.000001"))
