"""What a client prefers to be answered (RFC 7240): headers alone, the asset as it stands, a receipt."""

import re
from typing import Literal

from starlette.requests import Request

PREFER = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": "`return=minimal`: headers alone; `return=representation`: the asset as it stands too; "
    "`wait=5`: the proofs that the entries stand in the signed log, if they do within so many seconds",
    "schema": {"type": "string"},
}
"""How the header is described."""
_RETURN = re.compile(r'(?:^|[,;])\s*return\s*=\s*"?(minimal|representation)"?\s*(?=$|[,;])', re.IGNORECASE)
_WAIT = re.compile(r'(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])', re.IGNORECASE)
_LONGEST = 10
"""Seconds for which a receipt is waited for at most."""

Preference = Literal["minimal", "representation"]
MINIMAL = "return=minimal"
"""How it is told that headers alone were preferred."""


def preferred(request: Request) -> Preference | None:
    """Return what a client prefers, the first where it says several; what is not known is passed over."""
    found = _RETURN.search(", ".join(request.headers.getlist("prefer")))
    if found is None:
        return None
    return "minimal" if found[1].lower() == "minimal" else "representation"


def patience(request: Request) -> int | None:
    """Return for how many seconds a client would wait for a receipt, None where it prefers none."""
    found = _WAIT.search(", ".join(request.headers.getlist("prefer")))
    return min(int(found[1]), _LONGEST) if found else None
