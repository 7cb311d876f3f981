"""Signing in at the provider: the authorisation code with PKCE (OpenID Connect Core 3.1, RFC 7636)."""

import base64
import hashlib
import hmac
import logging
import secrets
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

import httpx2
from pydantic import TypeAdapter
from starlette.requests import Request

from api.problems import Problem
from api.provider import Provider, away
from api.tokens import claims, named

COOKIE = "__Host-auctions-sign-in"
SECONDS = 600
"""How long one may take to sign in."""
CALLBACK = "/v1/sign-in/callback"

_LOG = logging.getLogger("auctions.api")


class Begun(NamedTuple):
    """A sign-in under way, which the browser keeps: state, nonce and verifier are 256 random bits each."""

    state: str
    nonce: str
    verifier: str
    return_to: str


_BEGUN: TypeAdapter[Begun | None] = TypeAdapter(Begun)


def configured(request: Request) -> Provider:
    """Return the provider at which one signs in. Raises Problem `no-provider` where none is configured."""
    provider: Provider | None = request.app.state.provider
    if provider is None or not (provider.trusted.client_id and provider.trusted.public_url):
        raise Problem("no-provider", "none is configured: sign in with a password by POST, or ask with a key")
    return provider


def begin(return_to: str) -> Begun:
    """Begin a sign-in that ends at a local path."""
    return Begun(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(32), return_to)


def kept(begun: Begun) -> str:
    """Return a sign-in as a cookie keeps it."""
    return base64.urlsafe_b64encode(_BEGUN.dump_json(begun)).decode()


def continued(request: Request, state: str) -> Begun:
    """Return the sign-in that a browser began. Raises Problem `sign-in-refused` for one of another state."""
    try:
        begun = _BEGUN.validate_json(base64.urlsafe_b64decode(request.cookies.get(COOKIE, "")))
    except ValueError:
        begun = None
    if begun is None or not hmac.compare_digest(begun.state.encode(), state.encode()):
        raise refused("this browser began no such sign-in, or too long ago: begin again at /v1/sign-in")
    return begun


async def address(provider: Provider, begun: Begun) -> str:
    """Return where at the provider one signs in. Raises Problem `provider-away`."""
    endpoint = (await provider.places()).authorization_endpoint
    asked = {
        "response_type": "code",
        "client_id": provider.trusted.client_id,
        "redirect_uri": _callback(provider),
        "scope": "openid",
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": _challenge(begun.verifier),
        "code_challenge_method": "S256",
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


async def person(provider: Provider, begun: Begun, code: str) -> tuple[str, str, str]:
    """Return the actor, office and role of who signed in.

    Raises Problem `sign-in-refused`, `credentials-refused`, `provider-away`.
    """
    token = await _redeemed(provider, begun, code)
    said = await claims(provider, token, provider.trusted.client_id, begun.nonce)
    return named(said, provider.trusted)


async def _redeemed(provider: Provider, begun: Begun, code: str) -> str:
    endpoint = (await provider.places()).token_endpoint
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _callback(provider),
        "code_verifier": begun.verifier,
    }
    try:
        answer = await provider.request("POST", endpoint, **_as_client(provider, form))
        told = answer.json()
    except (httpx2.HTTPError, TimeoutError, ValueError) as error:
        raise away() from error
    if answer.is_server_error:
        raise away()
    if not (answer.is_success and isinstance(told, dict) and isinstance(told.get("id_token"), str)):
        _LOG.warning("the provider gave no id token: status %d", answer.status_code)
        raise refused("the provider does not take the code for who signed in: begin again at /v1/sign-in")
    return str(told["id_token"])


def _as_client(provider: Provider, form: dict[str, str]) -> dict[str, object]:
    """Return a request of our client: a secret goes into the header (RFC 6749, section 2.3.1)."""
    trusted = provider.trusted
    if not trusted.client_secret:
        return {"data": form | {"client_id": trusted.client_id}}
    return {"data": form, "auth": (quote_plus(trusted.client_id), quote_plus(trusted.client_secret))}


def _callback(provider: Provider) -> str:
    return provider.trusted.public_url.rstrip("/") + CALLBACK


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def refused(detail: str) -> Problem:
    """Return the problem that nobody was signed in."""
    return Problem("sign-in-refused", detail)
