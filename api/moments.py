"""Days and moments as a query string has them."""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from auctions.application.recording import today
from auctions.domain.days import VIETNAM
from auctions.domain.event import Day

_DAY = r"\d{4}-\d{2}-\d{2}"
_POSITION = r"\d{1,18}"
_EXPECTED = (
    "a position of the log is expected, or a day written YYYY-MM-DD, or a time with its offset, written "
    "2026-03-31T17:00:00%2B07:00"
)


def _iso_day(text: str) -> date:
    try:
        if re.fullmatch(_DAY, text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise PydanticCustomError("not_a_day", "a day that exists is expected, written YYYY-MM-DD")


def _not_in_future(day: date) -> date:
    if day > today():
        raise PydanticCustomError("day_in_future", "a day up to today in Vietnam is expected")
    return day


def _known_at(text: str) -> int | datetime:
    if re.fullmatch(_POSITION, text, re.ASCII):
        return int(text)
    moment = _moment(text)
    if moment > datetime.now(UTC) and text != today().isoformat():
        raise PydanticCustomError("known_at_in_future", "a time up to now is expected")
    return moment


def _moment(text: str) -> datetime:
    """Return the moment, for a day its end: the end of today is as much as is known."""
    try:
        if re.fullmatch(_DAY, text, re.ASCII):
            return datetime.combine(date.fromisoformat(text), time.max, VIETNAM)
        if (moment := datetime.fromisoformat(text)).tzinfo:
            return moment
    except ValueError:
        pass
    raise PydanticCustomError("not_a_knowledge", _EXPECTED)


_FORMS = [
    {"type": "integer", "minimum": 0, "exclusiveMaximum": 10**18},
    *({"type": "string", "format": form} for form in ("date-time", "date")),
]

IsoDay = Annotated[Day, BeforeValidator(_iso_day)]
PastDay = Annotated[IsoDay, AfterValidator(_not_in_future)]
KnownAt = Annotated[int | datetime, PlainValidator(_known_at), WithJsonSchema({"anyOf": _FORMS})]
