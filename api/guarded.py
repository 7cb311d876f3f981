"""The server's connections, guarded: none waits for its client without end, and there are not too many.

An ASGI application hears of a request when its head has come whole; what comes before, and what is left of a
body or an answer afterwards, only the server can bound.
"""

import asyncio
import resource
from typing import ClassVar
from uuid import uuid4

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.problem_kinds import KINDS
from api.problems import MEDIA_TYPE

PATIENCE = 10.0
"""Seconds in which a request's head must come, and the rest of a body that was answered before its end."""
TAKEN = 60.0
"""Seconds in which a client must take some of an answer."""
HEAD = 64 * 1024
"""Bytes of a request's head."""
CONNECTIONS = 10_000
"""Connections at most; fewer where the process may not have so many files open."""


def _most() -> int:
    """Return how many connections there may be: a quarter of all files is for everything else."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if soft == resource.RLIM_INFINITY else min(CONNECTIONS, soft * 3 // 4)


class Guarded(HttpToolsProtocol):
    """A connection that is ended where its client is late; the longest waiting one gives way to a new one."""

    _MOST = _most()
    _waiting: ClassVar[dict["Guarded", None]] = {}
    """Those that wait for their clients and answer nothing, the longest waiting first."""
    _due: asyncio.TimerHandle | None = None
    _in_head, _refused = False, False
    _head, _left = 0, 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the base
        """Wait for the first request."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > self._MOST:
            next(iter(self._waiting)).give_way()

    def give_way(self) -> None:
        """End at once."""
        self._go_on()
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._go_on()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; a head without end is refused, and what comes after a refusal not looked at."""
        if self._refused:
            return
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > HEAD:
                self._refuse("head-too-large", f"at most {HEAD:,} bytes are expected before the body")

    def on_message_begin(self) -> None:
        """Note that a request has begun."""
        self._in_head, self._head = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Let the application answer."""
        self._in_head = False
        if not self.flow.write_paused:
            self._go_on()
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """Wait for the client to take some of an answer."""
        super().pause_writing()
        self._wait()

    def resume_writing(self) -> None:
        """Go on with an answer."""
        if self._answering():
            self._go_on()
        super().resume_writing()

    def on_response_complete(self) -> None:
        """Wait for the client to take the answer, and for its next request."""
        super().on_response_complete()
        if not self._answering():
            self._wait()

    def send_400_response(self, msg: str) -> None:
        """Tell that what came is no HTTP, as a problem like all others."""
        self._refuse("request-unreadable", msg)

    def _wait(self) -> None:
        self._go_on()
        self._left = self.transport.get_write_buffer_size()
        self._due = self.loop.call_later(TAKEN if self._left else PATIENCE, self._late)
        self._waiting[self] = None

    def _go_on(self) -> None:
        self._waiting.pop(self, None)
        if self._due:
            self._due.cancel()
            self._due = None

    def _late(self) -> None:
        """End a connection that is late, unless its client has taken some of the answer meanwhile."""
        if 0 < self.transport.get_write_buffer_size() < self._left:
            self._wait()
        elif self._in_head:
            self._refuse("head-too-slow", f"it is expected within {PATIENCE:.0f} seconds")
        else:
            self.give_way()

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _refuse(self, code: str, detail: str) -> None:
        if self._answering() or self.transport.is_closing():
            self.give_way()
            return
        kind, request_id = KINDS[code], uuid4().hex
        told = {"type": f"/problems/{code}", "title": kind.en, "status": kind.status, "code": code}
        more = {"detail": detail, "instance": "", "request_id": request_id, "errors": []}
        body = orjson.dumps(told | more)
        headers = {
            "content-type": MEDIA_TYPE,
            "content-length": str(len(body)),
            "x-request-id": request_id,
            "x-content-type-options": "nosniff",
            "connection": "close",
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.transport.write(STATUS_LINE[kind.status] + lines.encode() + b"\r\n" + body)
        self.transport.write_eof()  # closed at once, what the client still sends would cost it the answer
        self._in_head, self._refused = False, True
        self._wait()
