"""The assets that stand in an office's registers for a quarter, as they were at its end."""

from typing import Any

import psycopg

from auctions.domain.asset.state import State, fold
from auctions.domain.office.events import BookClosed
from projections.log import files, files_under, numbered

_FILES = 1000


def registered(connection: psycopg.Connection[Any], close: BookClosed) -> list[State]:
    """Return the assets that the office had in the quarter of a close, as known then, in order of seizure.

    Each is as it stood at the end of the quarter; what had left before the quarter began is not among them.
    """
    ids = files_under(connection, [close.office], close.known_at)
    found: list[tuple[tuple[Any, ...], State]] = []
    for start in range(0, len(ids), _FILES):
        for events in files(connection, ids[start : start + _FILES], close.known_at).values():
            state = fold(numbered(events), until=close.last_day)
            if state.seized and state.office == close.office and not _left_before(state, close):
                key = (state.seized.on, state.seized.asset_ref, state.seized.office)
                found.append((key, state))
    return [state for _, state in sorted(found, key=lambda line: line[0])]


def _left_before(state: State, close: BookClosed) -> bool:
    return state.exited_on is not None and state.exited_on < close.first_day
