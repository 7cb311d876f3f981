"""The courier of one receiver: delivers its changes of the log, those of an asset in order."""

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import aclosing

import orjson
import psycopg

from api.changes import as_json, only
from api.database import Connection, Pool
from api.head import Head
from api.listening import POLL
from api.webhooks.queue import Delivery, due, fill, not_taken, taken
from api.webhooks.sending import Sender, Untaken
from api.webhooks.signing import signed
from api.webhooks.subscriptions import Subscription
from projections.changes import Change
from projections.log import PoisonedEvent

_LOG = logging.getLogger(__name__)


class Courier:
    """Delivers to one receiver until cancelled; what is slow there keeps nobody else."""

    def __init__(
        self, pool: Pool, head: Head, pauses: Sequence[float], asked: tuple[Subscription, str]
    ) -> None:
        """Take the database, what wakes, the pauses between tries in seconds, the webhook and its secret."""
        self._pool, self._head, self._pauses = pool, head, pauses
        self._subscription, self._secret = asked
        self._told = ""

    async def run(self) -> None:
        """Deliver; a database that is away, or an entry that cannot be read, is waited out."""
        url, allow_private = self._subscription.url, self._subscription.allow_private
        async with aclosing(Sender(url, allow_private=allow_private)) as sender:
            while True:
                try:
                    await self._turn(sender)
                except (psycopg.Error, PoisonedEvent) as error:
                    self._tell(error)
                    await asyncio.sleep(POLL)

    def _tell(self, error: Exception) -> None:
        if str(error) != self._told:
            self._told = str(error)
            line = self._told.partition("\n")[0]
            _LOG.warning("webhook %s waits: %s", self._subscription.webhook_id, line)

    async def _turn(self, sender: Sender) -> None:
        async with self._pool.connection() as own:
            place = await fill(own, self._subscription)
            found = await due(own, self._subscription.webhook_id)
            changes = [await only(own, each.position) for each in found]
        if found:
            untaken = await asyncio.gather(*[self._tried(sender, change) for change in changes])
            async with self._pool.connection() as own:
                await self._settle(own, found, untaken)
        elif place is None:
            await asyncio.sleep(POLL)
        else:
            await self._head.beyond(place, POLL)

    async def _settle(
        self, own: Connection, tried: Sequence[Delivery], found: Sequence[Untaken | None]
    ) -> None:
        webhook_id, told = self._subscription.webhook_id, list(zip(tried, found, strict=True))
        await taken(own, webhook_id, [delivery for delivery, untaken in told if untaken is None])
        for delivery, untaken in told:
            if untaken is not None:
                await not_taken(own, webhook_id, delivery, untaken, self._pauses)

    async def _tried(self, sender: Sender, change: Change) -> Untaken | None:
        body = message(change)
        message_id = f"msg_{self._subscription.webhook_id.hex}_{change.position}"
        return await sender.tried(signed(self._secret, message_id, int(time.time()), body), body)


def message(change: Change) -> bytes:
    """Return the body that tells of a change, the same on every try."""
    about = {"type": f"asset.{change.entry}", "timestamp": change.recorded_at}
    head = orjson.dumps(about, option=orjson.OPT_UTC_Z)[:-1]
    return b'%b,"data":%b}' % (head, as_json(change))
