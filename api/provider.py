"""The provider of identities (OpenID Connect): where it answers, and the keys that it signs with."""

import asyncio
import logging
import time
from typing import Annotated, Any

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet
from pydantic import AfterValidator, BaseModel

from api.problems import RETRY_AFTER, Problem
from api.trusted import Trusted, safe
from auctions.domain.errors import Refused

_LOG = logging.getLogger("auctions.api")
_SECONDS = 5.0
"""How long the provider may take for one answer."""
_HOUR = 3600.0
"""After how many seconds keys are read again, so that one withdrawn is not taken for ever."""
_SIGNING = {"RSA", "EC", "OKP"}
"""Types of keys whose public half cannot sign."""
_AWAY = (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValueError)


_Address = Annotated[str, AfterValidator(safe)]


class Places(BaseModel):
    """Where the provider answers what (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: _Address
    token_endpoint: _Address
    jwks_uri: _Address


class _Keys(BaseModel):
    keys: list[dict[str, Any]]


class Provider:
    """A provider whose word is taken for who somebody is; asked when first needed."""

    def __init__(self, trusted: Trusted, rest: float = 60.0) -> None:
        """Take what was agreed; keys are read again at most every `rest` seconds for one not known.

        Raises Refused for an issuer or a public URL that is not safe.
        """
        for url in filter(None, (trusted.issuer, trusted.public_url)):
            try:
                safe(url)
            except ValueError as error:
                raise Refused("address-not-safe", f"{url}: {error}") from error
        self.trusted = trusted
        self._rest = rest
        self._client = httpx2.AsyncClient(timeout=_SECONDS)
        self._turn = asyncio.Lock()
        self._read: tuple[Places, KeySet] | None = None
        self._tried_at = self._read_at = -_HOUR

    async def close(self) -> None:
        """Let go of the connections to it."""
        await self._client.aclose()

    async def places(self) -> Places:
        """Return where it answers what. Raises Problem `provider-away`."""
        return (self._read or await self._again())[0]

    async def keys(self, key_id: str) -> KeySet:
        """Return its keys, read again where they are old or lack the one named.

        Raises Problem `provider-away` where none were ever read.
        """
        if self._read and key_id in _ids(self._read[1]) and (self._fresh() or self._turn.locked()):
            return self._read[1]
        return (await self._again())[1]

    def _fresh(self) -> bool:
        return time.monotonic() < self._read_at + _HOUR

    async def _again(self) -> tuple[Places, KeySet]:
        async with self._turn:
            now, rest = time.monotonic(), self._rest if self._read else min(self._rest, RETRY_AFTER)
            if now >= self._tried_at + rest:
                self._tried_at = now
                await self._ask()
        if self._read is None:
            raise away()
        return self._read

    async def _ask(self) -> None:
        try:
            self._read = await self._answered()
            self._read_at = time.monotonic()
        except _AWAY as error:
            _LOG.warning("the provider %s does not answer: %s", self.trusted.issuer, type(error).__name__)

    async def _answered(self) -> tuple[Places, KeySet]:
        issuer = self.trusted.issuer
        told = await self.request("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        places = Places.model_validate_json(told.raise_for_status().content)
        if places.issuer != issuer:
            raise ValueError("it calls itself otherwise")
        listed = await self.request("GET", places.jwks_uri)
        return places, _usable(_Keys.model_validate_json(listed.raise_for_status().content))

    async def request(self, method: str, url: str, **given: Any) -> httpx2.Response:  # noqa: ANN401 - as httpx2
        """Return its answer to a request. Raises httpx2.HTTPError, TimeoutError."""
        async with asyncio.timeout(_SECONDS):
            return await self._client.request(method, url, **given)


def away() -> Problem:
    """Return the problem that nothing can be had from the provider."""
    return Problem("provider-away", "the provider of identities does not answer: try again soon")


def _ids(keys: KeySet) -> set[str | None]:
    return {key.kid for key in keys}


def _usable(listed: _Keys) -> KeySet:
    found = []
    for key in listed.keys:
        try:
            if key.get("kty") in _SIGNING:
                found.append(JWKRegistry.import_key(key))
        except (
            JoseError,
            ValueError,
            LookupError,
            TypeError,
        ):  # of a form not known here: tokens by it are refused
            continue
    return KeySet(found)
