"""Fresh databases on the one server all sides share, and what that server is."""

import os
import platform
import subprocess
from importlib.metadata import version as installed
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from auctions.store.migrate import migrate
from tests.bench import node

_WRITES = 200
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def empty(server: str, name: str) -> str:
    """Return the URL of an empty database, made anew."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS bench_{name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE bench_{name} TEMPLATE template0 ENCODING 'UTF8'".encode())
    return url(server, f"bench_{name}")


def fresh(server: str, name: str) -> str:
    """Return the URL of a database of ours, made anew."""
    made = empty(server, name)
    migrate(made)
    return made


def copy(server: str, original: str, name: str) -> str:
    """Return the URL of a database that begins as a copy of another, to which nobody is connected."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS bench_{name} WITH (FORCE)".encode())
        template = conninfo_to_dict(original)["dbname"]
        connection.execute(f"CREATE DATABASE bench_{name} TEMPLATE {template}".encode())
    return url(server, f"bench_{name}")


def url(server: str, database: str) -> str:
    """Return the server's URL with another database, as both psycopg and node's pg take it."""
    found = {key: quote(str(value), safe="") for key, value in conninfo_to_dict(server).items()}
    del found["dbname"]
    return f"postgresql:///{database}?{'&'.join(f'{key}={value}' for key, value in found.items())}"


def settled(address: str) -> None:
    """Let a database that was filled come to rest: statistics made, pages written."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def versions(server: str) -> dict[str, Any]:
    """Return what this run is measured on. Raises RuntimeError on a server that is not durable."""
    with psycopg.connect(server) as connection:
        settings = {name: _shown(connection, name) for name in ("server_version", *_DURABLE)}
    if {name: settings[name] for name in _DURABLE} != _DURABLE:
        raise RuntimeError(f"the server must be durable to be measured: {settings}")
    return {
        "PostgreSQL": settings.pop("server_version"),
        **settings,
        "Python": platform.python_version(),
        "psycopg": installed("psycopg"),
        "eventsourcing": installed("eventsourcing"),
        "node": _node_version(),
        "cores": os.cpu_count(),
    }


def peer_versions() -> dict[str, str]:
    """Return the versions of the peers on node."""
    packages = {
        "emmett": "@event-driven-io/emmett-postgresql",
        "Message DB": "@eventide/message-db",
        "express": "express",
        "fastify": "fastify",
        "pg": "pg",
    }
    return {name: node.version(package) for name, package in packages.items()}


def fsync_milliseconds(folder: Path) -> float:
    """Return how long the disk takes to keep a page for good, which decides how fast one writer can be."""
    taken = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(_WRITES):
            file.write(bytes(8192))
            start = perf_counter()
            os.fdatasync(file.fileno())
            taken.append((perf_counter() - start) * 1000)
    return median(taken)


def _shown(connection: psycopg.Connection[Any], name: str) -> str:
    row = connection.execute(f"SHOW {name}".encode()).fetchone()
    return str(row[0]) if row else ""


def _node_version() -> str:
    try:
        told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return "missing"
    return told.stdout.strip()
