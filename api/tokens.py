"""Tokens that a provider signed (JWT, RFC 7519 and 9068): whether they hold, and whom they tell of."""

from typing import Any

from joserfc import jws, jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError, UnsupportedAlgorithmError
from joserfc.jwt import ClaimsOption, JWTClaimsRegistry
from pydantic import TypeAdapter, ValidationError

from api.problems import Problem
from api.provider import Provider
from api.trusted import Trusted
from auctions.domain.event import Reference
from auctions.domain.roles import RECORDING, Role

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
"""How a token may be signed: with a key whose public half cannot sign."""
LEEWAY = 60
"""How many seconds the provider's clock may be off."""

_FORM = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
_REFERENCE = TypeAdapter(Reference)


async def holder(provider: Provider, token: str) -> tuple[str, str, str]:
    """Return the actor, office and role that an access token tells of.

    Raises Problem `credentials-refused` for one that does not hold, `provider-away`.
    """
    return named(await claims(provider, token, provider.trusted.audience), provider.trusted)


async def claims(provider: Provider, token: str, audience: str, nonce: str | None = None) -> dict[str, Any]:
    """Return what a token says to an audience; an id token bears the nonce of its sign-in.

    Raises Problem `credentials-refused` for one that does not hold, `provider-away`.
    """
    try:
        said = jwt.decode(token, await provider.keys(_key_id(token)), registry=_FORM).claims
        _expected(provider.trusted.issuer, audience, nonce).validate(said)
    except ExpiredTokenError as error:
        raise refused("the token has expired") from error
    except ClaimError as error:
        raise refused(f"the token's claim {error.claim} is not as expected") from error
    except UnsupportedAlgorithmError as error:
        raise refused(f"the token is not signed by one of {', '.join(ALGORITHMS)}") from error
    except (JoseError, ValueError, LookupError, TypeError) as error:
        raise refused("the token is not signed by a key of the provider") from error
    return said


def _key_id(token: str) -> str:
    header = jws.extract_compact(token.encode(), registry=_FORM).headers()
    _FORM.check_header(header)
    _FORM.get_alg(header["alg"])
    return str(header["kid"])


def _expected(issuer: str, audience: str, nonce: str | None) -> JWTClaimsRegistry:
    needed: ClaimsOption = {"essential": True}
    expected = JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        exp=needed,
        iat=needed,
        sub=needed,
    )
    if nonce:
        expected.options["nonce"] = {"essential": True, "value": nonce}
        expected.options["azp"] = {"value": audience}
    return expected


def named(said: dict[str, Any], trusted: Trusted) -> tuple[str, str, str]:
    """Return the actor, office and role that claims tell of. Raises Problem `credentials-refused`."""
    role, office = said.get(trusted.role_claim), said.get(trusted.office_claim) or ""
    if role not in list(Role):
        roles = ", ".join(Role)
        raise refused(f"the token's claim {trusted.role_claim} does not name a role, one of {roles}")
    if (office or role in RECORDING) and not _is_reference(office):
        raise refused(f"the token's claim {trusted.office_claim} does not name the office of a {role}")
    if not _is_reference(said["sub"]):
        raise refused("the token's claim sub is not a reference of 1 to 200 characters")
    return said["sub"], office, role


def _is_reference(value: object) -> bool:
    try:
        _REFERENCE.validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


def refused(detail: str) -> Problem:
    """Return the problem that a token does not hold (RFC 6750, section 3.1)."""
    headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
    return Problem("credentials-refused", detail, headers=headers)
