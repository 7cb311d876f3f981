"""Users who sign in here: local accounts, each with the hash of a password, an office and a role."""

from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from auctions.domain.errors import Refused
from auctions.store.passwords import hashed

_COLUMNS = "user_name, role, office, made_at, signed_in_at, disabled_at"
FIND = "SELECT password_hash FROM auctions.users WHERE user_name = %s AND disabled_at IS NULL"


class User(NamedTuple):
    """A user as listed: a reference, the role and office, when made, last signed in and disabled."""

    user: str
    role: str
    office: str
    made_at: datetime
    signed_in_at: datetime | None
    disabled_at: datetime | None


def add(own: psycopg.Connection[Any], *, user: str, role: str, office: str, password: str) -> User:
    """Make a local account. Raises Refused where there is one of this user."""
    query = f"""INSERT INTO users (user_name, role, office, password_hash)
        VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING {_COLUMNS}"""  # noqa: S608 - names of columns
    row = own.execute(query.encode(), [user, role, office, hashed(password)]).fetchone()
    if row is None:
        raise Refused("user-exists", f"there is a user {user}: `auctions users list` shows all")
    return User(*row)


def set_password(own: psycopg.Connection[Any], user: str, password: str) -> User:
    """Give a user another password. Raises Refused where there is no such user."""
    return _changed(own, user, "password_hash = %s", hashed(password))


def disable(own: psycopg.Connection[Any], user: str) -> User:
    """Let a user sign in no longer. Raises Refused where there is no such user."""
    return _changed(own, user, "disabled_at = coalesce(disabled_at, now())")


def enable(own: psycopg.Connection[Any], user: str) -> User:
    """Let a user sign in again with the password there is. Raises Refused where there is no such user."""
    return _changed(own, user, "disabled_at = NULL")


def _changed(own: psycopg.Connection[Any], user: str, change: str, *values: object) -> User:
    """Change a user and end the user's sessions, also those that begin at this moment: they wait."""
    query = f"UPDATE users SET {change} WHERE user_name = %s RETURNING {_COLUMNS}"  # noqa: S608 - as above
    with own.transaction():
        row = own.execute(query.encode(), [*values, user]).fetchone()
        if row is None:
            raise Refused("no-such-user", f"no user {user}: `auctions users list` shows all")
        own.execute("DELETE FROM sessions WHERE user_name = %s", [user])
    return User(*row)


def listed(own: psycopg.Connection[Any]) -> list[User]:
    """Return all users by their references."""
    found = own.execute(f"SELECT {_COLUMNS} FROM users ORDER BY user_name".encode())  # noqa: S608 - as above
    return [User(*row) for row in found.fetchall()]
