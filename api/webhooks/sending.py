"""One try of a delivery: to the very address that was looked at, in bounded time, without redirects."""

import asyncio
from typing import NamedTuple

import httpx2
from httpx2 import codes

from api.webhooks.addresses import AddressRefused, resolved

_SECONDS = 15.0
"""Seconds that a try may take, from the look-up of the name to the answer's end."""
_ANSWER = 16 * 1024
"""Bytes of an answer that are taken; what it says does not count."""
AT_ONCE = 8
"""Deliveries under way to one receiver, of different assets."""


_LONGEST_PAUSE = 86_400


class Untaken(NamedTuple):
    """Why a delivery was not taken, for how many seconds the receiver asks to be left alone, and for ever."""

    reason: str
    pause: int = 0
    gone: bool = False


class Sender:
    """Sends to one address of a receiver; connections are kept open from one delivery to the next."""

    def __init__(self, url: str, *, allow_private: bool) -> None:
        """Take where to send, and whether addresses that are not public are allowed."""
        self._url = httpx2.URL(url)
        self._allow_private = allow_private
        limits = httpx2.Limits(max_connections=AT_ONCE)
        self._client = httpx2.AsyncClient(
            verify=httpx2.create_ssl_context(),  # SSL_CERT_FILE counts
            trust_env=False,  # proxies do not
            follow_redirects=False,
            timeout=None,
            limits=limits,
        )

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def tried(self, headers: dict[str, str], body: bytes) -> Untaken | None:
        """Send once; return why it was not taken, None where it was."""
        try:
            async with asyncio.timeout(_SECONDS):
                return await self._sent(headers, body)
        except TimeoutError:
            return Untaken(f"no answer within {_SECONDS:.0f} seconds")
        except AddressRefused as refused:
            return Untaken(str(refused))
        except (OSError, ValueError, httpx2.HTTPError) as error:
            return Untaken(f"{type(error).__name__}: {error}")

    async def _sent(self, headers: dict[str, str], body: bytes) -> Untaken | None:
        host = self._url.raw_host.decode("ascii")
        port = self._url.port or (443 if self._url.scheme == "https" else 80)
        *others, last = await resolved(host, port, allow_private=self._allow_private)
        for address in others:
            try:
                return await self._posted(address, headers, body)
            except httpx2.ConnectError:
                continue
        return await self._posted(last, headers, body)

    async def _posted(self, address: str, headers: dict[str, str], body: bytes) -> Untaken | None:
        there = self._url.copy_with(host=address)
        about = {"Host": self._url.netloc.decode("ascii"), "Content-Type": "application/json", **headers}
        name = {"sni_hostname": self._url.raw_host.decode("ascii")}  # whose certificate it must be
        async with self._client.stream("POST", there, content=body, headers=about, extensions=name) as answer:
            taken = 0
            async for chunk in answer.aiter_raw():
                taken += len(chunk)
                if taken > _ANSWER:
                    break
        if answer.is_success:
            return None
        asked = answer.headers.get("retry-after", "")
        pause = min(int(asked), _LONGEST_PAUSE) if asked.isdecimal() and asked.isascii() else 0
        return Untaken(f"answered {answer.status_code}", pause, answer.status_code == codes.GONE)
