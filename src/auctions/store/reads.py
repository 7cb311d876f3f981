"""Reads from a pool that outlives the server's going and coming."""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from auctions.store.connect import SETTINGS, no_database


class Reads:
    """Asks one database from any number of threads."""

    def __init__(self, url: str) -> None:
        """Open up to eight connections to `url`, as the service."""
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=8,
            open=True,
            timeout=3,
            reconnect_timeout=1,
            kwargs={"options": SETTINGS, "autocommit": True},
        )

    def rows(self, query: str, params: Sequence[object]) -> list[Any]:
        """Return the rows of a query. Raises NoDatabase."""
        try:
            return self._rows(query, params)
        except PoolTimeout as error:
            raise no_database(error) from error
        except psycopg.OperationalError:
            self._pool.check()  # a server that went and came left dead connections in the pool
        try:
            return self._rows(query, params)
        except psycopg.OperationalError as error:
            raise no_database(error) from error

    def _rows(self, query: str, params: Sequence[object]) -> list[Any]:
        with self._pool.connection() as connection:
            return connection.execute(query.encode(), params, binary=True).fetchall()

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.close()
