"""What `serve` and `run` share: the database for as long as they need it, and what watches them."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import typer

from auctions.cli.common import database, named_database
from auctions.evidence.folders import EvidenceFolder
from auctions.settings import Settings
from auctions.store import embedded
from auctions.store.connect import connection

if TYPE_CHECKING:
    from api.watching import Watch

Connect = Callable[[str], psycopg.Connection[Any]]
_LOG = logging.getLogger("auctions.service")


@contextmanager
def lent_database(connect: Connect = connection) -> Iterator[str]:
    """Lend the database's URL; an embedded server that was not running before is stopped afterwards."""
    home = Settings().home
    ours = not named_database() and not embedded.alive(home)
    try:
        yield database(connect)
    finally:
        if ours:
            embedded.stop(home)


@contextmanager
def watched(url: str, connect: Connect = connection) -> Iterator[list["Watch"]]:
    """Lend what the settings want told of every request; metrics are told meanwhile where they say so."""
    from api.metrics import Requests, metrics, told_at  # noqa: PLC0415 - slow, and no other command needs it
    from api.watching import log_request  # noqa: PLC0415 - as above

    settings = Settings()
    watches: list[Watch] = [log_request] if settings.log == "json" else []
    if settings.metrics is None:
        yield watches
        return
    evidence = EvidenceFolder(settings.evidence_folder) if settings.evidence_folder else None
    registry = metrics(lambda: connect(url), evidence)
    with told_at(settings.metrics, registry):
        yield [*watches, Requests(registry)]


def say(line: str) -> None:
    """Tell the person at the terminal, or the log where it is one for programs."""
    if Settings().log == "json":
        _LOG.info(line)
    else:
        typer.echo(line)
