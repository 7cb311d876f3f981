"""What commands share: the database, the printing, dates and numbers in the reader's language."""

import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

import orjson
import psycopg
import typer
from psycopg.conninfo import make_conninfo
from rich.console import Console
from rich.table import Table

from auctions.settings import Settings
from auctions.store import embedded
from auctions.store.migrate import migrate

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of a table.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], help="As things stood at the end of this legal day.", show_default="today"
    ),
]
NAME = "auctions"


def database() -> str:
    """Return the database's URL; the embedded one is started, made and migrated where that is needed."""
    settings = Settings()
    if settings.database_url:
        return settings.database_url
    server = embedded.start(settings.home)
    url = make_conninfo(server, dbname=NAME)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7283003)")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'".encode())
        migrate(url)
    return url


def day(as_of: datetime | None) -> date | None:
    """Return the legal day that --as-of names."""
    return as_of.date() if as_of else None


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON-ready value
    """Print `value` as indented JSON on standard output."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.buffer.flush()


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under columns; numbers and days in the reader's language, what is absent as nothing."""
    table = Table(title=title, title_justify="left")
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(words, row))
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def words(value: object) -> str:
    """Return `value` as the reader of this language writes it."""
    vietnamese = os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("vi")
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}".replace(",", ".") if vietnamese else f"{value:,}"
        case date():
            return f"{value:%d/%m/%Y}" if vietnamese else value.isoformat()
        case float():
            text = f"{value:.1%}"
            return text.replace(".", ",") if vietnamese else text
    return str(value)
