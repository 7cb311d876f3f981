"""What a client prefers to be answered (RFC 7240): nothing but headers, or the asset as it stands then."""

import re
from typing import Literal

from starlette.requests import Request

PREFER = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": "`return=minimal`: headers alone; `return=representation`: the asset as it stands too",
    "schema": {"type": "string"},
}
"""How the header is described."""
_RETURN = re.compile(r'(?:^|[,;])\s*return\s*=\s*"?(minimal|representation)"?\s*(?=$|[,;])', re.IGNORECASE)

Preference = Literal["minimal", "representation"]


def preferred(request: Request) -> Preference | None:
    """Return what a client prefers, the first where it says several; what is not known is passed over."""
    found = _RETURN.search(", ".join(request.headers.getlist("prefer")))
    if found is None:
        return None
    return "minimal" if found[1].lower() == "minimal" else "representation"
