"""What commands share: the database, the printing, dates and numbers in the reader's language."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Literal

import psycopg
import typer
from psycopg.conninfo import conninfo_to_dict
from rich.console import Console
from rich.table import Table
from rich.text import Text

from auctions.settings import Settings
from auctions.store import embedded
from auctions.store.connect import NoDatabase, connection
from auctions.store.migrate import migrate, pending

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of a table.")]
NAME = "auctions"


def database(connect: Callable[[str], psycopg.Connection[Any]] = connection) -> str:
    """Return the database's URL; the embedded one is started, made and migrated where that is needed.

    `connect` is how its rights are tried. Raises NoDatabase where AUCTIONS_DATABASE_URL names one that does
    not answer or is not up to date.
    """
    url = named_database()
    if url is None:
        return embedded_database()
    with connect(url) as reader:
        missing = pending(reader)
    if missing:
        raise NoDatabase(f"the database lacks {', '.join(missing)}: run `auctions migrate`")
    return url


def named_database() -> str | None:
    """Return what AUCTIONS_DATABASE_URL names, if anything. Raises NoDatabase where it is no address."""
    url = Settings().database_url
    try:
        conninfo_to_dict(url or "")
    except psycopg.ProgrammingError as error:
        line = str(error).strip().splitlines()[0]
        expected = "expected postgresql://USER@HOST:PORT/DATABASE"
        raise NoDatabase(f"AUCTIONS_DATABASE_URL is no address of a database ({line}): {expected}") from error
    return url


def embedded_database() -> str:
    """Return the embedded database's URL; it is started, made and migrated where that is needed."""
    home = Settings().home
    server = embedded.start(home)
    url = embedded.url(home, database=NAME)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7283003)")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'".encode())
        migrate(url)
    return url


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON-ready value
    """Print `value` as indented JSON on standard output."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=_json_ready) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _json_ready(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under columns; numbers and days in the reader's language, what is absent as nothing."""
    table = Table(title=Text(title), title_justify="left")
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*[Text(words(value)) for value in row])  # what is recorded is no markup
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def words(value: object) -> str:
    """Return `value` as the reader of this language writes it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float() | date():
            return _in_language(value)
        case list():
            return "; ".join(map(_plain, value))
    return _plain(value)


def language() -> Literal["vi", "en"]:
    """Return the language of the reader's terminal, English where it is neither."""
    return "vi" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("vi") else "en"


def _in_language(value: float | date) -> str:
    vietnamese = language() == "vi"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if vietnamese else value.isoformat()
    text = f"{value:,}" if isinstance(value, int) else f"{value:.1%}"
    return text.translate(str.maketrans(",.", ".,")) if vietnamese else text


def _plain(value: object) -> str:
    """Return what stands within another value, without separators: a year is no amount."""
    match value:
        case list():
            return ";".join(map(_plain, value))
        case dict():
            return ", ".join(f"{name}={_plain(each)}" for name, each in value.items())
    return str(value)
