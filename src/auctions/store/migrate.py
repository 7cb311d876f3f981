"""Migrations: plain SQL files, taken in order under an advisory lock, each once."""

import hashlib
from importlib.resources import files
from typing import Any

import psycopg

from auctions.store.connect import NoDatabase, no_database

_LOCK = 7283000

_ROLES = ("auctions_owner", "auctions_service", "auctions_runner", "auctions_signer")
_MAKE = """DO $$ BEGIN CREATE ROLE {role} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"""
_MAY_USE = """DO $$ BEGIN
    EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO auctions_owner', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO auctions_service, auctions_runner', current_database());
END $$"""
_ROOMS = """
CREATE SCHEMA IF NOT EXISTS auctions;
CREATE SCHEMA IF NOT EXISTS projections;
SET search_path = auctions, public;
CREATE TABLE IF NOT EXISTS migrations
    (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
GRANT USAGE ON SCHEMA auctions TO auctions_service, auctions_runner;
GRANT SELECT ON migrations TO auctions_service, auctions_runner;
"""


def migrations() -> list[tuple[str, str]]:
    """Return every migration's file name and SQL, in order."""
    folder = files("auctions.store").joinpath("migrations")
    found = [(file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir()]
    return sorted((name, text) for name, text in found if name.endswith(".sql"))


def migrate(url: str) -> list[str]:
    """Bring the database at `url` (the owner's or a superuser's) up to date; return what was applied.

    Raises NoDatabase when none answers, the rights do not suffice, or an applied file was changed since.
    """
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            return _migrate(connection)
    except psycopg.OperationalError as error:
        raise no_database(error) from error
    except psycopg.errors.InsufficientPrivilege as error:
        message = "the user may not make roles or schemas: run `auctions migrate` as the database's owner"
        raise NoDatabase(message) from error


def _migrate(connection: psycopg.Connection[Any]) -> list[str]:
    for role in _missing_roles(connection):
        connection.execute(_MAKE.format(role=role).encode())
    _become_owner(connection)
    connection.execute(_ROOMS)
    rows = connection.execute("SELECT name, sha256 FROM migrations").fetchall()
    done: dict[str, str] = dict(rows)
    return [name for name, text in migrations() if _apply(connection, name, text, done.get(name))]


def _missing_roles(connection: psycopg.Connection[Any]) -> list[str]:
    found = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    return [role for role in _ROLES if role not in found]


def _become_owner(connection: psycopg.Connection[Any]) -> None:
    """Act as auctions_owner: the owner of the database, or whoever may make it one's own."""
    if not _owned(connection):
        connection.execute(_MAY_USE)
        connection.execute(f"GRANT {', '.join(_ROLES)} TO CURRENT_USER".encode())
    connection.execute("SET ROLE auctions_owner")


def _owned(connection: psycopg.Connection[Any]) -> bool:
    row = connection.execute(
        """SELECT datdba = 'auctions_owner'::regrole FROM pg_database WHERE datname = current_database()"""
    ).fetchone()
    return row == (True,)


def _apply(connection: psycopg.Connection[Any], name: str, text: str, applied: str | None) -> bool:
    digest = hashlib.sha256(text.encode()).hexdigest()
    if applied == digest:
        return False
    if applied:
        message = f"migration {name} was changed after it was applied: restore the file"
        raise NoDatabase(message)
    with connection.transaction():
        connection.execute(text.encode())
        connection.execute("INSERT INTO migrations (name, sha256) VALUES (%s, %s)", [name, digest])
    return True


def pending(connection: psycopg.Connection[Any]) -> list[str]:
    """Return the migrations the database still lacks, asked as the service."""
    table = connection.execute("SELECT to_regclass('auctions.migrations')").fetchone()
    if table == (None,):
        return [name for name, _ in migrations()]
    done = {row[0] for row in connection.execute("SELECT name FROM auctions.migrations")}
    return [name for name, _ in migrations() if name not in done]
