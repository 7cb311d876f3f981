"""A receiver of webhooks, as an example: verifies, refuses what is old, takes each change once, prints it.

    WEBHOOK_KEY=whsec_… python3 receiver.py --port 8080 --seen seen.sqlite

The key is what `auctions webhooks add` printed: a secret whsec_…, or a public key whpk_…. For a secret it
needs Python and nothing else, for a public key the package cryptography too. Put it behind a TLS proxy;
what it prints, your program would act on.
"""

import argparse
import hmac
import os
import sqlite3
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERANCE = 300
"""Seconds that a message may be old, or ahead of this clock."""
LONGEST = 256 * 1024
"""Bytes of a message that are read."""

Fits = Callable[[bytes, str], bool]
"""Tells whether a signature fits a message."""


class NotVerified(Exception):  # noqa: N818 - the word of the example
    """A message that is not the sender's, or not of now."""


def by_secret(key: str) -> Fits:
    """Return what tells whether a signature is by the secret (HMAC-SHA256)."""
    secret = b64decode(key.removeprefix("whsec_"), validate=True)

    def fits(message: bytes, signature: str) -> bool:
        expected = b"v1," + b64encode(hmac.digest(secret, message, "sha256"))
        return hmac.compare_digest(expected, signature.encode())

    return fits


def by_public_key(key: str) -> Fits:
    """Return what tells whether a signature is by the private key of a public one (Ed25519)."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - a secret needs no package
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - likewise

    public = Ed25519PublicKey.from_public_bytes(b64decode(key.removeprefix("whpk_"), validate=True))

    def fits(message: bytes, signature: str) -> bool:
        version, _, given = signature.partition(",")
        try:
            public.verify(b64decode(given, validate=True), message)
        except (InvalidSignature, ValueError):
            return False
        return version == "v1a"

    return fits


def verify(fits: Fits, headers: Message, body: bytes, now: float) -> str:
    """Return the message's id. Raises NotVerified."""
    message_id = headers.get("webhook-id", "")
    moment = headers.get("webhook-timestamp", "")
    if not moment.isdecimal() or abs(now - int(moment)) > TOLERANCE:
        raise NotVerified("the timestamp is missing, or too far from now")
    message = f"{message_id}.{moment}.".encode() + body
    if not any(fits(message, each) for each in headers.get("webhook-signature", "").split()):
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
    fits: Fits
    seen: Seen

    def do_POST(self) -> None:
        """Take one message."""
        length = self.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LONGEST:
            self._answer(413)
            return
        body = self.rfile.read(int(length))
        try:
            message_id = verify(self.fits, self.headers, body, time.time())
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
    key = os.environ["WEBHOOK_KEY"]
    verifying = by_public_key if key.startswith("whpk_") else by_secret
    Receiver.fits, Receiver.seen = staticmethod(verifying(key)), Seen(asked.seen)
    server = HTTPServer(("127.0.0.1", asked.port), Receiver)
    print(f"receiving on port {server.server_port}", file=sys.stderr, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
