"""What holds of every answer: its request id, its safe headers, HEAD as GET, and a problem for any error."""

import logging
import time
from collections.abc import Sequence
from random import getrandbits

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import REQUEST_ID, Problem, answer
from api.watching import Watch

ADDED = "auctions.added_headers"
"""The key, in a request's ASGI scope, of headers that its route has added to every answer."""
_LOG = logging.getLogger("auctions.api")


class Frame:
    """ASGI middleware around all routes."""

    def __init__(self, app: ASGIApp, watches: Sequence[Watch] = ()) -> None:
        """Take the application inside, and what watches how requests are answered."""
        self._app, self._watches = app, watches

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = scope["method"]
        framed = {
            **scope,
            REQUEST_ID: f"{getrandbits(128):032x}",
            "method": "GET" if asked == "HEAD" else asked,
        }
        sender = _Sender(send, framed, bodiless=asked == "HEAD")
        began = time.perf_counter()
        try:
            await self._answer(framed, receive, sender)
        finally:
            for watch in self._watches:
                watch(framed, sender.status, time.perf_counter() - began)

    async def _answer(self, framed: Scope, receive: Receive, sender: "_Sender") -> None:
        try:
            await self._app(framed, receive, sender)
        except Exception:
            _LOG.exception("request %s failed", framed[REQUEST_ID])
            if sender.status:
                raise
            problem = Problem("internal-error", "the error is in the service's log under the request id")
            await answer(Request(framed), problem)(framed, receive, sender)


class _Sender:
    def __init__(self, send: Send, framed: Scope, *, bodiless: bool) -> None:
        self._send = send
        self._framed, self._bodiless = framed, bodiless
        request_id = framed[REQUEST_ID].encode()
        self._headers = [(b"x-request-id", request_id), (b"x-content-type-options", b"nosniff")]
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message["headers"], *self._headers, *self._framed.get(ADDED, ())]
        elif self._bodiless:
            message["body"] = b""
        await self._send(message)
