"""Connections of our own, for what is asked thousands of times a second: libpq's asynchronous interface.

psycopg makes them; what is asked then goes by libpq itself, as a cursor costs more than the query.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection, pq
from psycopg.pq.abc import PGresult

from api.database import OPTIONS, QUERY_SECONDS, WAIT

_Awaited = TypeVar("_Awaited")
_SIZE = 8
_OPTIONS = f"{OPTIONS} -c max_parallel_workers_per_gather=0"
"""What is asked so often has no worker to spare, and its rows keep their order."""
_STATEMENTS = 100
"""Statements that a connection keeps prepared."""


class Connections:
    """A few connections, each made when it is needed; one that failed in any way is let go."""

    def __init__(self, url: str, size: int = _SIZE) -> None:
        """Take the database, and how many connections there are at most."""
        self._url = url
        self._free: list[_Connection] = []
        self._turns = asyncio.Semaphore(size)

    async def ask(self, query: bytes) -> PGresult:
        """Return what a query without parameters finds, fields as text; it is prepared where it was not yet.

        Raises psycopg.Error; OperationalError when no connection can be had, or none that answers.
        """
        if self._turns.locked():
            await _within(WAIT, self._turns.acquire(), "no connection is free")
        else:
            await self._turns.acquire()
        try:
            return await self._asked(query)
        finally:
            self._turns.release()

    async def _asked(self, query: bytes) -> PGresult:
        own = await self._connected()
        try:
            found = await own.ask(query)
        except BaseException:
            await own.close()
            raise
        self._free.append(own)
        return found

    async def _connected(self) -> "_Connection":
        while self._free:
            own = self._free.pop()
            if own.alive:
                return own
            await own.close()
        making = AsyncConnection.connect(self._url, autocommit=True, options=_OPTIONS)
        return _Connection(await _within(WAIT, making, "no connection is made"))

    async def close(self) -> None:
        """Let go of the connections."""
        while self._free:
            await self._free.pop().close()


async def _within(seconds: float, awaited: Awaitable[_Awaited], otherwise: str) -> _Awaited:
    try:
        async with asyncio.timeout(seconds):
            return await awaited
    except TimeoutError as error:
        raise psycopg.OperationalError(otherwise) from error


class _Connection:
    """One connection, asked one thing at a time."""

    def __init__(self, own: AsyncConnection[Any]) -> None:
        self._own, self._libpq, self._socket = own, own.pgconn, own.pgconn.socket
        self._loop = asyncio.get_running_loop()
        self._names: dict[bytes, bytes] = {}
        self._results: list[PGresult] = []
        self._answered = self._loop.create_future()
        self.alive = True
        self._loop.add_reader(self._socket, self._read)

    async def ask(self, query: bytes) -> PGresult:
        self._libpq.send_query_prepared(self._names.get(query) or await self._prepared(query), None)
        return await self._result()

    async def _prepared(self, query: bytes) -> bytes:
        if len(self._names) == _STATEMENTS:
            self._names.clear()
            self._libpq.send_query(b"DEALLOCATE ALL")
            await self._result()
        name = b"q%d" % len(self._names)
        self._libpq.send_prepare(name, query)
        await self._result()
        self._names[query] = name
        return name

    async def _result(self) -> PGresult:
        self._answered, self._results = self._loop.create_future(), []
        silence = psycopg.OperationalError("the database does not answer")
        late = self._loop.call_later(QUERY_SECONDS + WAIT, self._lost, silence)
        self._write()
        try:
            await self._answered
        finally:
            late.cancel()
        result = self._results[0]
        if result.status not in {pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK}:
            raise psycopg.errors.error_from_result(result)
        return result

    def _write(self) -> None:
        """Send what is not sent yet, now and whenever the socket takes more."""
        if self._libpq.flush():
            self._loop.add_writer(self._socket, self._write)
        else:
            self._loop.remove_writer(self._socket)

    def _read(self) -> None:
        try:
            self._libpq.consume_input()
            while not self._libpq.is_busy():
                result = self._libpq.get_result()
                if result is None:
                    self._done()
                    return
                self._results.append(result)
        except psycopg.OperationalError as error:
            self._lost(error)

    def _done(self) -> None:
        if not self._answered.done():
            self._answered.set_result(None)

    def _lost(self, error: psycopg.OperationalError) -> None:
        self._forget()
        if not self._answered.done():
            self._answered.set_exception(error)

    def _forget(self) -> None:
        if self.alive:  # later the number of the socket may be another's
            self.alive = False
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)

    async def close(self) -> None:
        self._forget()
        await self._own.close()
