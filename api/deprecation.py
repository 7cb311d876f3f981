"""Routes that will go: told in the description, and with every answer by RFC 9745 and RFC 8594."""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from fastapi import Depends
from starlette.requests import Request

from api.frame import ADDED


def deprecated(*, since: datetime, sunset: datetime, link: str) -> dict[str, Any]:
    """Return the keywords that mark a route: `@router.get("/x", **deprecated(since=…, sunset=…, link=…))`.

    `since` is when nobody should begin to use it, `sunset` when it may be gone, `link` where is told what to
    use instead.
    """
    headers = [
        (b"deprecation", b"@%d" % since.timestamp()),
        (b"sunset", format_datetime(sunset.astimezone(UTC), usegmt=True).encode()),
        (b"link", f'<{link}>; rel="deprecation"'.encode()),
    ]

    async def told(request: Request) -> None:
        request.scope[ADDED] = headers

    return {"deprecated": True, "dependencies": [Depends(told)]}
