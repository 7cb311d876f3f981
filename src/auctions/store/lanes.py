"""Groups of commands appended from an event loop, if what they were decided on still stands.

One round trip a group, and no thread: on one processor, two threads that take turns cost as much as the work.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection, generators, pq

from auctions.store.connect import SETTINGS
from auctions.store.group import AS_KNOWN, QUERY_AS_KNOWN, Answer, Standing, Write, answers, arrays, checked

_Connection = AsyncConnection[tuple[Any, ...]]


class Lanes:
    """Connections on each of which one group at a time is sent; there are as many as were needed at once."""

    def __init__(self, url: str) -> None:
        """Take the database, which is reached by the first group."""
        self._url = url
        self._free: list[_Connection] = []

    async def send(self, writes: Sequence[Write], standing: Standing) -> list[tuple[Answer, bytes]] | None:
        """Return the answers to a fitting group, each with the leaf hash of the command's first entry.

        None where nothing was appended: what it was decided on does not stand any more.

        Raises psycopg.Error; where the connection was lost, nobody knows whether the group was appended.
        """
        values = standing.columns + arrays(writes)
        formats = [pq.Format.BINARY] * len(values)
        async with self._lent() as connection:
            connection.pgconn.send_query_prepared(AS_KNOWN, values, formats, pq.Format.BINARY)
            result = await _told(connection)
        leaves = [result.get_value(row, 3) or b"" for row in range(result.ntuples)]
        return list(zip(answers(result), leaves, strict=True)) or None

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[_Connection]:
        connection = self._free.pop() if self._free else await self._opened()
        try:
            yield connection
        except BaseException:
            await connection.close()
            raise
        self._free.append(connection)

    async def _opened(self) -> _Connection:
        connection = await AsyncConnection.connect(self._url, autocommit=True, options=SETTINGS)
        try:
            connection.pgconn.send_prepare(AS_KNOWN, QUERY_AS_KNOWN)
            await _told(connection)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def close(self) -> None:
        """Let go of the connections; the next group makes another."""
        while self._free:
            await self._free.pop().close()


async def _told(connection: _Connection) -> pq.abc.PGresult:
    results: list[pq.abc.PGresult] = await connection.wait(generators.execute(connection.pgconn))
    checked(connection, results[0])
    return results[0]
