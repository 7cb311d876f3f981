"""A receiver of webhooks, as an example: verifies, refuses what is old, takes each change once, prints it.

    WEBHOOK_SECRET=whsec_… python3 receiver.py --port 8080 --seen seen.sqlite

It needs Python and nothing else. Put it behind a TLS proxy; what it prints, your program would act on.
"""

import argparse
import hmac
import os
import sqlite3
import sys
import time
from base64 import b64decode, b64encode
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERANCE = 300
"""Seconds that a message may be old, or ahead of this clock."""
LONGEST = 256 * 1024
"""Bytes of a message that are read."""


class NotVerified(Exception):  # noqa: N818 - the word of the example
    """A message that is not the sender's, or not of now."""


def verify(secret: str, headers: Message, body: bytes, now: float) -> str:
    """Return the message's id. Raises NotVerified."""
    message_id = headers.get("webhook-id", "")
    moment = headers.get("webhook-timestamp", "")
    if not moment.isdecimal() or abs(now - int(moment)) > TOLERANCE:
        raise NotVerified("the timestamp is missing, or too far from now")
    key = b64decode(secret.removeprefix("whsec_"))
    mac = hmac.digest(key, f"{message_id}.{moment}.".encode() + body, "sha256")
    expected = b"v1," + b64encode(mac)
    given = headers.get("webhook-signature", "").encode().split()
    if not any(hmac.compare_digest(expected, each) for each in given):
        raise NotVerified("no signature fits")
    return message_id


class Seen:
    """The ids of the messages that were taken, on disk: a message may come again, also after a restart."""

    def __init__(self, path: str) -> None:
        """Open or make the file."""
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute("CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY)")

    def knows(self, message_id: str) -> bool:
        """Tell whether a message was taken."""
        return self._file.execute("SELECT 1 FROM seen WHERE id = ?", [message_id]).fetchone() is not None

    def keep(self, message_id: str) -> None:
        """Remember a message, after all was done that it asks for."""
        self._file.execute("INSERT INTO seen VALUES (?)", [message_id])


class Receiver(BaseHTTPRequestHandler):
    """Answers 204 to what was taken, now or before: then the sender sends the asset's next change."""

    timeout = 30
    secret: str
    seen: Seen

    def do_POST(self) -> None:
        """Take one message."""
        length = self.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LONGEST:
            self._answer(413)
            return
        body = self.rfile.read(int(length))
        try:
            message_id = verify(self.secret, self.headers, body, time.time())
        except NotVerified as refused:
            self._answer(401, str(refused))
            return
        if not self.seen.knows(message_id):
            sys.stdout.buffer.write(body + b"\n")
            sys.stdout.buffer.flush()
            self.seen.keep(message_id)
        self._answer(204)

    def _answer(self, status: int, reason: str | None = None) -> None:
        self.send_response(status, reason)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Leave standard error to what goes wrong."""


def main() -> None:
    """Serve until ended."""
    arguments = argparse.ArgumentParser(description="Receive webhooks.")
    arguments.add_argument("--port", type=int, default=8080)
    arguments.add_argument("--seen", default="seen.sqlite", help="the file of the ids that were taken")
    asked = arguments.parse_args()
    Receiver.secret, Receiver.seen = os.environ["WEBHOOK_SECRET"], Seen(asked.seen)
    server = HTTPServer(("127.0.0.1", asked.port), Receiver)
    print(f"receiving on port {server.server_port}", file=sys.stderr, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
