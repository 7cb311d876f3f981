"""What the API answers about entries that were recorded late."""

from api.models import Answer


class LateRecorder(Answer):
    """Entries of an office by who recorded them, null for all of those who are not named to the reader.

    `recorded_late` are those of the `n` that were recorded more days than asked after their legal day,
    `longest` is the longest delay, in days of the calendar.
    """

    office: str
    actor: str | None
    n: int
    recorded_late: int
    longest: int


class LateEntries(Answer):
    """Who recorded late, of the entries after one position of the log up to another."""

    known_at: int
    after: int
    days: int
    items: list[LateRecorder]
