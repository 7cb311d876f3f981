"""Rebuild of a read model beside the old one: filled, caught up, swapped, while both sides go on."""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from auctions.store.connect import connection
from projections import log, tracking
from projections.folding import Folder
from projections.projection import FAULTS, Projection

_LOCK = "SELECT pg_advisory_lock(hashtext(%s))"

Progress = Callable[[int, int], None]
"""Takes the position reached and the log's last."""


def rebuild(url: str, projection: Projection, progress: Progress = lambda _done, _of: None) -> int:
    """Build the read model anew and swap it in; return the position it stands at.

    Like the runner's, it stops before an event that it cannot take.
    """
    with connection(url) as own:
        own.execute(_LOCK, [f"rebuild {projection.name}"])
        table = f"{projection.name}__next"
        own.execute(f"DROP TABLE IF EXISTS {table}".encode())
        projection.create(own, table)
        filler = _Filler(own, projection, table, progress)
        while filler.page():
            pass
        with own.transaction():
            tracking.tracked(own, [projection.name], lock=True)
            while filler.page():
                pass
            _swap(own, projection, table)
            tracking.begin(own, projection, filler.position)
            if filler.poison:
                tracking.stop(own, [projection.name], filler.poison.position, str(filler.poison))
        return filler.position


def _swap(own: psycopg.Connection[Any], projection: Projection, table: str) -> None:
    own.execute(f"DROP TABLE IF EXISTS {projection.name}".encode())
    own.execute(f"ALTER TABLE {table} RENAME TO {projection.name}".encode())


class _Filler:
    def __init__(
        self, own: psycopg.Connection[Any], projection: Projection, table: str, progress: Progress
    ) -> None:
        self.own, self.projection, self.table, self.progress = own, projection, table, progress
        self.folder = Folder()
        self.position = 0
        self.poison: log.PoisonedEvent | None = None

    def page(self) -> bool:
        try:
            events = log.page(self.own, self.position, log.PAGE)
            if events:
                self._take(events)
        except log.PoisonedEvent as poison:
            self.poison = poison
            return False
        self.progress(self.position, log.head(self.own))
        return bool(events)

    def _take(self, events: Sequence[log.Event]) -> None:
        try:
            with self.own.transaction():
                self.projection.write(self.own, self.table, self.folder.touched(self.own, events))
        except FAULTS as error:
            if len(events) == 1:
                raise log.PoisonedEvent(events[0].position, error) from error
            self._take(events[: len(events) // 2])
        else:
            self.position = events[-1].position
