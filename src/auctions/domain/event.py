"""The base of every entry, and what stands beside an entry once it is recorded."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

_PRINTABLE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=_PRINTABLE)]
_SPACE = r" \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space beside control characters, named: engines that read schemas differ in what they call so."""
_REFERENCE = rf"^[^{_SPACE}\x00-\x1f\x7f]([^\x00-\x1f\x7f]*[^{_SPACE}\x00-\x1f\x7f])?$"
Reference = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_REFERENCE)]

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2999, 12, 31, tzinfo=UTC))
]


class Entry(BaseModel):
    """One line of a file: a fact with its legal day.

    `on` is the legal day (Asia/Ho_Chi_Minh), `basis` the number of the decision, minutes or certificate.
    A changed form gets a higher VERSION and an `upcast_vN_vM(state)` for each step; TOPIC never changes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    TOPIC: ClassVar[str]
    VERSION: ClassVar[int] = 1

    on: Day
    basis: Text | None = None
    note: Text | None = None

    @classmethod
    def entry_name(cls) -> str:
        """Return the entry's name in the field's words: the topic without its aggregate."""
        return cls.TOPIC.partition(".")[2]

    def data(self) -> dict[str, Any]:
        """Return the fields that are present, JSON-ready, without the legal day."""
        return self.model_dump(mode="json", exclude={"on"}, exclude_defaults=True)


class Envelope(NamedTuple):
    """Who recorded an entry, for which office, in which role, by which command and request."""

    actor: str
    office: str
    role: str
    command_id: UUID
    request_id: str = ""
    rulebook: str = ""


class Recorded(NamedTuple):
    """An entry as the log holds it: its number in the file, its place in the log, when and by whom."""

    stream_id: UUID
    entry_no: int
    entry: Entry
    position: int
    recorded_at: datetime
    envelope: Envelope
