"""What offices judge by as it is answered: the same shapes in the CLI and in the API, ready for JSON."""

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic_core import to_jsonable_python

from auctions.domain.event import Recorded
from auctions.domain.office.state import State
from auctions.rules.rulebook import Rulebook
from projections.views import View, entry_view


def rulebook_view(book: Rulebook, on: date | None) -> View:
    """Return a rulebook: its rules, those in force on a day where one is given, and what no file decides."""
    items = [
        {"key": rule.key} | rule.model_dump(mode="json", by_alias=True, exclude_none=True)
        for rule in book.in_force(on)
    ]
    return {"book": book.id, "version": book.version, "items": items, "undecidable": dict(book.undecidable)}


def offices_view(offices: Mapping[str, State]) -> View:
    """Return the offices that have changed their rules, by code; all others judge by `vn` as it stands."""
    items = [
        {
            "office": code,
            "rulebook": state.rulebook,
            "version": state.law.version,
            "limits": [{"rule": rule, "from": day, "limit": number} for rule, day, number in state.limits],
        }
        for code, state in sorted(offices.items())
    ]
    told: View = to_jsonable_python({"items": items})
    return told


def office_view(code: str, recorded: Sequence[Recorded]) -> View:
    """Return an office's file: who chose which rulebook, set which limit or closed which quarter."""
    told: View = to_jsonable_python({"office": code, "entries": [entry_view(line) for line in recorded]})
    return told
