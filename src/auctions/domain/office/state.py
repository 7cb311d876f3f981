"""What rules an office judges by now, and which quarters of its book are closed."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, assert_never

from auctions.domain.asset.law import Law, law
from auctions.domain.office import events as e

DEFAULT = "vn"
"""The rulebook of an office that has chosen none."""


class State(NamedTuple):
    """The rulebook's id, and rule key, first day and number of each limit set, as they were decided.

    `changes` is the number of the file's last entry, `closed` are the last days of the quarters closed.
    """

    rulebook: str = DEFAULT
    limits: tuple[tuple[str, date, int], ...] = ()
    changes: int = 0
    closed: tuple[date, ...] = ()

    @property
    def law(self) -> Law:
        """The law these make; that a book is closed changes nothing of it. Raises RulebookError."""
        return law(self.rulebook, self.limits, self.changes - len(self.closed))


def fold(entries: Iterable[e.OfficeEntry]) -> State:
    """Return the state after an office's entries, in the order of their recording."""
    state = State()
    for entry in entries:
        state = evolve(state, entry)
    return state


def evolve(state: State, entry: e.OfficeEntry) -> State:
    """Return the state after one more entry; another rulebook takes the limits set under the last with it."""
    changes = state.changes + 1
    match entry:
        case e.RulebookChosen():
            kept = state.limits if entry.rulebook == state.rulebook else ()
            return state._replace(rulebook=entry.rulebook, limits=kept, changes=changes)
        case e.LimitOverridden():
            limit = (entry.rule, entry.effective_on, entry.limit)
            return state._replace(limits=(*state.limits, limit), changes=changes)
        case e.BookClosed():
            return state._replace(changes=changes, closed=(*state.closed, entry.last_day))
        case _:
            assert_never(entry)
