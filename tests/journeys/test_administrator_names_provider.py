"""The administrator names a provider of identities, and its machine clients record over real sockets."""

from uuid import uuid4

import httpx2

from tests.journeys.commandline import CommandLine
from tests.journeys.test_program_asks_service import serving
from tests.web.provided import AUDIENCE, key, provided
from tests.web.register import OFFICE


def test_the_service_takes_the_tokens_of_the_provider_that_is_named(database: str) -> None:
    with provided([key()]) as identities:
        named = {"AUCTIONS_OIDC_ISSUER": identities.issuer, "AUCTIONS_OIDC_AUDIENCE": AUDIENCE}
        auctions = CommandLine(AUCTIONS_DATABASE_URL=database, **named)
        with serving(auctions) as (_, url):
            seizure = {"on": "2025-03-03", "asset_ref": "TS-9", "office": OFFICE, "kind": "land"}
            headers = {
                "Authorization": f"Bearer {identities.machine_token()}",
                "Idempotency-Key": str(uuid4()),
            }
            assets = f"{url}v1/assets"
            answer = httpx2.post(assets, json=seizure, headers=headers)
            assert (answer.status_code, answer.json()["version"]) == (201, 1)
            forged = identities.signed(identities.claims(), key(key_id="RS256-key"))
            answer = httpx2.post(
                assets, json=seizure, headers=headers | {"Authorization": f"Bearer {forged}"}
            )
            assert (answer.status_code, answer.json()["code"]) == (401, "credentials-refused")


def test_a_provider_without_an_audience_or_over_http_is_refused(database: str) -> None:
    issuer = {"AUCTIONS_OIDC_ISSUER": "http://id.example.vn"}
    auctions = CommandLine(AUCTIONS_DATABASE_URL=database, **issuer)
    assert auctions.complaint("serve", "--port", 0, code=1) == (
        "audience-needed: AUCTIONS_OIDC_ISSUER is set: expected AUCTIONS_OIDC_AUDIENCE too"
    )
    auctions = CommandLine(AUCTIONS_DATABASE_URL=database, **issuer, AUCTIONS_OIDC_AUDIENCE=AUDIENCE)
    assert auctions.complaint("serve", "--port", 0, code=1) == (
        "address-not-safe: http://id.example.vn: an https:// address is expected"
    )
