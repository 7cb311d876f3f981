"""Rebuild of read models beside the old ones: filled, caught up, swapped, while both sides go on."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from projections import log, tracking
from projections.filling import unhurried
from projections.folding import Folder
from projections.projection import FAULTS, Projection
from projections.sharing import fill, run_all

_LOCK = "SELECT pg_advisory_lock(hashtext(%s))"
_SWAP = "1200ms"
"""How long the swap may wait for those who read the old table, and others behind it: a second is what
PostgreSQL itself needs to call back its vacuum."""
_PAUSE = 3.0
"""Seconds between tries to swap."""
_FEW, _ROUNDS = 100, 5
"""Events that may be left for the swap, and rounds at most, each of which leaves what came meanwhile."""

Progress = Callable[[int, int], None]
"""Takes the position reached and the log's last."""


def rebuild(url: str, *models: Projection, progress: Progress = lambda _done, _of: None) -> int:
    """Build read models anew and swap them in; return the position all of them stand at or stop before.

    They are filled file by file. A read model that cannot take an entry is filled by pages instead, and like
    the runner's stops before it.
    """
    with unhurried(url) as own:
        for name in sorted(model.name for model in models):
            own.execute(_LOCK, [f"rebuild {name}"])
        return _rebuilt(url, own, models, progress)


def _rebuilt(url: str, own: psycopg.Connection[Any], models: Sequence[Projection], progress: Progress) -> int:
    try:
        position = _filled(url, own, models, progress)
    except FAULTS:
        if len(models) > 1:
            return min([_rebuilt(url, own, [model], progress) for model in models])
        position = _empty(own, models)
    position = _Filler(own, models, position, progress).come_near(_ROUNDS)
    return min([_take_place(own, model, position, progress) for model in models], default=position)


def _next(model: Projection) -> str:
    return f"{model.name}__next"


def _filled(url: str, own: psycopg.Connection[Any], models: Sequence[Projection], progress: Progress) -> int:
    for model in models:
        _create_empty(own, model)
    head = log.head(own)
    fill(url, own, models, head, lambda done: progress(done, head))
    for model in models:
        key, *indexes = model.keys(_next(model))
        own.execute(key)
        run_all(url, own, indexes, head)
        own.execute(f"ANALYZE {_next(model)}".encode())
    return head


def _empty(own: psycopg.Connection[Any], models: Sequence[Projection]) -> int:
    for model in models:
        own.execute(f"DROP TABLE IF EXISTS {_next(model)}".encode())
        model.create(own, _next(model))
    return 0


def _create_empty(own: psycopg.Connection[Any], model: Projection) -> None:
    own.execute(f"DROP TABLE IF EXISTS {_next(model)}".encode())
    model.create_table(own, _next(model))


def _take_place(own: psycopg.Connection[Any], model: Projection, position: int, progress: Progress) -> int:
    """Catch up and swap. Who keeps the old table is waited for, and others are not kept waiting meanwhile."""
    filler = _Filler(own, [model], position, progress)
    while True:
        reached = filler.come_near(1)
        try:
            with own.transaction():
                _swap(own, model, filler)
        except psycopg.errors.LockNotAvailable:
            filler.position = reached
            time.sleep(_PAUSE)
        else:
            return filler.position


def _swap(own: psycopg.Connection[Any], model: Projection, filler: "_Filler") -> None:
    tracking.tracked(own, [model.name], lock=True)
    filler.catch_up()  # at least to where the old one stands, as that is part of the log
    own.execute(f"SET LOCAL lock_timeout = '{_SWAP}'".encode())
    own.execute(f"DROP TABLE IF EXISTS {model.name}".encode())
    own.execute(f"ALTER TABLE {_next(model)} RENAME TO {model.name}".encode())
    tracking.begin(own, model, filler.position)
    if filler.poison:
        tracking.stop(own, [model.name], filler.poison.position, str(filler.poison))


class _Filler:
    """Takes page after page from a position on, up to an event that cannot be taken."""

    def __init__(
        self, own: psycopg.Connection[Any], models: Sequence[Projection], position: int, progress: Progress
    ) -> None:
        self.own, self.models, self.position, self.progress = own, models, position, progress
        self.folder = Folder(models)
        self.poison: log.PoisonedEvent | None = None

    def come_near(self, rounds: int) -> int:
        """Take pages until few events are left, as writers who never pause leave some; return where it is."""
        for _ in range(rounds):
            if log.head(self.own) - self.position > _FEW:
                self.catch_up()
        self.progress(self.position, log.head(self.own))
        return self.position

    def catch_up(self) -> None:
        """Take pages up to what is now the end of the log."""
        head = log.head(self.own)
        while self.position < head and self._page():
            self.progress(self.position, head)

    def _page(self) -> bool:
        try:
            events = log.page(self.own, self.position, log.PAGE)
            if events:
                self._take(events)
        except log.PoisonedEvent as poison:
            self.poison = poison
            return False
        return bool(events)

    def _take(self, events: Sequence[log.Event]) -> None:
        try:
            with self.own.transaction():
                files = self.folder.touched(self.own, events)
                for model in self.models:
                    model.write(self.own, _next(model), files)
        except FAULTS as error:
            less = log.half(events)
            if not less:
                raise log.PoisonedEvent(events[0].position, error) from error
            self._take(less)
        else:
            self.position = events[-1].position
