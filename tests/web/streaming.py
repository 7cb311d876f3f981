"""The application on a real socket, and readers of its streams."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode

from api.app import create_app
from api.server import Server


@contextmanager
def serving(url: str) -> Iterator[tuple[int, Server]]:
    """The port of the service on a database, and the server, which ends with the test."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = Server(create_app(url))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield door.getsockname()[1], server
        finally:
            server.should_exit = True
            thread.join(20)
        assert not thread.is_alive()


class Reader:
    """A client of the feed's stream; `buffer` bytes of what it does not read wait at its end."""

    def __init__(self, port: int, last: int | None = None, buffer: int = 0, **asked: object) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=10)
        if buffer:
            self._connection.sock = socket.socket()
            self._connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            self._connection.sock.settimeout(10)
            self._connection.sock.connect(("127.0.0.1", port))
        headers = {"Accept": "text/event-stream"} | ({} if last is None else {"Last-Event-ID": str(last)})
        self._connection.request("GET", f"/v1/changes?{urlencode(asked, doseq=True)}", headers=headers)
        self.answer: HTTPResponse = self._connection.getresponse()
        self.last = 0

    def lines(self) -> Iterator[str]:
        """What is streamed, line by line, until the stream ends."""
        while line := self.answer.readline():
            yield line.decode().rstrip("\n")

    def changes(self) -> Iterator[dict[str, Any]]:
        """The changes, until the stream ends; `last` is the position from which to resume."""
        for line in self.lines():
            name, _, value = line.partition(": ")
            if name == "id":
                self.last = int(value)
            if name == "data":
                yield json.loads(value)

    def take(self, number: int) -> list[dict[str, Any]]:
        """The next changes, so many."""
        told = self.changes()
        return [next(told) for _ in range(number)]

    def close(self) -> None:
        """Go away without a word."""
        self.answer.close()
        self._connection.close()
