"""Read models held for one transaction that reads them more than once: what it finds is of one moment."""

from collections.abc import Sequence
from typing import Any

import psycopg

from api.database import Place
from api.positions import not_yet_read, together
from api.problems import Problem
from projections.tracking import hold, tracked


def held(connection: psycopg.Connection[Any], names: Sequence[str], known_at: int | None) -> Place:
    """Return the place of the named read models, which no rebuild swaps until the transaction ends.

    Raises Problem: `not-ready` where one is not built, `not-yet-read` where not all that was known at a
    position has been read.
    """
    try:
        hold(connection, names)
    except psycopg.errors.UndefinedTable as error:
        raise Problem("not-ready", f"not all built yet: {', '.join(names)}: see /readyz") from error
    found = {each.name: each for each in tracked(connection, names)}
    read = [found[name] for name in names]
    place = together([Place(each.name, each.position, each.stopped_at, each.version) for each in read])
    if known_at is not None and place.position < known_at:
        raise not_yet_read(place.position, known_at)
    return place
