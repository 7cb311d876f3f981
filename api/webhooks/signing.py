"""Keys and signatures by the form of Standard Webhooks 1.0: by HMAC-SHA256 or by Ed25519."""

import hmac
import secrets
from base64 import b64decode, b64encode
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_SHARED, _PRIVATE, _PUBLIC = "whsec_", "whsk_", "whpk_"
_BYTES = 32


class Sign(StrEnum):
    """By what messages are signed: a secret that the receiver has too, or a key that only signs."""

    HMAC = "hmac"
    ED25519 = "ed25519"


def new_secret(sign: Sign = Sign.HMAC) -> str:
    """Return a random secret: 32 bytes in base64 after `whsec_`, or after `whsk_` to sign by Ed25519."""
    prefix = _PRIVATE if sign == Sign.ED25519 else _SHARED
    return prefix + b64encode(secrets.token_bytes(_BYTES)).decode()


def public_key(secret: str) -> str | None:
    """Return the key after `whpk_` that a receiver verifies with; None where that is the secret itself."""
    if not secret.startswith(_PRIVATE):
        return None
    return _PUBLIC + b64encode(_private_key(secret).public_key().public_bytes_raw()).decode()


def signed(secret: str, message_id: str, moment: int, body: bytes) -> dict[str, str]:
    """Return the three headers that let a receiver verify a body sent at `moment`, in seconds since 1970.

    The id holds no full stop, which parts what is signed.
    """
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": _signature(secret, b"%b.%d.%b" % (message_id.encode(), moment, body)),
    }


def _signature(secret: str, message: bytes) -> str:
    if secret.startswith(_PRIVATE):
        return f"v1a,{b64encode(_private_key(secret).sign(message)).decode()}"
    mac = hmac.digest(b64decode(secret.removeprefix(_SHARED)), message, "sha256")
    return f"v1,{b64encode(mac).decode()}"


def _private_key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(b64decode(secret.removeprefix(_PRIVATE)))
