"""Work that reads much and reckons long: in a thread, with a connection of its own, a few at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import psycopg
from anyio import CapacityLimiter, to_thread

from api.database import OPTIONS, QUERY_SECONDS
from api.problems import Problem

_AT_ONCE = 2
"""More would take the interpreter from all who ask little."""

_Worked = TypeVar("_Worked")
Work = Callable[[psycopg.Connection[Any]], _Worked]


class Working:
    """Where such work is done."""

    def __init__(self, url: str, at_once: int = _AT_ONCE) -> None:
        """Take the database, and how much is done at once."""
        self._url = url
        self._turns = CapacityLimiter(at_once)

    async def done(self, work: Work[_Worked]) -> _Worked:
        """Return what `work` makes of a connection in one transaction, all of whose queries see one moment.

        Raises Problem `query-too-long` where others keep it waiting, psycopg.Error.
        """
        async with self._turn():
            return await to_thread.run_sync(self._worked, work)

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[psycopg.Connection[Any]]:
        """Lend such a connection for work that goes on while an answer is sent, for threads to use in turn.

        Raises Problem `query-too-long` where others keep it waiting, psycopg.Error.
        """
        async with self._turn():
            connection = await to_thread.run_sync(self._connected)
            try:
                yield connection
            finally:
                connection.close()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(QUERY_SECONDS):
                await self._turns.acquire_on_behalf_of(turn := object())
        except TimeoutError as error:
            raise Problem(
                "query-too-long", "others ask for as much: try again soon, or ask for less"
            ) from error
        try:
            yield
        finally:
            self._turns.release_on_behalf_of(turn)

    def _worked(self, work: Work[_Worked]) -> _Worked:
        with self._connected() as connection:
            return work(connection)

    def _connected(self) -> psycopg.Connection[Any]:
        connection = psycopg.connect(self._url, options=OPTIONS, connect_timeout=3)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        return connection
