"""What is agreed with a provider of identities, and the addresses at which one may ask it."""

from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit


class Trusted(NamedTuple):
    """What is agreed with a provider; whoever only takes tokens needs no client and no public URL."""

    issuer: str
    audience: str
    role_claim: str = "auctions_role"
    office_claim: str = "auctions_office"
    client_id: str = ""
    client_secret: str = ""
    public_url: str = ""


def safe(url: str) -> str:
    """Return an address that nobody on the way can change: https, or http on this machine.

    Raises ValueError for any other.
    """
    parts = urlsplit(url)
    if not parts.hostname or not (
        parts.scheme == "https" or (parts.scheme == "http" and _here(parts.hostname))
    ):
        raise ValueError("an https:// address is expected")
    return url


def _here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
