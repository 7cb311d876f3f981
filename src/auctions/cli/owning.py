"""What the administrator's commands share: the rights of the owner, and who needs an office."""

from typing import Any

import psycopg
import typer

from auctions.cli.common import database
from auctions.domain.roles import RECORDING, Role
from auctions.store.keys import OWNER


def owned() -> psycopg.Connection[Any]:
    """Return a connection to the database with the rights of its owner. Raises NoDatabase."""
    return _owner(database(_owner))


def _owner(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url, autocommit=True, options=OWNER)


def refuse_without_office(role: Role, office: str) -> None:
    """Refuse somebody who records and has no office. Raises typer.BadParameter."""
    if role in RECORDING and not office:
        raise typer.BadParameter(f"a {role} records for an office: expected --office")
