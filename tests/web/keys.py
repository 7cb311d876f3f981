"""Keys for those who ask in tests, one a role and office."""

import psycopg

from auctions.store import keys
from tests.web.register import OFFICE

Headers = dict[str, str]


def held(url: str, role: str, office: str = OFFICE, actor: str = "") -> Headers:
    """Make a key and return the header that its holder sends."""
    with psycopg.connect(url, autocommit=True, options=keys.OWNER) as own:
        _, token = keys.add(own, actor=actor or f"{role}-{office}", office=office, role=role, days=1)
    return {"Authorization": f"Bearer {token}"}
