"""Who asks: the public, or who has a key, a provider's token or a session, in a role and for an office."""

from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.requests import Request

from api import sessions, tokens
from api.database import connected
from api.problems import Problem
from auctions.domain.roles import RECORDING, Role
from auctions.store.keys import FIND, fits, parted

CHALLENGE = {"WWW-Authenticate": "Bearer"}
FRESH = {"Cache-Control": "no-store", "Vary": "Authorization, Cookie"}
"""The headers of what nobody may keep."""


class Who(NamedTuple):
    """Who asks: a reference, the office worked for, and the role; all are empty for the public."""

    actor: str = ""
    office: str = ""
    role: str = ""


PUBLIC = Who()
PUBLIC_TOO: dict[str, Any] = {"security": [{}]}
"""What the description of a route says that answers the public too."""
_BEARER = HTTPBearer(
    scheme_name="bearer",
    description="a key, auk_…, or a token of the provider of identities",
    auto_error=False,
)
_SESSION = APIKeyCookie(
    name=sessions.COOKIE,
    scheme_name="session",
    description=f"set by signing in; all but GET need {sessions.CSRF_HEADER} too, see /v1/session",
    auto_error=False,
)


async def who(
    request: Request,
    _bearer: Annotated[object, Security(_BEARER)],
    _session: Annotated[object, Security(_SESSION)],
) -> Who:
    """Return who asks, by credentials that the schemes only describe.

    Raises Problem `credentials-refused` for a key or token that does not hold.
    """
    given = request.headers.get("authorization")
    if given is None:
        return await _signed_in(request)
    scheme, _, token = given.partition(" ")
    provider = request.app.state.provider
    if provider and scheme.lower() == "bearer" and token.count(".") == 2:  # noqa: PLR2004 - header.claims.signature
        return Who(*await tokens.holder(provider, token.strip()))
    found = parted(token.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise _refused()
    key_id, secret = found
    async with connected(request.app) as connection:
        row = await (await connection.execute(FIND, [key_id])).fetchone()
    if row is None or not fits(row[0], secret):
        raise _refused()
    return Who(*row[1:])


async def _signed_in(request: Request) -> Who:
    """Return who signed in by a browser; whose session has ended is the public again."""
    session_id = sessions.id_of(request)
    found = session_id and await sessions.held(request.app, session_id)
    if not (session_id and found):
        return PUBLIC
    if not sessions.is_meant(request, session_id):
        raise Problem("csrf-token-needed", f"send what GET /v1/session tells as {sessions.CSRF_HEADER}")
    return Who(*found)


def _refused() -> Problem:
    return Problem("credentials-refused", "a key that holds is expected: Bearer auk_…", headers=CHALLENGE)


Asking = Annotated[Who, Depends(who)]
"""Who asks, as a route takes it."""


async def recorder(asking: Asking) -> Who:
    """Return who records. Raises Problem for one who may not."""
    if asking == PUBLIC:
        raise Problem("sign-in-needed", "only coordinators and supervisors record", headers=CHALLENGE)
    if asking.role not in RECORDING:
        raise Problem("not-allowed", f"a {asking.role} does not record: coordinators and supervisors do")
    return asking


Recorder = Annotated[Who, Depends(recorder)]
"""Who may record, as a route takes it."""


async def insider(asking: Asking) -> Who:
    """Return who is shown what the public is not: auditors all, those who record what is of their office."""
    if asking == PUBLIC:
        told = "only auditors and the office that keeps it are shown it"
        raise Problem("sign-in-needed", told, headers=CHALLENGE)
    if asking.role != Role.AUDITOR and asking.role not in RECORDING:
        raise Problem("not-allowed", f"a {asking.role} is not shown it")
    return asking


Insider = Annotated[Who, Depends(insider)]
"""Who is shown what the public is not, as a route takes it."""


async def auditor(asking: Insider) -> Who:
    """Return who is shown what auditors alone are."""
    if asking.role != Role.AUDITOR:
        raise Problem("not-allowed", "only auditors are shown it")
    return asking


Auditor = Annotated[Who, Depends(auditor)]
"""An auditor, as a route takes it."""


async def administrator(asking: Asking) -> Who:
    """Return who administers accounts, keys, limits of offices and read models, and records nothing."""
    if asking == PUBLIC:
        raise Problem("sign-in-needed", "only administrators are shown and do it", headers=CHALLENGE)
    if asking.role != Role.ADMINISTRATOR:
        raise Problem("not-allowed", f"a {asking.role} does not administer: administrators do")
    return asking


Administrator = Annotated[Who, Depends(administrator)]
"""An administrator, as a route takes it."""
