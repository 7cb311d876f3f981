"""A real provider of identities, npm's oidc-provider on node: its tokens, forged ones, people at forms."""

import fcntl
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import JWKRegistry, Key

from api.provider import Provider
from api.trusted import Trusted
from tests.bench.figures import Missing
from tests.bench.node import FOLDER, Node, installed
from tests.web.register import OFFICE

AUDIENCE = "https://auctions.test"
CALLBACK = f"{AUDIENCE}/v1/sign-in/callback"
SECRET = "a secret of 32 or more characters: / + %"  # noqa: S105 - of a client that is only tested with
COORDINATOR = {"auctions_role": "coordinator", "auctions_office": OFFICE}
PEOPLE: dict[str, dict[str, Any]] = {
    "recording-program": COORDINATOR,
    "reading-program": {"auctions_role": "client"},
    "nobodys-program": {},
    "CB-11": COORDINATOR,
    "KT-1": {"auctions_role": "auditor"},
    "CB-12": {"auctions_role": "coordinator"},
    "CB-13": {"auctions_office": OFFICE},
}
"""The claims of machine clients and of people, by the id that becomes the actor."""
_OLDEST_NODE = 20
"""oidc-provider 9 is written for node 22 and later; on 20 it says so and works."""


def key(alg: str = "RS256", key_id: str | None = None) -> Key:
    """A new private key for signing by an algorithm."""
    types = {
        "RS256": ("RSA", 2048),
        "PS256": ("RSA", 2048),
        "ES256": ("EC", "P-256"),
        "Ed25519": ("OKP", "Ed25519"),
        "EdDSA": ("OKP", "Ed25519"),
    }
    kind, size = cast("tuple[Any, Any]", types[alg])
    return JWKRegistry.generate_key(kind, size, {"alg": alg, "use": "sig", "kid": key_id or f"{alg}-key"})


class Provided:
    """The provider, running; its private keys are ours, so that anything can be signed with them."""

    def __init__(self, node: Node, keys: list[Key]) -> None:
        self.node, self.keys = node, keys
        self.issuer: str = node.opened

    def trusted(self, **other: str) -> Trusted:
        """What is agreed with it."""
        agreed = Trusted(
            self.issuer, AUDIENCE, client_id="auctions", client_secret=SECRET, public_url=AUDIENCE
        )
        return agreed._replace(**other)

    def provider(self, rest: float = 0) -> Provider:
        return Provider(self.trusted(), rest)

    def sign_with(self, keys: list[Key]) -> None:
        """Have it sign with other keys from now on, and tell of these alone."""
        self.keys = keys
        self.node.call("sign_with", keys=_private(keys))

    def machine_token(self, client_id: str = "recording-program") -> str:
        """An access token by client credentials."""
        form = {"grant_type": "client_credentials", "resource": AUDIENCE}
        answer = httpx2.post(f"{self.issuer}/token", data=form, auth=(client_id, SECRET_OF_MACHINES))
        return str(answer.raise_for_status().json()["access_token"])

    def claims(self, **other: object) -> dict[str, Any]:
        """What a good access token says, save what is given; None leaves a claim out."""
        now = int(time.time())
        said = {"iss": self.issuer, "aud": AUDIENCE, "sub": "forger", "iat": now, "exp": now + 300}
        return {name: value for name, value in (said | COORDINATOR | other).items() if value is not None}

    def signed(self, claims: dict[str, Any], own: Key | None = None, **header: str) -> str:
        """A token signed by a key, the provider's own unless another is given."""
        own = own or self.keys[0]
        head = {"alg": str(own.alg), "kid": str(own.kid), "typ": "at+jwt"} | header
        return jwt.encode(head, claims, own, [head["alg"]])

    def walked(self, address: str, login: str) -> str:
        """Sign in at its forms and consent; the address here to which it sends the browser back."""
        with httpx2.Client(timeout=20) as browser:
            answer = browser.get(address)
            while True:
                if answer.is_redirect:
                    address = urljoin(str(answer.url), answer.headers["location"])
                    if not address.startswith(self.issuer):
                        return address
                    answer = browser.get(address)
                else:
                    answer = _filled_in(browser, answer.raise_for_status(), login)


SECRET_OF_MACHINES = "of-machines-and-long-enough-for-a-test"  # noqa: S105 - as above


def _filled_in(browser: httpx2.Client, page: httpx2.Response, login: str) -> httpx2.Response:
    (action,), (prompt,) = (
        re.findall(pattern, page.text) for pattern in (r'action="([^"]+)"', r'name="prompt" value="(\w+)"')
    )
    return browser.post(
        urljoin(str(page.url), action), data={"prompt": prompt, "login": login, "password": "x"}
    )


@contextmanager
def provided(keys: list[Key]) -> Iterator[Provided]:
    """The provider in a process of its own; skips the test where it cannot be had here."""
    machines = [
        {
            "client_id": client_id,
            "client_secret": SECRET_OF_MACHINES,
            "grant_types": ["client_credentials"],
            "redirect_uris": [],
            "response_types": [],
        }
        for client_id in PEOPLE
        if client_id.endswith("-program")
    ]
    people = {"client_id": "auctions", "client_secret": SECRET, "redirect_uris": [CALLBACK]}
    alg = {"id_token_signed_response_alg": str(keys[0].alg)}
    given = {
        "clients": [each | alg for each in (*machines, people)],
        "people": PEOPLE,
        "keys": _private(keys),
    }
    with Node("provider.js", _installed(), **given) as node:
        yield Provided(node, keys)


def _installed() -> Path:
    folder = FOLDER / "provider"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _new_enough()
            return installed(Path(__file__).parent / "provider", folder)
    except Missing as missing:
        pytest.skip(f"no provider of identities here: {missing}")


def _new_enough() -> None:
    node = shutil.which("node")
    said = (
        subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout if node else ""
    )
    if said and int(said.strip("v\n").split(".")[0]) < _OLDEST_NODE:
        raise Missing(f"node {said.strip()} is older than {_OLDEST_NODE}")


def _private(keys: list[Key]) -> list[dict[str, Any]]:
    return [dict(each.as_dict(private=True)) for each in keys]
