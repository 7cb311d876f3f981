"""Secrets and signatures by the form of Standard Webhooks 1.0, symmetric: HMAC-SHA256."""

import hmac
import secrets
from base64 import b64decode, b64encode

_PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """Return a random secret: 32 bytes in base64 after `whsec_`."""
    return _PREFIX + b64encode(secrets.token_bytes(_BYTES)).decode()


def signed(secret: str, message_id: str, moment: int, body: bytes) -> dict[str, str]:
    """Return the three headers that let a receiver verify a body sent at `moment`, in seconds since 1970.

    The id holds no full stop, which parts what is signed.
    """
    key = b64decode(secret.removeprefix(_PREFIX))
    mac = hmac.digest(key, b"%b.%d.%b" % (message_id.encode(), moment, body), "sha256")
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{b64encode(mac).decode()}",
    }
