"""Bodies that are sent in: bounded in size and in time, kept in a file that has no name."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

from starlette.requests import ClientDisconnect, Request

from api.problems import Problem

WHOLE = 600.0
"""Seconds that a body may take."""
SILENCE = 20.0
"""Seconds in which the next 64 KiB of it must come."""
_PIECE = 1 << 16


class Upload(NamedTuple):
    """A body: a file open at its beginning, and the SHA-256 of it."""

    file: BinaryIO
    digest: bytes


@asynccontextmanager
async def upload(request: Request, most: int) -> AsyncIterator[Upload]:
    """Lend the body of a request, of at most so many bytes.

    Raises Problem `body-too-large`, `body-too-slow` where it is late; both end the connection.
    """
    if int(request.headers.get("content-length", 0)) > most:
        raise _too_large(most)
    with TemporaryFile() as file:
        try:
            async with asyncio.timeout(WHOLE):
                digest = await _received(request, file, most)
        except (TimeoutError, ClientDisconnect) as error:
            detail = f"all of it within {WHOLE:.0f} s, and each 64 KiB within {SILENCE:.0f} s"
            raise _ending("body-too-slow", detail) from error
        file.seek(0)
        yield Upload(file, digest)


async def _received(request: Request, file: BinaryIO, most: int) -> bytes:
    digest, pieces, due = hashlib.sha256(), request.stream(), 0
    while True:
        due += _PIECE
        async with asyncio.timeout(SILENCE):
            while file.tell() < due:
                piece = await anext(pieces, b"")
                if not piece:
                    return digest.digest()
                if file.tell() + len(piece) > most:
                    raise _too_large(most)
                file.write(piece)
                digest.update(piece)


def _too_large(most: int) -> Problem:
    return _ending("body-too-large", f"at most {most:,} bytes")


def _ending(code: str, detail: str) -> Problem:
    return Problem(code, detail, headers={"Connection": "close"})
