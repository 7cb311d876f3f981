"""The tables of a rebuild filled file by file, each file folded once."""

from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from auctions.store.connect import RUNNER_SETTINGS, no_database
from projections import log
from projections.following import whole
from projections.projection import Projection

_FILES = 1000
"""Files folded between two copies into the tables."""
_LIMITS = ("statement", "lock", "idle_in_transaction_session", "idle_session")
_ANEW = "-c synchronous_commit=off"
"""What a crash takes of a read model is read again: rows and position are lost together."""
_UNHURRIED = " ".join([RUNNER_SETTINGS, _ANEW, *(f"-c {limit}_timeout=0" for limit in _LIMITS)])


class Part(NamedTuple):
    """The files from one id up to another, not included, as of a position of the log."""

    first: UUID
    end: UUID | None
    position: int


def unhurried(url: str) -> psycopg.Connection[Any]:
    """Connect as the runner, who owns the read models, without the limits of time that a server may set.

    Raises NoDatabase.
    """
    try:
        return psycopg.connect(url, autocommit=True, options=_UNHURRIED)
    except psycopg.OperationalError as error:
        raise no_database(error) from error


def oids(own: psycopg.Connection[Any], names: Collection[str]) -> dict[str, int]:
    """Return what tells the tables that are being filled from those of any other rebuild."""
    query = "SELECT name, (name || '__next')::regclass::oid::int8 FROM unnest(%s::text[]) AS name"
    return dict(own.execute(query, [list(names)]).fetchall())


def fill_part(
    own: psycopg.Connection[Any],
    models: Sequence[Projection],
    part: Part,
    progress: Callable[[int], None],
) -> None:
    """Fill the tables from the files of a part."""
    asked = log.files_between(own, part.first, part.end, part.position)
    done = 0
    with own.transaction(), closing(asked) as files:
        replay = whole(own, files, part.position, models)
        while page := list(islice(replay, _FILES)):
            for model in models:
                model.fill(own, f"{model.name}__next", page)
            done += sum(each.file.version for each in page)
            progress(done)
