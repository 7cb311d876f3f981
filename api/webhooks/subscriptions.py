"""Subscriptions: who wants which changes, where to. The database keeps the secret as it is: it signs."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_address
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx2
import psycopg

from api.webhooks.addresses import is_public
from api.webhooks.signing import Sign, new_secret, public_key
from auctions.domain.errors import Refused
from projections import log
from projections.changes import Filter

_LONGEST = 2000
COLUMNS = "webhook_id, url, office, kind, entries, allow_private, position, added_at, ended_at"
_INSERT = """INSERT INTO auctions.webhooks
    (webhook_id, url, secret, office, kind, entries, allow_private, position)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""
_LIST = f"""SELECT {COLUMNS}, secret,
    (SELECT count(*) FROM auctions.deliveries d WHERE d.webhook_id = w.webhook_id AND dead_at IS NULL),
    (SELECT count(*) FROM auctions.deliveries d WHERE d.webhook_id = w.webhook_id AND dead_at IS NOT NULL)
    FROM auctions.webhooks w ORDER BY added_at, webhook_id"""  # noqa: S608 - constants
_DELETE = "DELETE FROM auctions.webhooks WHERE webhook_id = %s"


class Subscription(NamedTuple):
    """A receiver's address and what it asked for; up to `position` the log was looked through for it.

    It has ended where the receiver answered that it is gone.
    """

    webhook_id: UUID
    url: str
    office: str | None
    kind: str | None
    entries: list[str]
    allow_private: bool
    position: int
    added_at: datetime
    ended_at: datetime | None

    @property
    def wanted(self) -> Filter:
        """Return which changes it asked for."""
        return Filter(self.office, self.kind, tuple(self.entries))


class Listed(NamedTuple):
    """A subscription, the public key if it is signed by one, how many deliveries wait or are dead."""

    subscription: Subscription
    public_key: str | None
    waiting: int
    dead: int


def add(
    own: psycopg.Connection[Any],
    url: str,
    wanted: Filter,
    *,
    after: int | None,
    allow_private: bool,
    sign: Sign = Sign.HMAC,
) -> tuple[UUID, str]:
    """Subscribe an address to changes after a position, by default after the last; return id and secret.

    Raises Refused `url-refused` for an address nothing can be delivered to.
    """
    _check(url, allow_private=allow_private)
    webhook_id, secret = uuid4(), new_secret(sign)
    position = log.head(own) if after is None else after
    own.execute(
        _INSERT,
        [webhook_id, url, secret, wanted.office, wanted.kind, list(wanted.entries), allow_private, position],
    )
    return webhook_id, secret


def subscriptions(own: psycopg.Connection[Any]) -> list[Listed]:
    """Return all subscriptions in the order they were added."""
    return [
        Listed(Subscription(*about), public_key(secret), waiting, dead)
        for *about, secret, waiting, dead in own.execute(_LIST)
    ]


def remove(own: psycopg.Connection[Any], webhook_id: UUID) -> None:
    """End a subscription; what waits and its dead letters go with it. Raises Refused `unknown-webhook`."""
    if not own.execute(_DELETE, [webhook_id]).rowcount:
        raise unknown(webhook_id)


def unknown(webhook_id: UUID) -> Refused:
    """Return what tells that there is no such subscription."""
    return Refused("unknown-webhook", f"no webhook {webhook_id}: see `auctions webhooks list`")


def _check(url: str, *, allow_private: bool) -> None:
    try:
        asked = httpx2.URL(url)
        port = asked.port
    except (httpx2.InvalidURL, ValueError) as error:
        raise Refused("url-refused", f"{url} is no address: {error}") from error
    schemes: Sequence[str] = ("https", "http") if allow_private else ("https",)
    if asked.scheme not in schemes or not asked.host or port == 0 or len(url) > _LONGEST:
        raise Refused(
            "url-refused", f"expected {' or '.join(schemes)}://HOST/… of at most {_LONGEST} characters"
        )
    if asked.userinfo or asked.fragment:
        raise Refused("url-refused", "an address with a password or a fragment is not taken")
    with suppress(ValueError):
        if not allow_private and not is_public(ip_address(asked.host)):
            raise Refused("url-refused", f"{asked.host} is not a public address: --allow-private allows it")
