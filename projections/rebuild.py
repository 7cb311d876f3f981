"""Rebuild of read models beside the old ones: filled, caught up, swapped, while both sides go on."""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from auctions.store.connect import connection
from projections import log, tracking
from projections.filling import fill, run_all
from projections.folding import Folder
from projections.projection import FAULTS, Projection

_LOCK = "SELECT pg_advisory_lock(hashtext(%s))"

Progress = Callable[[int, int], None]
"""Takes the position reached and the log's last."""


def rebuild(url: str, *models: Projection, progress: Progress = lambda _done, _of: None) -> int:
    """Build read models anew and swap them in; return the position all of them stand at or stop before.

    They are filled file by file. Where an entry cannot be taken they are filled by pages instead, each by
    itself, and like the runner's stop before it.
    """
    with connection(url) as own:
        for name in sorted(model.name for model in models):
            own.execute(_LOCK, [f"rebuild {name}"])
        position = _filled(url, own, models, progress)
        return min([_take_place(own, model, position, progress) for model in models], default=position)


def _next(model: Projection) -> str:
    return f"{model.name}__next"


def _filled(url: str, own: psycopg.Connection[Any], models: Sequence[Projection], progress: Progress) -> int:
    for model in models:
        _create_empty(own, model)
    head = log.head(own)
    try:
        fill(url, own, models, head, lambda done: progress(done, head))
    except FAULTS:
        for model in models:
            _create_empty(own, model)
        head = 0
    for model in models:
        key, *indexes = model.keys(_next(model))
        own.execute(key)
        run_all(url, own, indexes, head)
    return head


def _create_empty(own: psycopg.Connection[Any], model: Projection) -> None:
    own.execute(f"DROP TABLE IF EXISTS {_next(model)}".encode())
    model.create_table(own, _next(model))


def _take_place(own: psycopg.Connection[Any], model: Projection, position: int, progress: Progress) -> int:
    filler = _Filler(own, model, position, progress)
    while filler.page():
        pass
    with own.transaction():
        tracking.tracked(own, [model.name], lock=True)
        while filler.page():
            pass
        own.execute(f"DROP TABLE IF EXISTS {model.name}".encode())
        own.execute(f"ALTER TABLE {_next(model)} RENAME TO {model.name}".encode())
        tracking.begin(own, model, filler.position)
        if filler.poison:
            tracking.stop(own, [model.name], filler.poison.position, str(filler.poison))
    return filler.position


class _Filler:
    """Takes page after page from a position on, up to an event that cannot be taken."""

    def __init__(
        self, own: psycopg.Connection[Any], model: Projection, position: int, progress: Progress
    ) -> None:
        self.own, self.model, self.position, self.progress = own, model, position, progress
        self.folder = Folder([model])
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
                self.model.write(self.own, _next(self.model), self.folder.touched(self.own, events))
        except FAULTS as error:
            if len(events) == 1:
                raise log.PoisonedEvent(events[0].position, error) from error
            self._take(events[: len(events) // 2])
        else:
            self.position = events[-1].position
