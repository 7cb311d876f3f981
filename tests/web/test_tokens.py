"""Tokens of a real provider are taken, forged ones are not, and its keys are followed."""

import base64
import hmac
import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from api.app import create_app
from api.provider import Provider
from api.trusted import Trusted, safe
from auctions.domain.asset.events import asset_id
from auctions.domain.errors import Refused
from tests.web.keys import Headers, held
from tests.web.provided import Provided, key
from tests.web.register import LAND, OFFICE, Id
from tests.web.test_problems import told

FILE = asset_id(OFFICE, LAND)
SESSION = "/v1/session"
COST = {"on": "2025-03-03", "amount": 40_000, "what": "custody"}
NO_KEY = "the token is not signed by a key of the provider"
NO_ALGORITHM = "the token is not signed by one of RS256, PS256, ES256, EdDSA, Ed25519"
Forge = Callable[[Provided], str]


@pytest.fixture(scope="module")
def reading(register: str, ids: Id, identities: Provided) -> Iterator[TestClient]:
    """A client of the application on the register, which trusts the provider."""
    assert ids
    with asking(register, identities.provider()) as client:
        yield client


@contextmanager
def asking(url: str, provider: Provider) -> Iterator[TestClient]:
    with TestClient(create_app(url, provider=provider)) as client:
        yield client


def bearer(token: str) -> Headers:
    return {"Authorization": f"Bearer {token}"}


def who(client: TestClient, token: str) -> tuple[str, str, str]:
    answer = client.get(SESSION, headers=bearer(token))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["csrf_token"] is None
    return told["actor"], told["role"], told["office"]


def refused(client: TestClient, token: str) -> str:
    """Why a token is refused, which is never told by the token's own words."""
    answer = client.get(SESSION, headers=bearer(token))
    problem = told(answer)
    assert (problem.status, problem.code) == (401, "credentials-refused")
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    return problem.detail


def test_a_machine_client_records_for_its_office_and_reads(
    trusting_changing: TestClient, identities: Provided
) -> None:
    who = bearer(identities.machine_token())
    command = {"Idempotency-Key": str(uuid4()), "If-Match": '"v9"'}
    answer = trusting_changing.post(f"/v1/assets/{FILE}/costs", json=COST, headers=who | command)
    assert (answer.status_code, answer.json()["version"]) == (201, 10)
    last = trusting_changing.get(f"/v1/assets/{FILE}/history", headers=who).json()["entries"][-1]
    assert (last["entry"], last["actor"]) == ("cost_accrued", "recording-program")


def test_a_machine_client_that_may_only_read_does_not_record(
    trusting: TestClient, identities: Provided
) -> None:
    who = bearer(identities.machine_token("reading-program"))
    assert trusting.get(f"/v1/assets/{FILE}", headers=who).status_code == 200
    command = {"Idempotency-Key": str(uuid4()), "If-Match": '"v9"'}
    answer = trusting.post(f"/v1/assets/{FILE}/costs", json=COST, headers=who | command)
    assert told(answer).code == "not-allowed"


def test_a_key_is_taken_beside_the_provider_s_tokens(
    reading: TestClient, register: str, identities: Provided
) -> None:
    assert who(reading, identities.machine_token()) == ("recording-program", "coordinator", OFFICE)
    answer = reading.get(SESSION, headers=held(register, "auditor", "", "auditor-1"))
    assert answer.json() == {"actor": "auditor-1", "office": None, "role": "auditor", "csrf_token": None}


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # by RFC 9864, which names it Ed25519
@pytest.mark.parametrize("alg", ["RS256", "PS256", "ES256", "Ed25519", "EdDSA"])
def test_a_token_may_be_signed_by_any_algorithm_of_the_list(
    reading: TestClient, identities: Provided, alg: str
) -> None:
    (own,) = (each for each in identities.keys if each.alg == alg)
    assert who(reading, identities.signed(identities.claims(), own))[0] == "forger"


@pytest.mark.parametrize(
    "claims",
    [{"exp": -30}, {"nbf": 30}, {"iat": 30}],
    ids=["just expired", "just not yet", "just to be made"],
)
def test_clocks_may_differ_by_a_minute(
    reading: TestClient, identities: Provided, claims: dict[str, int]
) -> None:
    now = int(time.time())
    said = identities.claims(**{name: now + seconds for name, seconds in claims.items()})
    assert who(reading, identities.signed(said))[0] == "forger"


