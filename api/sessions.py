"""Sessions of those who signed in by a browser: 256 random bits in a cookie, of which a digest is kept."""

import hashlib
import hmac
import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from api.database import connected

COOKIE = "__Host-auctions"
"""By its prefix a browser takes it from this host alone, over https."""
CSRF_HEADER = "X-CSRF-Token"

_HELD = """SELECT actor, office, role, used_at < now() - interval '1 minute' FROM auctions.sessions
    WHERE digest = %s AND ends_at > now() AND used_at > now() - interval '30 minutes'"""
_USED = "UPDATE auctions.sessions SET used_at = now() WHERE digest = %s"
_BEGIN = """INSERT INTO auctions.sessions (digest, actor, office, role, ends_at)
    VALUES (%s, %s, %s, %s, now() + interval '12 hours')"""
_BEGIN_AS_USER = """WITH signed_in AS (UPDATE auctions.users SET signed_in_at = now()
        WHERE user_name = %s AND password_hash = %s AND disabled_at IS NULL RETURNING user_name, office, role)
    INSERT INTO auctions.sessions (digest, actor, office, role, user_name, ends_at)
    SELECT %s, user_name, office, role, user_name, now() + interval '12 hours' FROM signed_in
    RETURNING actor, office, role"""
_END = "DELETE FROM auctions.sessions WHERE digest = %s"
_FORGET = "DELETE FROM auctions.sessions WHERE ends_at < now() OR used_at < now() - interval '30 minutes'"


def id_of(request: Request) -> str | None:
    """Return the id of the session that a request is sent in, None where it bears other credentials."""
    return None if "authorization" in request.headers else request.cookies.get(COOKIE)


async def begin(app: Starlette, actor: str, office: str, role: str) -> str:
    """Begin a session and return its id: it ends after 12 hours, or half an hour without use."""
    session_id = secrets.token_urlsafe(32)
    async with connected(app) as connection:
        await connection.execute(_FORGET)
        await connection.execute(_BEGIN, [_digest(session_id), actor, office, role])
    return session_id


async def begin_as_user(
    app: Starlette, user: str, password_hash: str
) -> tuple[str, tuple[str, str, str]] | None:
    """Begin the session of a user with a local account; return its id, and the actor, office and role.

    None where the account was disabled or has another password by now: whoever changes it ends sessions, and
    one that begins at that moment waits for the change.
    """
    session_id = secrets.token_urlsafe(32)
    async with connected(app) as connection:
        await connection.execute(_FORGET)
        asked = [user, password_hash, _digest(session_id)]
        row = await (await connection.execute(_BEGIN_AS_USER, asked)).fetchone()
    return (session_id, (row[0], row[1], row[2])) if row else None


async def held(app: Starlette, session_id: str) -> tuple[str, str, str] | None:
    """Return the actor, office and role of a session, None where it has ended.

    Its use is noted at most once a minute, so that reading seldom writes.
    """
    digest = _digest(session_id)
    async with connected(app) as connection:
        row = await (await connection.execute(_HELD, [digest])).fetchone()
        if row and row[3]:
            await connection.execute(_USED, [digest])
    return (row[0], row[1], row[2]) if row else None


async def end(app: Starlette, session_id: str) -> None:
    """End a session, if it has not ended."""
    async with connected(app) as connection:
        await connection.execute(_END, [_digest(session_id)])


def csrf_token(session_id: str) -> str:
    """Return what a page of ours sends along with a command; who only has the cookie cannot know it."""
    return hashlib.sha256(f"csrf {session_id}".encode()).hexdigest()


def is_meant(request: Request, session_id: str) -> bool:
    """Tell whether a request reads only, or bears the token that a page of another site cannot know."""
    sent = request.headers.get(CSRF_HEADER, "").encode()
    return request.method == "GET" or hmac.compare_digest(sent, csrf_token(session_id).encode())


def give(response: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Give a browser a cookie that scripts cannot read and other sites' forms do not send."""
    response.set_cookie(name, value, max_age, secure=True, httponly=True, samesite="lax", path="/")


def take(response: Response, name: str) -> None:
    """Take a cookie from a browser."""
    give(response, name, "", 0)


def _digest(session_id: str) -> bytes:
    return hashlib.sha256(session_id.encode()).digest()
