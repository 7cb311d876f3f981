"""Databases of a test, of a module or of the session."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo


@contextmanager
def created(server: str, template: str) -> Iterator[str]:
    """Make a database as a copy of `template`; lend the superuser's URL of it, and drop it.

    Its files are copied, which takes a quarter of the time that PostgreSQL's usual way takes.
    """
    name = f"auctions_test_{uuid4().hex[:12]}"
    _done(server, f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' STRATEGY file_copy")
    yield make_conninfo(server, dbname=name)
    _done(server, f"DROP DATABASE {name} WITH (FORCE)")


def _done(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(statement.encode())