def said(**other: object) -> Forge:
    return lambda provider: provider.signed(provider.claims(**other))


def later(**seconds: int) -> Forge:
    return lambda provider: provider.signed(
        provider.claims(**{name: int(time.time()) + more for name, more in seconds.items()})
    )


def unsigned(provider: Provided) -> str:
    return f"{made({'alg': 'none', 'typ': 'at+jwt'}, provider)}."


def signed_with_the_public_key(provider: Provided) -> str:
    """The old trick on those who take the algorithm from the token; joserfc refuses to make such a token."""
    assert isinstance(provider.keys[0], RSAKey)
    token = made({"alg": "HS256", "kid": "RS256-key"}, provider)
    secret = provider.keys[0].as_pem(private=False)
    return f"{token}.{encoded(hmac.digest(secret, token.encode(), 'sha256'))}"


def made(header: dict[str, str], provider: Provided) -> str:
    """A header and the claims of a good token, not signed yet."""
    return f"{encoded(json.dumps(header).encode())}.{provider.signed(provider.claims()).split('.')[1]}"


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def changed_after_signing(provider: Provided) -> str:
    mine, other = (provider.signed(provider.claims(sub=sub)).split(".") for sub in ("a", "b"))
    return ".".join([mine[0], other[1], mine[2]])


def without_kid(provider: Provided) -> str:
    own = provider.keys[0]
    return jwt.encode({"alg": "RS256"}, provider.claims(), own, ["RS256"])


def expectation(claim: str) -> str:
    return f"the token's claim {claim} is not as expected"


ROLE = (
    "the token's claim auctions_role does not name a role, one of client, coordinator, supervisor, auditor, "
    "administrator"
)
OF = "the token's claim auctions_office does not name the office of a"


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        pytest.param(later(exp=-90), "the token has expired", id="expired"),
        pytest.param(later(nbf=90), expectation("nbf"), id="not yet valid"),
        pytest.param(later(iat=90), expectation("iat"), id="made in the future"),
        pytest.param(said(exp=None), expectation("exp"), id="never expires"),
        pytest.param(said(exp="never"), expectation("exp"), id="expires at a word"),
        pytest.param(said(aud="https://elsewhere.test"), expectation("aud"), id="another audience"),
        pytest.param(said(aud=None), expectation("aud"), id="no audience"),
        pytest.param(said(aud=["a", "b"]), expectation("aud"), id="other audiences"),
        pytest.param(said(iss="https://elsewhere.test"), expectation("iss"), id="another issuer"),
        pytest.param(said(iss=None), expectation("iss"), id="no issuer"),
        pytest.param(said(sub=None), expectation("sub"), id="nobody's"),
        pytest.param(said(sub=5), expectation("sub"), id="a number's"),
        pytest.param(unsigned, NO_ALGORITHM, id="alg none"),
        pytest.param(signed_with_the_public_key, NO_ALGORITHM, id="HS256 with the public key"),
        pytest.param(changed_after_signing, NO_KEY, id="changed after signing"),
        pytest.param(without_kid, NO_KEY, id="no kid"),
        pytest.param(
            lambda provider: provider.signed(provider.claims(), key(key_id="RS256-key")),
            NO_KEY,
            id="wrong key under a known kid",
        ),
        pytest.param(
            lambda provider: provider.signed(provider.claims(), key(key_id="unheard-of")),
            NO_KEY,
            id="unknown kid",
        ),
        pytest.param(
            lambda provider: provider.signed(provider.claims(), key("ES256", "RS256-key")),
            NO_KEY,
            id="another algorithm than the key's",
        ),
        pytest.param(lambda _: "a.b.c", NO_KEY, id="no token"),
        pytest.param(lambda _: "..", NO_KEY, id="dots"),
        pytest.param(lambda _: "WyJhbGciXQ.e30.AAAA", NO_KEY, id="a list for a header"),
        pytest.param(lambda provider: provider.machine_token("nobodys-program"), ROLE, id="no role"),
        pytest.param(said(auctions_role="judge"), ROLE, id="unknown role"),
        pytest.param(said(auctions_role=["coordinator"]), ROLE, id="roles"),
        pytest.param(said(auctions_office=None), f"{OF} coordinator", id="coordinator of no office"),
        pytest.param(
            said(auctions_role="supervisor", auctions_office=" "), f"{OF} supervisor", id="a blank office"
        ),
        pytest.param(said(auctions_role="auditor", auctions_office=7), f"{OF} auditor", id="office 7"),
        pytest.param(
            said(sub="x" * 201),
            "the token's claim sub is not a reference of 1 to 200 characters",
            id="a sub without end",
        ),
    ],
)
def test_a_token_that_does_not_hold_is_refused(
    reading: TestClient, identities: Provided, forge: Forge, why: str
) -> None:
    assert refused(reading, forge(identities)) == why


