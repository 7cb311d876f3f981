"""A connection that listens: what is told only wakes, what counts is read."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import psycopg
from psycopg import AsyncConnection

from api.database import OPTIONS

POLL = 1.0
"""Seconds between looks when nothing is told."""
SILENCE = 1.0
"""Seconds after which a database that does not answer counts as lost."""

Look = Callable[[AsyncConnection], Awaitable[None]]


async def ended(task: asyncio.Task[None]) -> None:
    """Cancel a task until it has ended.

    One cancellation may be lost: before Python 3.12 `asyncio.wait_for`, by which psycopg waits, returns what
    comes at the same moment instead.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=POLL / 10)
    if not task.cancelled() and (error := task.exception()):
        raise error


async def listen(url: str, channel: str, look: Look, lost: Callable[[], None]) -> None:
    """Look at once and after every notice on a channel, at least once a second, until cancelled.

    A connection that is lost is told to `lost` and made anew.
    """
    while True:
        with suppress(psycopg.Error, TimeoutError):
            await _listen(url, channel, look, lost)
        await asyncio.sleep(POLL / 10)


async def _listen(url: str, channel: str, look: Look, lost: Callable[[], None]) -> None:
    try:
        async with asyncio.timeout(SILENCE):
            own = await AsyncConnection.connect(url, autocommit=True, options=OPTIONS)
        async with own:
            await own.execute(f"LISTEN {channel}".encode())
            while True:
                async with asyncio.timeout(SILENCE):
                    await look(own)
                async for _ in own.notifies(timeout=POLL, stop_after=1):
                    pass  # many notices make one look
    finally:
        lost()
