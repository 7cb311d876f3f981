"""Keys, sessions and local accounts for those who ask in tests, one a role and office."""

import hashlib
import secrets

import psycopg

from api import sessions
from auctions.store import keys, users
from tests.web.register import OFFICE

Headers = dict[str, str]


def held(url: str, role: str, office: str = OFFICE, actor: str = "") -> Headers:
    """Make a key and return the header that its holder sends."""
    with psycopg.connect(url, autocommit=True, options=keys.OWNER) as own:
        _, token = keys.add(own, actor=actor or f"{role}-{office}", office=office, role=role, days=1)
    return {"Authorization": f"Bearer {token}"}


def with_password(url: str, user: str, password: str, role: str = "coordinator") -> None:
    """Make a local account."""
    with psycopg.connect(url, autocommit=True, options=keys.OWNER) as own:
        users.add(own, user=user, role=role, office=OFFICE, password=password)


def in_session(url: str, role: str, office: str = OFFICE, actor: str = "") -> Headers:
    """Begin a session as if somebody had signed in, and return the headers that a page of ours sends."""
    session_id = secrets.token_urlsafe(32)
    digest = hashlib.sha256(session_id.encode()).digest()
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(
            """INSERT INTO auctions.sessions (digest, actor, office, role, ends_at)
            VALUES (%s, %s, %s, %s, now() + interval '1 hour')""",
            [digest, actor or f"{role}-{office}", office, role],
        )
    cookie = {"Cookie": f"{sessions.COOKIE}={session_id}"}
    return cookie | {sessions.CSRF_HEADER: sessions.csrf_token(session_id)}
