"""Keys by which programs and people ask: 256 random bits, of which only the SHA-256 is kept."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import psycopg

from auctions.domain.errors import Refused

OWNER = "-c search_path=auctions,public -c role=auctions_owner -c timezone=UTC"
"""The rights of the owner, with which the command line makes keys and users."""
_TOKEN = re.compile(r"auk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_COLUMNS = "key_id, actor, office, role, made_at, expires_at, revoked_at"
FIND = """SELECT digest, actor, office, role FROM auctions.keys
    WHERE key_id = %s AND revoked_at IS NULL AND expires_at > now()"""
HOLDERS = FIND.replace("SELECT", "SELECT key_id,").replace("= %s", "= ANY(%s)")


class Key(NamedTuple):
    """A key as it is listed: whose it is, for which office and role, and how long it holds."""

    key_id: str
    actor: str
    office: str
    role: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class Holder(NamedTuple):
    """Who holds a key, for which office and in which role."""

    digest: bytes
    actor: str
    office: str
    role: str


def add(
    own: psycopg.Connection[Any], *, actor: str, office: str, role: str, days: int, key_id: str = ""
) -> tuple[Key, str]:
    """Make a key that holds for a number of days; return it and its token, which is told this once.

    `key_id` is 12 hexadecimal digits, random ones where none are given. Raises Refused where they were used.
    """
    key_id, secret = key_id or secrets.token_hex(6), secrets.token_urlsafe(32)
    query = f"""INSERT INTO keys (key_id, digest, actor, office, role, expires_at)
        VALUES (%s, %s, %s, %s, %s, now() + %s) ON CONFLICT DO NOTHING RETURNING {_COLUMNS}"""  # noqa: S608 - names of columns
    values = [key_id, _digest(secret), actor, office, role, timedelta(days)]
    row = own.execute(query.encode(), values).fetchone()
    if row is None:
        raise Refused("key-exists", f"the key {key_id} was made before, and its token told then")
    return Key(*row), f"auk_{key_id}_{secret}"


def revoke(own: psycopg.Connection[Any], key_id: str) -> Key:
    """Let a key hold no longer. Raises Refused where there is none that holds."""
    query = (
        f"UPDATE keys SET revoked_at = now() WHERE key_id = %s AND revoked_at IS NULL RETURNING {_COLUMNS}"  # noqa: S608 - as above
    )
    row = own.execute(query.encode(), [key_id]).fetchone()
    if row is None:
        raise Refused("no-such-key", f"no key {key_id} that was not revoked: `auctions keys list` shows all")
    return Key(*row)


def listed(own: psycopg.Connection[Any]) -> list[Key]:
    """Return all keys, the newest first."""
    found = own.execute(f"SELECT {_COLUMNS} FROM auctions.keys ORDER BY made_at DESC, key_id".encode())  # noqa: S608 - as above
    return [Key(*row) for row in found.fetchall()]


def parted(token: str) -> tuple[str, str] | None:
    """Return a token's key id and secret, None where it is no token of ours."""
    found = _TOKEN.fullmatch(token)
    return (found[1], found[2]) if found else None


def fits(digest: bytes, secret: str) -> bool:
    """Tell whether a secret is the one of which the digest is kept, in the same time whether or not."""
    return hmac.compare_digest(digest, _digest(secret))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
