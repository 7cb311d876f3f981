"""How many requests an address may send: so many a second, counted over ten seconds."""

import math
import time

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import Problem, answer

_WINDOW = 10
"""Seconds over which requests are counted, so that a page's requests may come at once."""


class Rates:
    """ASGI middleware that sends away who asks too often."""

    def __init__(self, app: ASGIApp, rate: int) -> None:
        """Take the application inside, and the requests a second; 0 is any number."""
        self._app, self._rate = app, rate
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._item = RateLimitItemPerSecond(rate * _WINDOW, _WINDOW)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        address = scope["client"][0] if scope["type"] == "http" and scope["client"] else ""
        if not self._rate or not address or self._limiter.hit(self._item, address):
            await self._app(scope, receive, send)
        else:
            await answer(Request(scope), self._refused(address))(scope, receive, send)

    def _refused(self, address: str) -> Problem:
        left = self._limiter.get_window_stats(self._item, address).reset_time - time.time()
        headers = {"Retry-After": str(max(1, math.ceil(left)))}
        detail = f"at most {self._rate} requests a second are answered to one address"
        return Problem("too-many-requests", detail, headers=headers)
