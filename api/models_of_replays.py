"""What the API answers about how a file grew."""

from datetime import date
from typing import Any
from uuid import UUID

from api.models import Answer, TimedFile
from api.models_of_laws import EntryInBetween, RestatedState
from api.models_of_steps import BrokenRule


class Change(Answer):
    """A part of the asset's state, as it was known before an entry was recorded and after.

    `round` is the number of the round under way, `round_3` the result of the third.
    """

    field: str
    before: Any
    after: Any


class Strike(Answer):
    """The entry that strikes another."""

    entry_no: int
    actor: str | None
    on: date
    basis: str
    reason: str
    approved_by: str | None


class ReplayedEntry(EntryInBetween):
    """One entry, who recorded it, and what became of the file then.

    `late` tells that its legal day is before the last one that the file had then. What one command records
    (`together`) is known at once and changes the state with its last entry. `findings` are what the law finds
    in it, or by it in an entry before it; `lifted` are findings that no longer hold.
    """

    office: str
    words: str
    words_vi: str
    approved_by: str | None
    late: bool
    together: list[int]
    struck_by: Strike | None
    changes: list[Change]
    findings: list[BrokenRule]
    lifted: list[BrokenRule]


class Replay(TimedFile):
    """How an asset's file grew, entry by entry, in the order of recording; the next page's cursor."""

    asset_ref: str
    entries: list[ReplayedEntry]
    next: str | None


class Difference(Answer):
    """What became known of an asset and a legal day between two positions of the log.

    `before` or `after` is null where the asset was not known as seized; findings `came` and `went`, each
    knowledge judged by the law that offices had set by then.
    """

    as_of: date
    known_at: list[int]
    asset_id: UUID
    asset_ref: str
    before: RestatedState | None
    after: RestatedState | None
    entries: list[ReplayedEntry]
    came: list[BrokenRule]
    went: list[BrokenRule]
