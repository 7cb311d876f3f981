"""What the API answers about the closes of an office's book."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from api.models import Answer, Counted
from api.models_of_laws import EntryInBetween, UnsoldBeforeAndAfter


class Close(Answer):
    """A quarter for which an office's book is closed: what the book held as known at `known_at`.

    `sha256` is that of a line `ASSET_ID VERSION LEAF`, sorted, for each file that the office has or had: its
    last entry's number and leaf hash. `unsold` is the stock at the end of the quarter, `reports` are the
    SHA-256 of the lists issued with the close, by name; `position` is the close's own place in the log.
    """

    office: str
    quarter: str
    first_day: date
    last_day: date
    on: date
    known_at: int
    assets: int
    entries: int
    sha256: str
    unsold: Counted
    reports: dict[str, str]
    basis: str | None
    position: int
    recorded_at: AwareDatetime
    actor: str | None


class Closes(Answer):
    """The closes of an office's book, the last first."""

    known_at: int
    office: str
    items: list[Close]


class EntryAfterClose(EntryInBetween):
    """An entry recorded after the close that bears on a day before its end, with the remark it bears."""

    asset_id: UUID
    asset_ref: str
    note: str | None
    remark: str
    remark_vi: str


class AfterClose(Answer):
    """What was entered after a close, in the order of recording; the stock as closed and as known now."""

    office: str
    quarter: str
    last_day: date
    sha256: str
    known_at: list[int]
    unsold: UnsoldBeforeAndAfter
    entries: list[EntryAfterClose]
