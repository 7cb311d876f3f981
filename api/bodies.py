"""Bodies of requests: of the media type that is expected, bounded in size and in time."""

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from api.problems import Problem

MOST = 64 * 1024
"""Bytes of a command's body: an entry of 32 KiB, however its JSON is written."""
_SECONDS = 10.0


def is_json(content_type: str) -> bool:
    """Tell whether a media type, with its parameters, is JSON."""
    return content_type.partition(";")[0].strip().lower() == "application/json"


async def json_body(request: Request) -> bytes:
    """Return a body of JSON. Raises Problem for another media type, one too large or too slow."""
    if not is_json(request.headers.get("content-type", "")):
        raise Problem("media-type-refused", "application/json is expected")
    return await bounded_body(request.receive, int(request.headers.get("content-length", 0)))


async def bounded_body(receive: Receive, announced: int) -> bytes:
    """Return a body of which so many bytes are announced. Raises Problem for one too large or too slow."""
    if announced > MOST:
        raise _too_large()
    try:
        async with asyncio.timeout(_SECONDS):
            return await _received(receive)
    except TimeoutError as error:
        raise Problem("body-too-slow", f"it is expected within {_SECONDS:.0f} seconds") from error


async def _received(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > MOST:
            raise _too_large()
        more = message.get("more_body", False)
    return body


def _too_large() -> Problem:
    return Problem("body-too-large", f"at most {MOST:,} bytes are expected")
