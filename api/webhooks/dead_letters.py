"""Dead letters: changes that a receiver did not take on any try, kept until they are retried."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

_LIST = """SELECT webhook_id, url, d.position, asset_id, tries, reason, dead_at
    FROM auctions.deliveries d JOIN auctions.webhooks USING (webhook_id)
    WHERE dead_at IS NOT NULL AND (%(id)s::uuid IS NULL OR webhook_id = %(id)s)
    ORDER BY added_at, webhook_id, d.position"""
_RETRY = """UPDATE auctions.deliveries SET tries = 0, next_try = now(), dead_at = NULL
    WHERE (%(id)s::uuid IS NULL OR webhook_id = %(id)s) AND (%(at)s::bigint IS NULL OR position = %(at)s)"""
_GO_ON = """UPDATE auctions.webhooks SET ended_at = NULL
    WHERE ended_at IS NOT NULL AND (%(id)s::uuid IS NULL OR webhook_id = %(id)s)"""


class DeadLetter(NamedTuple):
    """A change that was not taken: to whom, at which position, how often it was tried and why not last."""

    webhook_id: UUID
    url: str
    position: int
    asset_id: UUID
    tries: int
    reason: str
    dead_at: datetime


def dead_letters(own: psycopg.Connection[Any], webhook_id: UUID | None = None) -> list[DeadLetter]:
    """Return the dead letters of one subscription or of all, in the order of the log."""
    return [DeadLetter(*row) for row in own.execute(_LIST, {"id": webhook_id})]


def retry(own: psycopg.Connection[Any], webhook_id: UUID | None = None, position: int | None = None) -> int:
    """Let dead letters be tried anew and what waits for its next try at once; return how many.

    Of one subscription or all, and only that of one position where it is given. One that ended goes on.
    """
    own.execute(_GO_ON, {"id": webhook_id})
    return own.execute(_RETRY, {"id": webhook_id, "at": position}).rowcount
