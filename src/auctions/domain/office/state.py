"""What rules an office judges by now."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, assert_never

from auctions.domain.asset.law import Law, law
from auctions.domain.office import events as e

DEFAULT = "vn"
"""The rulebook of an office that has chosen none."""


class State(NamedTuple):
    """The rulebook's id, and rule key, first day and number of each limit set, as they were decided."""

    rulebook: str = DEFAULT
    limits: tuple[tuple[str, date, int], ...] = ()
    changes: int = 0

    @property
    def law(self) -> Law:
        """The law these make. Raises RulebookError."""
        return law(*self)


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
            return State(entry.rulebook, kept, changes)
        case e.LimitOverridden():
            limit = (entry.rule, entry.effective_on, entry.limit)
            return State(state.rulebook, (*state.limits, limit), changes)
        case _:
            assert_never(entry)
