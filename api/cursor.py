"""The place in a list where the next page begins, opaque to clients: the key of the last row they saw."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, TypeVar

import orjson
from pydantic import Field, TypeAdapter

from api.problems import Fault, Problem

Number = Annotated[int, Field(ge=1, lt=2**31)]
"""The number of a row among its asset's."""

_Key = TypeVar("_Key")


def encoded(key: Sequence[object]) -> str:
    """Return the cursor of the page after the row of that key."""
    return urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def decoded(cursor: str | None, keys: TypeAdapter[_Key]) -> _Key | None:
    """Return the key of the last row seen, None for the first page. Raises Problem for what no page gave."""
    if cursor is None:
        return None
    try:
        key = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return keys.validate_json(key, strict=True)
    except (binascii.Error, ValueError) as error:
        raise unknown() from error


def unknown() -> Problem:
    """Return what tells that no page of this list gave the cursor."""
    fault = Fault("cursor", "cursor-unknown", "send the cursor as the page before gave it")
    return Problem("parameter-refused", "not as expected: cursor", [fault])
