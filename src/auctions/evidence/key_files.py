"""The key that signs the log: a file of its own, which only the signer reads."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from auctions.domain.errors import Refused
from auctions.evidence.signing import Signer
from auctions.store import secret_files


def make(file: Path, origin: str) -> Signer:
    """Write a new key and return the signer of the log of this origin by it. Raises Refused."""
    private = Ed25519PrivateKey.generate()
    signer = _signer(origin, private)
    secret_files.make(file, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return signer


def read(file: Path, origin: str) -> Signer:
    """Return the signer of the log of this origin by the key in a file. Raises Refused."""
    try:
        private = load_pem_private_key(secret_files.read(file), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Refused("wrong-key-file", f"{file} holds no private key in PEM") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise Refused("wrong-key-file", f"{file} holds another kind of key than Ed25519")
    return _signer(origin, private)


def _signer(origin: str, private: Ed25519PrivateKey) -> Signer:
    try:
        return Signer(origin, private)
    except ValueError as error:
        raise Refused("wrong-origin", f"AUCTIONS_EVIDENCE_ORIGIN: {error}") from error
