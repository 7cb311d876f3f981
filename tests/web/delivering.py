"""A receiver that answers as it is told, and the deliverer beside a test."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from api.webhooks.deliverer import Deliverer

QUICK = (0.05, 0.05, 0.05)
"""Pauses in seconds: four tries within a second."""


class Message(NamedTuple):
    """What arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        """The change it tells of."""
        data: dict[str, Any] = json.loads(self.body)["data"]
        return data


class Receiver:
    """A receiver on this machine: `taken` are the messages it answered by 2xx, `tried` all of them."""

    def __init__(self, port: int = 0, context: ssl.SSLContext | None = None) -> None:
        self.answers: Callable[[Message], int] = lambda _message: 204
        self.headers: dict[str, str] = {"Location": "/elsewhere"}
        self.tried: list[Message] = []
        self.taken: list[Message] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                body = self.rfile.read(length)
                if len(body) < length:  # the deliverer was ended in the middle
                    self.close_connection = True
                    return
                headers = {name.lower(): value for name, value in self.headers.items()}
                status = receiver.answered(Message(self.path, headers, body))
                self.send_response(status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        if context:
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}/changes?of=all"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05])
        self._thread.start()

    def answered(self, message: Message) -> int:
        """Take a message, and return the status it is answered by."""
        status = self.answers(message)
        self.tried.append(message)
        if 200 <= status < 300:
            self.taken.append(message)
        return status

    def positions(self) -> list[int]:
        """The positions of what was taken, in the order of its coming."""
        return [message.data["position"] for message in self.taken]

    def close(self) -> None:
        """Go away."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def delivering(url: str, pauses: tuple[float, ...] = QUICK) -> Iterator[Deliverer]:
    """Run a deliverer beside the test, and see it end."""
    deliverer = Deliverer(url, pauses)
    thread = threading.Thread(target=deliverer.run)
    thread.start()
    try:
        yield deliverer
    finally:
        deliverer.stop()
        thread.join(10)
        assert not thread.is_alive()
