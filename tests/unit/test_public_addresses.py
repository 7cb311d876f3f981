"""A delivery goes to public addresses only, unless others are allowed."""

import asyncio
from ipaddress import ip_address

import pytest

from api.webhooks.addresses import AddressRefused, is_public, resolved

NOT_PUBLIC = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - one that is refused
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd12::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::1",
]
PUBLIC = ["1.1.1.1", "203.113.131.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_an_address_of_a_network_of_ones_own_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_an_address_of_the_internet_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "2130706433", "0x7f.1"])
def test_a_name_or_a_number_of_this_machine_is_refused_once_it_is_resolved(host: str) -> None:
    with pytest.raises(AddressRefused, match="which is not a public address"):
        asyncio.run(resolved(host, 443, allow_private=False))


def test_what_is_allowed_is_resolved() -> None:
    assert "127.0.0.1" in asyncio.run(resolved("localhost", 80, allow_private=True))


def test_a_name_that_is_none_leads_nowhere() -> None:
    with pytest.raises(OSError, match=r"."):
        asyncio.run(resolved("never.invalid", 443, allow_private=False))
