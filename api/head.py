"""The log's last position as this process heard of it: every entry wakes who waits for more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from psycopg import AsyncConnection

from api.database import head
from api.listening import ended, listen

_REST = 0.1
"""Seconds from one look to the next: a burst of entries wakes everybody once."""


class Head:
    """Where the log ends, and whether those who wait are to end too."""

    def __init__(self, url: str) -> None:
        """Take the database."""
        self._url = url
        self._position = 0
        self._changed = asyncio.Event()
        self.ended = False

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[None]:
        """Listen for entries meanwhile."""
        listening = asyncio.create_task(listen(self._url, "auctions_entries", self._look, lambda: None))
        try:
            yield
        finally:
            await ended(listening)

    async def _look(self, own: AsyncConnection) -> None:
        self._position = await head(own)
        self._wake()
        await asyncio.sleep(_REST)

    async def beyond(self, position: int, seconds: float) -> None:
        """Return when the log has more than up to a position, after some seconds in any case."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._position <= position and not self.ended:
                    await self._changed.wait()

    def end(self) -> None:
        """Let all who wait return, and no one wait any more."""
        self.ended = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
