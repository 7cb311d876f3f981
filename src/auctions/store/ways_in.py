"""Who still gets in: an administrator does not take the last way from themselves."""

from typing import Any

import psycopg

from auctions.domain.errors import Refused
from auctions.store import keys, users
from auctions.store.keys import Key
from auctions.store.users import User

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7283021)"
_LEFT = """SELECT EXISTS (SELECT FROM auctions.users
        WHERE user_name = %(actor)s AND role = 'administrator' AND disabled_at IS NULL)
    OR EXISTS (SELECT FROM auctions.keys
        WHERE actor = %(actor)s AND role = 'administrator' AND revoked_at IS NULL AND expires_at > now())"""


def disable(own: psycopg.Connection[Any], user: str, *, by: str) -> User:
    """Let a user sign in no longer. Raises Refused for none, or where `by` would get in no more."""
    with own.transaction():
        own.execute(_ONE_AT_A_TIME)
        changed = users.disable(own, user)
        _refuse_last(own, changed.user, by)
    return changed


def revoke(own: psycopg.Connection[Any], key_id: str, *, by: str) -> Key:
    """Let a key hold no longer. Raises Refused for none, or where `by` would get in no more."""
    with own.transaction():
        own.execute(_ONE_AT_A_TIME)
        changed = keys.revoke(own, key_id)
        _refuse_last(own, changed.actor, by)
    return changed


def _refuse_last(own: psycopg.Connection[Any], whose: str, by: str) -> None:
    if whose == by and own.execute(_LEFT, {"actor": by}).fetchone() == (False,):
        raise Refused("own-way-in", f"it is the last way in of {by}, who does this")
