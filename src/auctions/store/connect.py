"""Connections as the service's role, and the one line that says what to do when there is none."""

from typing import Any

import psycopg

_ROOMS = "-c search_path=projections,auctions,public -c timezone=UTC"
SETTINGS = f"{_ROOMS} -c role=auctions_service"
RUNNER_SETTINGS = f"{_ROOMS} -c role=auctions_runner"
_SIGNER_SETTINGS = f"{_ROOMS} -c role=auctions_signer -c default_transaction_read_only=on"


class NoDatabase(Exception):  # noqa: N818 - the word the exit code and the messages use
    """No database answers, or not one that is ready; the message is one line that says what to do."""


def connection(url: str) -> psycopg.Connection[Any]:
    """Connect to `url` with no more rights than the service has. Raises NoDatabase."""
    return _connected(url, SETTINGS)


def signer_connection(url: str) -> psycopg.Connection[Any]:
    """Connect to `url` as the signer, who reads the log alone. Raises NoDatabase."""
    return _connected(url, _SIGNER_SETTINGS)


def _connected(url: str, settings: str) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(url, autocommit=True, options=settings)
    except psycopg.OperationalError as error:
        raise no_database(error) from error


def no_database(error: psycopg.Error) -> NoDatabase:
    """Return the one line for an error of connecting."""
    first = (str(error).strip().splitlines() or ["no answer"])[0]
    if "permission denied to set role" in first:
        return NoDatabase(f"{first.rpartition('FATAL:')[2].strip()}: log in as a user that is granted it")
    if 'role "auctions_' in first:
        return NoDatabase("the database is not prepared: run `auctions migrate`")
    return NoDatabase(
        f"the database does not answer ({first}): `auctions db start` starts the embedded one, "
        "AUCTIONS_DATABASE_URL names another"
    )
