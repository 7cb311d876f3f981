"""Addresses that a delivery may go to: public ones, unless the administrator allows others."""

import asyncio
import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052 section 2.1


class AddressRefused(Exception):  # noqa: N818 - the field's word
    """A name that leads to an address no delivery may go to."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address, and one it carries within it, belongs to the public internet."""
    return all(each.is_global and not each.is_multicast for each in _carried(address))


def _carried(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """Yield an address, or the IPv4 ones that it stands for: mapped, by NAT64, 6to4 or Teredo."""
    if isinstance(address, IPv4Address):
        yield address
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    yield address
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    if address.sixtofour:
        yield address.sixtofour
    yield from address.teredo or ()


async def resolved(host: str, port: int, *, allow_private: bool) -> list[str]:
    """Return the addresses of a host. Raises AddressRefused where one is not public, OSError."""
    asked = asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(str(each[4][0]) for each in await asked))
    for address in found:
        if not allow_private and not is_public(ip_address(address)):
            raise AddressRefused(f"{host} leads to {address}, which is not a public address")
    return found
