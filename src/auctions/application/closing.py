"""Recording that an office's book is closed for a quarter."""

from datetime import date
from uuid import UUID

from auctions.application.recording import Actor, today
from auctions.domain.errors import StaleFile
from auctions.domain.office.decisions import check
from auctions.domain.office.events import BookClosed, office_id
from auctions.domain.office.state import fold
from auctions.store.port import Command, Store

_TRIES = 5


def close_book(
    store: Store,
    entry: BookClosed,
    *,
    open_since: date | None,
    by: Actor,
    command_id: UUID,
    request_id: str = "",
) -> int:
    """Record a close in the office's file and return its position; `open_since` is as `check` takes it.

    Raises Refused: StaleFile only where others keep writing to that file.
    """
    stream_id = office_id(entry.office)
    envelope = by.envelope(command_id, request_id)
    tries = _TRIES
    while True:
        lines = store.lines([stream_id])[stream_id]
        check(fold([line for _, line in lines]), entry, today=today(), open_since=open_since)  # type: ignore[misc]  # files of offices hold office entries
        try:
            return store.append(Command(stream_id, len(lines), (entry,), envelope)).positions[-1]
        except StaleFile:
            tries -= 1
            if not tries:
                raise
