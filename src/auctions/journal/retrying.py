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
    """Try the rows that wait (all, or those of `ids`) again, these with `mended` cells in place of theirs.

    Rows that are recorded together with one of `ids` are tried with it; a row that could not be read has
    nothing to try and goes on waiting. What is recorded now, or was already, waits no more; the others keep
    their newest problems. In the report a row's number is its place among those tried. Of an actor with an
    office only the rows of that office are tried.
    Raises Refused where no row of an id waits.
    """
    waiting = _chosen(quarantined(writer, office=by.office), ids, mended or {})
    run = Import(store, by, Mode.POSSIBLE, "quarantine", lambda _phase, _done: None)
    report = run.run(_rows(waiting))
    tried = dict(enumerate(waiting, 1))
    with writer.transaction():
        resolve(writer, [row.quarantine_id for place, row in tried.items() if place not in run.refused])
        refused = {place: row for place, row in tried.items() if place in run.refused}
        set_aside(writer, [row._replace(problems=run.problems_of(place)) for place, row in refused.items()])
    return report


def _chosen(
    rows: Sequence[SetAside], ids: Sequence[UUID] | None, mended: Mapping[str, str]
) -> list[SetAside]:
    if ids is None:
        return [row for row in rows if row.cells]
    named = {row.quarantine_id for row in rows} & set(ids)
    if gone := set(ids) - named:
        raise Refused("unknown-row", f"no row {', '.join(map(str, gone))} waits in the quarantine")
    units = {_unit(row) for row in rows if row.quarantine_id in named}
    return [
        row._replace(cells=_mended(row.cells, mended)) if row.quarantine_id in named else row
        for row in rows
        if row.cells and _unit(row) in units
    ]


def _unit(row: SetAside) -> tuple[object, ...]:
    together = row.cells.get("together")
    return (row.source, row.asset_ref, str(together)) if together else (row.quarantine_id,)


def _mended(cells: dict[str, Any], mended: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in (cells | dict(mended)).items() if value != ""}


def _rows(waiting: Sequence[SetAside]) -> Iterator[Row]:
    return (Row(place, row.cells) for place, row in enumerate(waiting, 1))
