"""The Idempotency-Key: what is sent again under the same one is done once."""

import re
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from api.problems import Fault, Problem

_FORM = re.compile(r"[\x21-\x7e]{1,255}")
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A key of the sender's own, such as a UUID, and the same one when it is sent again",
    "schema": {"type": "string", "pattern": f"^{_FORM.pattern}$"},
}
"""How the header is described."""


async def _sent(request: Request) -> str:
    key = request.headers.get("idempotency-key")
    if key is None:
        raise Problem("idempotency-key-needed", "send a key of your own, and the same one when sending again")
    if not _FORM.fullmatch(key):
        expected = "1 to 255 visible characters are expected"
        fault = Fault("idempotency-key", "string-pattern-mismatch", expected)
        raise Problem("parameter-refused", f"not as expected: {fault.parameter}", [fault])
    return key


IdempotencyKey = Annotated[str, Depends(_sent)]
"""The key of a request, as a route takes it."""
