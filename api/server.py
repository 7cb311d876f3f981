"""The HTTP server as this service runs it."""

import socket

import uvicorn
from fastapi import FastAPI

from api.guarded import Guarded

_GRACE = 10
"""Seconds that answers under way have when the service stops."""


class Server(uvicorn.Server):
    """A server that ends the open streams when it stops, since they would never end by themselves."""

    def __init__(self, app: FastAPI, *, log_as_json: bool = False) -> None:
        """Take the application; as JSON lines the server's log goes the way of all others."""
        config = uvicorn.Config(
            app,
            http=Guarded,
            log_config=None if log_as_json else uvicorn.config.LOGGING_CONFIG,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=_GRACE,
        )
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop taking requests and let those under way end."""
        self._app.state.streams.head.end()
        await super().shutdown(sockets)
