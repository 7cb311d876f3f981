"""The log in each store, filled once a run and settled; a slow peer holds the first group of files alone."""

from functools import cache

from tests.bench import databases, filled, message_db, stock
from tests.bench.context import Bench
from tests.bench.node import Node
from tests.bench.workload import ENTRIES, GROUP, Recorded, commands

SHORT = GROUP * ENTRIES
"""Entries of the part of the log that slow peers are measured over."""


@cache
def _commands(files: int) -> list[Recorded]:
    return list(commands(files))


@cache
def ours(bench: Bench) -> str:
    """Return the URL of our log."""
    url = databases.fresh(bench.server, "log")
    filled.ours(url, _commands(bench.log_files))
    databases.settled(url)
    return url


@cache
def of_message_db(bench: Bench) -> str:
    """Return the URL of Message DB's log. Raises Missing."""
    url = databases.empty(bench.server, "log_message_db")
    message_db.install(url)
    message_db.fill(url, _commands(bench.log_files))
    databases.settled(url)
    return url


@cache
def of_emmett(bench: Bench) -> str:
    """Return the URL of emmett's log, the first group of files. Raises Missing."""
    url = databases.empty(bench.server, "log_emmett")
    with Node("emmett.js", url=url, connections=8) as node:
        node.call("fill", path=str(filled.lines(bench.folder / "log.jsonl", _commands(GROUP))))
    databases.settled(url)
    return url


@cache
def of_stock(bench: Bench) -> str:
    """Return the URL of the stock application's log, the first group of files."""
    url = databases.empty(bench.server, "log_stock")
    with stock.Assets(stock.environment(url)) as app:
        stock.fill(app, _commands(GROUP))
    databases.settled(url)
    return url
