"""The deliverer: a courier for each webhook; one deliverer leads at a time."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from api.database import OPTIONS, Connection, Pool, pool
from api.head import Head
from api.listening import POLL, ended
from api.webhooks.courier import Courier
from api.webhooks.queue import PAUSES, subscribed

_LEAD = "SELECT pg_try_advisory_lock(7283005)"
_LOG = logging.getLogger(__name__)

_Tasks = dict[UUID, asyncio.Task[None]]


class Deliverer:
    """Delivers to every webhook of a database."""

    def __init__(self, url: str, pauses: Sequence[float] = PAUSES) -> None:
        """Take the database, and the seconds before each further try of a delivery."""
        self._url = url
        self._pauses = pauses
        self._stopping = threading.Event()

    def run(self) -> None:
        """Run until stopped; a database that is away, or another that leads, is waited out."""
        asyncio.run(self._run())

    def stop(self) -> None:
        """Let `run` return within about a second; what is under way is sent again when one runs anew."""
        self._stopping.set()

    async def _run(self) -> None:
        told = ""
        while not self._stopping.is_set():
            try:
                async with await AsyncConnection.connect(self._url, autocommit=True, options=OPTIONS) as own:
                    await self._lead(own)
            except psycopg.Error as error:
                if str(error) != told:
                    told = str(error)
                    _LOG.warning("the deliverer tries again: %s", told.partition("\n")[0])
                await asyncio.sleep(POLL)

    async def _lead(self, own: Connection) -> None:
        while not self._stopping.is_set():
            if await (await own.execute(_LEAD)).fetchone() == (True,):
                await self._deliver(own)
            else:
                await asyncio.sleep(POLL)

    async def _deliver(self, own: Connection) -> None:
        """Deliver until stopped; the lock goes with this connection, and its loss ends all couriers."""
        head, couriers = Head(self._url), _Tasks()
        async with pool(self._url) as connections, head.heard():
            try:
                while not self._stopping.is_set():
                    await self._employ(own, connections, head, couriers)
                    await asyncio.sleep(POLL)
            finally:
                await asyncio.gather(*map(ended, couriers.values()), return_exceptions=True)

    async def _employ(self, own: Connection, connections: Pool, head: Head, couriers: _Tasks) -> None:
        """Have a courier at work for every webhook and for no other."""
        wanted = await subscribed(own)
        for webhook_id in couriers.keys() - wanted.keys():
            await asyncio.gather(ended(couriers.pop(webhook_id)), return_exceptions=True)
        for webhook_id, asked in wanted.items():
            at_work = couriers.get(webhook_id)
            if at_work and at_work.done():
                _LOG.error("the courier of webhook %s failed", webhook_id, exc_info=at_work.exception())
            if at_work is None or at_work.done():
                courier = Courier(connections, head, self._pauses, asked)
                couriers[webhook_id] = asyncio.create_task(courier.run())
