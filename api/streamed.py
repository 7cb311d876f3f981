"""Answers that are sent as they come about, for so long at most; what they hold is let go at the end."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class Streamed(StreamingResponse):
    """An answer sent piece by piece; a reader who takes too long sees that it broke off."""

    def __init__(
        self,
        pieces: AsyncIterator[bytes] | Iterator[bytes],
        held: AsyncExitStack,
        *,
        seconds: float,
        media_type: str,
        headers: Mapping[str, str],
    ) -> None:
        """Take the pieces, what is held for them, and for how many seconds at most."""
        super().__init__(pieces, headers=headers, media_type=media_type)
        self._held, self._seconds = held, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. Raises TimeoutError."""
        async with self._held, asyncio.timeout(self._seconds):
            await super().__call__(scope, receive, send)
