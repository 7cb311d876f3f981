"""The feed as server-sent events: a bounded number of streams; each asks for a page when it sent the last."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

import psycopg
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.changes import Page, as_json, page
from api.database import connected
from api.head import Head
from api.problems import RETRY_AFTER, Problem
from projections.changes import Change, Filter
from projections.log import PoisonedEvent

MEDIA_TYPE = "text/event-stream"
EVENT = {"type": "object", "properties": {name: {"type": "string"} for name in ("event", "id", "data")}}
"""How each event of a stream is described."""
STREAMS = 200
"""How many streams are open at most in a process."""
STREAMS_EACH = 10
"""How many of them one client's address may have."""
HEARTBEAT = 15.0
"""Seconds after which a stream tells that it is alive."""
_PATIENCE = 60.0
"""Seconds after which a client that takes nothing is let go."""
_LIMIT = 100
"""Changes that a stream has in memory at most, beside the rest of a command."""
_AT_ONCE = 2
"""Streams that ask the database at the same time: its other connections are for those who wait."""


class Streams:
    """The open streams of this process."""

    def __init__(self, head: Head) -> None:
        """Take what wakes them."""
        self.head = head
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._open: Counter[str] = Counter()
        self._asking: dict[tuple[Filter, int], asyncio.Task[Page]] = {}

    @contextmanager
    def one(self, address: str) -> Iterator[None]:
        """Count one more stream of a client meanwhile.

        Raises Problem: `too-many-streams` of that address, `no-stream-free` in this process.
        """
        if self._open[address] >= STREAMS_EACH:
            told = f"{STREAMS_EACH} streams are open from this address: end one first"
            raise Problem("too-many-streams", told, headers={"Retry-After": str(RETRY_AFTER)})
        if self._open.total() >= STREAMS:
            raise Problem("no-stream-free", f"all {STREAMS} streams are taken: try again, or ask for pages")
        self._open[address] += 1
        try:
            yield
        finally:
            self._open -= Counter([address])

    async def page(self, app: Starlette, wanted: Filter, after: int) -> Page:
        """Return the next page; streams that ask alike at one moment, as all that follow do, ask once."""
        asked = wanted, after
        if asked not in self._asking:
            asking = self._asking[asked] = asyncio.create_task(self._read(app, *asked))
            asking.add_done_callback(lambda done: self._forget(asked, done))
        return await asyncio.shield(self._asking[asked])

    def _forget(self, asked: tuple[Filter, int], done: asyncio.Task[Page]) -> None:
        del self._asking[asked]
        if not done.cancelled():
            done.exception()  # whoever asked may be gone: it is no error then

    async def _read(self, app: Starlette, wanted: Filter, after: int) -> Page:
        async with self._turns, connected(app) as connection:
            return await page(connection, wanted, after, _LIMIT)


class ChangeStream(StreamingResponse):
    """An answer that goes on until the client or the service ends it.

    It ends early, to be resumed by Last-Event-ID, when the database is away or an entry cannot be read.
    """

    media_type = MEDIA_TYPE

    def __init__(self, app: Starlette, address: str, wanted: Filter, after: int) -> None:
        """Take the application, the client's address, the changes asked for and the last position it has."""
        self._streams: Streams = app.state.streams
        self._address = address
        headers = {"Cache-Control": "no-cache", "Vary": "Accept", "X-Accel-Buffering": "no"}
        super().__init__(_events(app, wanted, after), headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; raises Problem before anything is sent where too many streams are open."""

        async def patient(message: MutableMapping[str, Any]) -> None:
            async with asyncio.timeout(_PATIENCE):
                await send(message)

        with self._streams.one(self._address), suppress(TimeoutError):
            await super().__call__(scope, receive, patient)


async def _events(app: Starlette, wanted: Filter, after: int) -> AsyncIterator[bytes]:
    streams: Streams = app.state.streams
    yield b"retry: 1000\n\n"
    position, due = after, monotonic() + HEARTBEAT
    while not streams.head.ended:
        try:
            told = await streams.page(app, wanted, position)
        except (psycopg.Error, PoisonedEvent):
            return
        position = told.position
        for change in told.items:
            yield _event(change)
        if told.items or monotonic() >= due:
            yield _heartbeat(position)
            due = monotonic() + HEARTBEAT
        if not told.more:
            await streams.head.beyond(position, due - monotonic())


def _event(change: Change) -> bytes:
    return b"id: %d\ndata: %b\n\n" % (change.position, as_json(change))


def _heartbeat(position: int) -> bytes:
    """Return a comment and the position read so far, whatever was found: from there a client resumes."""
    return b": alive\nid: %d\n\n" % position