def test_a_command_with_a_token_that_does_not_hold_records_nothing(
    trusting: TestClient, identities: Provided
) -> None:
    forged = bearer(identities.signed(identities.claims(), key(key_id="RS256-key")))
    command = {"Idempotency-Key": str(uuid4()), "If-Match": '"v9"'}
    answer = trusting.post(f"/v1/assets/{FILE}/costs", json=COST, headers=forged | command)
    assert told(answer).code == "credentials-refused"
    assert len(trusting.get(f"/v1/assets/{FILE}/history").json()["entries"]) == 9


def test_nothing_of_a_token_is_logged(
    reading: TestClient, identities: Provided, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = identities.machine_token(), unsigned(identities)
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        who(reading, good)
        refused(reading, bad)
    assert not [part for token in (good, bad) for part in token.split(".") if part and part in caplog.text]


def test_a_provider_that_signs_with_a_new_key_is_followed(register: str, own_identities: Provided) -> None:
    before = own_identities.machine_token()
    with asking(register, own_identities.provider()) as client:
        assert who(client, before)[0] == "recording-program"
        own_identities.sign_with([key("ES256", "second")])
        assert who(client, own_identities.machine_token())[0] == "recording-program"
        assert refused(client, before) == NO_KEY


def test_keys_are_asked_for_once_however_many_tokens_name_one_that_is_unknown(
    register: str, own_identities: Provided
) -> None:
    with asking(register, own_identities.provider(rest=60)) as client:
        assert who(client, own_identities.machine_token())[0] == "recording-program"
        for number in range(5):
            forged = own_identities.signed(own_identities.claims(), key("ES256", f"unknown-{number}"))
            assert refused(client, forged) == NO_KEY
    assert own_identities.node.call("keys_asked") == 1


def test_a_provider_that_is_away_is_said_so_until_it_is_back(register: str, own_identities: Provided) -> None:
    token = own_identities.machine_token()
    own_identities.node.call("go_away")
    with asking(register, own_identities.provider()) as client:
        assert told(client.get(SESSION, headers=bearer(token))).code == "provider-away"
        own_identities.node.call("come_back")
        assert who(client, token)[0] == "recording-program"
        own_identities.node.call("go_away")
        assert who(client, token)[0] == "recording-program"
        unknown = own_identities.signed(own_identities.claims(), key("ES256", "unknown"))
        assert refused(client, unknown) == NO_KEY


def test_a_provider_that_calls_itself_otherwise_is_not_believed(register: str, identities: Provided) -> None:
    other = identities.trusted(issuer=identities.issuer.replace("127.0.0.1", "localhost"))
    with asking(register, Provider(other)) as client:
        answer = client.get(SESSION, headers=bearer(identities.machine_token()))
        assert told(answer).code == "provider-away"


@pytest.mark.parametrize(
    "url", ["https://id.example.vn", "http://localhost:9000/realm", "http://127.0.0.1", "http://[::1]:1"]
)
def test_a_provider_is_asked_over_https_or_on_this_machine(url: str) -> None:
    assert safe(url) == url


@pytest.mark.parametrize(
    "url",
    ["http://id.example.vn", "ftp://localhost", "file:///etc/passwd", "id.example.vn", "http://10.0.0.1", ""],
)
def test_a_provider_is_never_asked_where_others_could_answer(url: str) -> None:
    with pytest.raises(ValueError, match="https:// address is expected"):
        safe(url)


def test_an_issuer_that_is_not_safe_is_refused_at_once() -> None:
    with pytest.raises(Refused, match="an https:// address is expected"):
        Provider(Trusted("http://id.example.vn", "a"))
