"""Signing in with the password of a local account: tried one at a time, and only so many wrong ones."""

import asyncio
import math
import time
from typing import Annotated, Any

from anyio import to_thread
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.requests import Request

from api import sessions
from api.database import connected
from api.problems import Problem
from api.who import CHALLENGE, Who
from auctions.domain.event import Reference
from auctions.store.passwords import fits
from auctions.store.users import FIND

_OF_USER = RateLimitItemPerMinute(10, 15)
_OF_ADDRESS = RateLimitItemPerMinute(20, 15)
"""How many wrong passwords in a quarter of an hour; several people may share an address."""


class Credentials(BaseModel):
    """Who signs in, and with which password."""

    model_config = ConfigDict(extra="forbid", strict=True)
    user: Reference
    password: Annotated[str, StringConstraints(min_length=1, max_length=1000)]


EXAMPLE = {"user": "COORDINATOR-1", "password": "as-auctions-users-add-told"}
DESCRIBED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Credentials.model_json_schema(), "example": EXAMPLE}},
    }
}
"""How the body is described."""


class Passwords:
    """What was tried: wrong passwords are counted by user and by address until the service ends."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._turn = asyncio.Lock()  # argon2 takes 64 MiB and several threads of its own

    async def right(self, given: Credentials, address: str, kept: str | None) -> bool:
        """Tell whether a password is the one whose hash is kept, with as much work where none is.

        Raises Problem `too-many-wrong-passwords`, whether or not this one is right.
        """
        counted = ((_OF_USER, f"user {given.user}"), (_OF_ADDRESS, f"address {address}"))
        async with self._turn:
            for item, name in counted:
                if not self._limiter.test(item, name):
                    raise self._refused(item, name)
            right = await to_thread.run_sync(fits, kept, given.password)
            if not right:
                for item, name in counted:
                    self._limiter.hit(item, name)
        return right

    def _refused(self, item: RateLimitItemPerMinute, name: str) -> Problem:
        left = self._limiter.get_window_stats(item, name).reset_time - time.time()
        headers = {"Retry-After": str(max(1, math.ceil(left)))}
        detail = "too many wrong passwords of this user or from this address: wait"
        return Problem("too-many-wrong-passwords", detail, headers=headers)


async def signed_in(request: Request, given: Credentials) -> tuple[str, Who]:
    """Begin the session of a user whose password is right; return its id and who it is.

    Raises Problem `password-refused`, `too-many-wrong-passwords`.
    """
    passwords: Passwords = request.app.state.passwords
    address = request.client.host if request.client else ""
    async with connected(request.app) as connection:
        row = await (await connection.execute(FIND, [given.user])).fetchone()
    kept = row[0] if row else None
    right = await passwords.right(given, address, kept)
    begun = await sessions.begin_as_user(request.app, given.user, kept) if kept and right else None
    if begun is None:
        raise Problem("password-refused", "no account has this user and this password", headers=CHALLENGE)
    session_id, person = begun
    return session_id, Who(*person)


def refuse_other_sites(request: Request) -> None:
    """Refuse what a page of another site sends, so that none signs a browser in as somebody else.

    Browsers tell by Sec-Fetch-Site, older ones by Origin; programs send neither. Raises Problem `cross-site`.
    """
    site, origin = (request.headers.get(name) for name in ("sec-fetch-site", "origin"))
    if site:
        foreign = site not in {"same-origin", "none"}
    else:
        foreign = origin is not None and origin.partition("://")[2] != request.headers.get("host")
    if foreign:
        raise Problem("cross-site", "the page that sends this is not of this site")
