"""The place in a list where the next page begins, opaque to clients."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

import orjson
from pydantic import TypeAdapter

from api.problems import Fault, Problem
from auctions.domain.event import Reference

_KEY = TypeAdapter(tuple[Reference, UUID])


def encoded(asset_ref: str, asset_id: UUID) -> str:
    """Return the cursor of the page after the given last row."""
    return urlsafe_b64encode(orjson.dumps((asset_ref, asset_id))).decode().rstrip("=")


def decoded(cursor: str) -> tuple[str, UUID]:
    """Return reference and id of the last row seen. Raises Problem for what no page has given."""
    try:
        key = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return _KEY.validate_json(key)
    except (binascii.Error, ValueError) as error:
        fault = Fault("cursor", "cursor-unknown", "send the cursor as the page before gave it")
        raise Problem("parameter-refused", "not as expected: cursor", [fault]) from error
