"""Rows of the quarantine tried again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg

from auctions.application.recording import Actor
from auctions.domain.errors import Refused
from auctions.journal.importing import Import, Mode, Report
from auctions.journal.rows import Row
from auctions.store.port import Store
from auctions.store.quarantine import SetAside, quarantined, resolve, set_aside


def retry(
    store: Store,
    writer: psycopg.Connection[Any],
    by: Actor,
    *,
    ids: Sequence[UUID] | None = None,
    mended: Mapping[str, str] | None = None,
) -> Report:
    """Try the rows that wait (all, or those of `ids`) again with `mended` cells in place of theirs.

    What is recorded now, or was already, waits no more; the others keep their newest problems. In the
    report a row's number is its place among those tried. Raises Refused where no row of an id waits.
    """
    waiting = [row._replace(cells=_mended(row.cells, mended or {})) for row in quarantined(writer, ids)]
    gone = set(ids or ()) - {row.quarantine_id for row in waiting}
    if gone:
        raise Refused("unknown-row", f"no row {', '.join(map(str, gone))} waits in the quarantine")
    run = Import(store, by, Mode.POSSIBLE, "quarantine", lambda _phase, _done: None)
    report = run.run(_rows(waiting))
    tried = dict(enumerate(waiting, 1))
    with writer.transaction():
        resolve(writer, [row.quarantine_id for place, row in tried.items() if place not in run.refused])
        refused = {place: row for place, row in tried.items() if place in run.refused}
        set_aside(writer, [row._replace(problems=run.problems_of(place)) for place, row in refused.items()])
    return report


def _mended(cells: dict[str, Any], mended: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in (cells | dict(mended)).items() if value != ""}


def _rows(waiting: Sequence[SetAside]) -> Iterator[Row]:
    return (Row(place, row.cells) for place, row in enumerate(waiting, 1))
