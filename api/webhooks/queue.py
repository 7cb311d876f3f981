"""Deliveries under way: what waits for a receiver, what is due, what became of a try."""

from collections.abc import Sequence
from random import uniform
from typing import NamedTuple
from uuid import UUID

from api.changes import page
from api.database import Connection
from api.webhooks.sending import AT_ONCE, Untaken
from api.webhooks.subscriptions import COLUMNS, Subscription

PAUSES = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds before the second try and each one after, three days and three hours altogether."""
_MOST = 1000
"""Deliveries that wait for one receiver at most; the rest of the log waits where it is."""
_LIMIT = 100

_ALL = f"SELECT {COLUMNS}, secret FROM auctions.webhooks WHERE ended_at IS NULL"  # noqa: S608 - constants
_END = "UPDATE auctions.webhooks SET ended_at = now() WHERE webhook_id = %s"
_WAITING = "SELECT count(*) FROM auctions.deliveries WHERE webhook_id = %s AND dead_at IS NULL"
_PLACE = "SELECT position FROM auctions.webhooks WHERE webhook_id = %s FOR UPDATE"
_MOVE = "UPDATE auctions.webhooks SET position = %s WHERE webhook_id = %s"
_INSERT = "INSERT INTO auctions.deliveries (webhook_id, position, asset_id) VALUES (%s, %s, %s)"
_DUE = """SELECT position, tries FROM (
        SELECT DISTINCT ON (asset_id) d.position, tries, next_try
        FROM auctions.deliveries d JOIN auctions.webhooks USING (webhook_id)
        WHERE webhook_id = %s AND dead_at IS NULL AND ended_at IS NULL
        ORDER BY asset_id, d.position) of_assets
    WHERE next_try <= now() ORDER BY next_try, position LIMIT %s"""
_TAKEN = "DELETE FROM auctions.deliveries WHERE webhook_id = %s AND position = ANY(%s)"
_NOT_TAKEN = """UPDATE auctions.deliveries SET tries = tries + 1, reason = %(reason)s,
        next_try = now() + make_interval(secs => coalesce(%(pause)s, 0)),
        dead_at = CASE WHEN %(pause)s::float8 IS NULL THEN now() END
    WHERE webhook_id = %(id)s AND position = %(position)s"""


class Delivery(NamedTuple):
    """A change that is to be delivered now, and how often it was tried."""

    position: int
    tries: int


async def subscribed(own: Connection) -> dict[UUID, tuple[Subscription, str]]:
    """Return every subscription that has not ended, with its secret."""
    rows = await (await own.execute(_ALL)).fetchall()
    return {row[0]: (Subscription(*row[:-1]), row[-1]) for row in rows}


async def fill(own: Connection, asked: Subscription) -> int | None:
    """Take the next changes of the log for a receiver, unless too many wait.

    Return up to which position that was done, None where nothing can be taken. Raises PoisonedEvent.
    """
    waiting = await (await own.execute(_WAITING, [asked.webhook_id])).fetchone()
    if waiting is None or waiting[0] >= _MOST:
        return None
    async with own.transaction():
        place = await (await own.execute(_PLACE, [asked.webhook_id])).fetchone()
        if place is None:
            return None
        told = await page(own, asked.wanted, place[0], _LIMIT)
        lines = [(asked.webhook_id, each.position, each.asset_id) for each in told.items]
        async with own.cursor() as cursor:
            await cursor.executemany(_INSERT, lines)
        if told.position > place[0]:
            await own.execute(_MOVE, [told.position, asked.webhook_id])
    return told.position


async def due(own: Connection, webhook_id: UUID) -> list[Delivery]:
    """Return what is to be tried now: the first that waits of each of some assets, nothing to who is gone."""
    return [Delivery(*row) for row in await (await own.execute(_DUE, [webhook_id, AT_ONCE])).fetchall()]


async def taken(own: Connection, webhook_id: UUID, deliveries: Sequence[Delivery]) -> None:
    """Forget what was taken."""
    await own.execute(_TAKEN, [webhook_id, [each.position for each in deliveries]])


async def not_taken(
    own: Connection, webhook_id: UUID, tried: Delivery, untaken: Untaken, pauses: Sequence[float]
) -> None:
    """Let a delivery wait for its next try, or be a dead letter after the last.

    It waits as long as the receiver asks for, and a little more than others that failed at the same moment.
    A receiver that is gone is delivered to no more.
    """
    later = uniform(1, 1.1)  # noqa: S311 - spreads what failed together, hides nothing
    pause = pauses[tried.tries] * later if tried.tries < len(pauses) else None
    params = {
        "reason": untaken.reason,
        "pause": pause and max(pause, untaken.pause),
        "id": webhook_id,
        "position": tried.position,
    }
    await own.execute(_NOT_TAKEN, params)
    if untaken.gone:
        await own.execute(_END, [webhook_id])
