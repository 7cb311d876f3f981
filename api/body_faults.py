"""What pydantic finds wrong in a body, as faults with the place in the body."""

from pydantic_core import ErrorDetails

from api.problems import Fault


def body_fault(found: ErrorDetails, given: object, within: str = "") -> Fault:
    """Return a fault of what was given; `within` is where that stands in the body.

    The place is a JSON pointer to what was given, or to what is missing: pydantic's own words after it, such
    as the type that was tried, are no part of the body.
    """
    pointer = within
    for part in found["loc"]:
        match given:
            case dict() if part in given or found["type"] == "missing":
                given = given.get(part)
            case list() if isinstance(part, int):
                given = given[part]
            case _:
                break
        pointer += f"/{str(part).replace('~', '~0').replace('/', '~1')}"
    return Fault(None, found["type"].replace("_", "-"), found["msg"], pointer=pointer or "/")
