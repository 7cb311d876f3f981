"""Databases of a module or of the session, for journeys that only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo


@contextmanager
def created(server: str, template: str) -> Iterator[str]:
    """Make a database as a copy of `template`; lend the superuser's URL of it, and drop it."""
    name = f"auctions_test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' STRATEGY file_copy".encode())
        yield make_conninfo(server, dbname=name)
        own.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
