"""What the public sees of an asset: all but references of parties and officers, and who recorded it."""

from typing import Any

from api.who import Who
from auctions.domain.roles import RECORDING, Role
from projections.changes import names_a_party


def sees_parties(who: Who, office: str) -> bool:
    """Tell whether someone sees the parties in a file of an office: auditors do, and the office itself."""
    return who.role == Role.AUDITOR or (who.role in RECORDING and who.office == office)


def as_public(part: Any) -> Any:  # noqa: ANN401 - any part of what is JSON-ready
    """Return what is JSON-ready with null for what the public does not see."""
    match part:
        case dict():
            return {name: None if _hidden(name) else as_public(value) for name, value in part.items()}
        case list():
            return [as_public(each) for each in part]
    return part


def _hidden(name: str) -> bool:
    return name == "actor" or names_a_party(name)
