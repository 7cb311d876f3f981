"""The two times of a question: the legal day it is about, and up to where in the log it was known."""

from datetime import date
from typing import Any, NamedTuple

NO_DAY = date(9999, 12, 31)
"""The end of what holds on every legal day from its beginning on."""
NO_POSITION = 2**63 - 1
"""The end of what is known still."""


class Times(NamedTuple):
    """As of the end of a legal day, as known at a position of the log; None is today, and all of it."""

    as_of: date | None = None
    known_at: int | None = None

    def holding(self, table: str) -> str:
        """Return the SQL condition under which a row of `table` held and was known, with `parameters`."""
        if self.as_of is None:
            days = f"{table}.on_to = '{NO_DAY}'"
        else:
            days = f"{table}.on_from <= %(as_of)s AND {table}.on_to > %(as_of)s"
        if self.known_at is None:
            return f"{days} AND {table}.known_to = {NO_POSITION}"
        return f"{days} AND {table}.known_from <= %(known_at)s AND {table}.known_to > %(known_at)s"

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters that `holding` names."""
        asked = {"as_of": self.as_of, "known_at": self.known_at}
        return {name: value for name, value in asked.items() if value is not None}


NOW = Times()
