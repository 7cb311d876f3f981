"""A page of events taken by the read models that stand before it, rows and positions in one transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import psycopg

from projections import log, tracking
from projections.folding import Folder
from projections.projection import FAULTS, Projection, Touched
from projections.tracking import Tracked

_FEW = 20
"""Files up to which their rows go to the database without waiting for each statement's answer."""


class Pages:
    """Brings read models on page by page; what one of them cannot take stops that one alone."""

    def __init__(self, models: Mapping[str, Projection]) -> None:
        """Take the read models by name."""
        self._models = models
        self.folders: dict[tuple[str, ...], Folder] = {}

    def advance(self, own: psycopg.Connection[Any]) -> bool:
        """Take a page for each group of read models that stand together; tell whether there was one.

        So one that tries again from far behind does not keep the others.
        """
        groups = self._groups(own)
        self.folders = {names: self._folder(names) for names in groups}
        taken = [self._take_page(own, places) for places in groups.values()]
        return any(taken)

    def _groups(self, own: psycopg.Connection[Any]) -> dict[tuple[str, ...], list[Tracked]]:
        """Return the read models to bring on, by name, those furthest ahead first; not what others built."""
        standing: dict[int, list[Tracked]] = defaultdict(list)
        for place in tracking.tracked(own, self._models):
            if place.stopped_at is None and place.version == self._models[place.name].fingerprint:
                standing[place.position].append(place)
        return {tuple(place.name for place in standing[at]): standing[at] for at in sorted(standing)[::-1]}

    def _folder(self, names: tuple[str, ...]) -> Folder:
        return self.folders.get(names) or Folder([self._models[name] for name in names])

    def _take_page(self, own: psycopg.Connection[Any], places: Sequence[Tracked]) -> bool:
        names = tuple(place.name for place in places)
        with own.transaction():
            if tracking.tracked(own, names, lock=True) != places:
                return True  # moved meanwhile: look again
            try:
                events = log.page(own, places[0].position, log.PAGE)
            except log.PoisonedEvent as poison:
                tracking.stop(own, names, poison.position, str(poison))
                return True
            if events:
                self._take(own, names, events)
            return bool(events)

    def _take(
        self, own: psycopg.Connection[Any], names: tuple[str, ...], events: Sequence[log.Event]
    ) -> None:
        folder = self.folders[names] = self._folder(names)
        try:
            files = folder.touched(own, events)
        except FAULTS as error:
            self._take_less(own, names, events, error)
            return
        try:
            self._write(own, names, files, events[-1].position)
        except FAULTS as error:
            self._take_less(own, names, events, error)

    def _write(
        self, own: psycopg.Connection[Any], names: Sequence[str], files: Sequence[Touched], up_to: int
    ) -> None:
        few = len(files) <= _FEW
        with own.transaction(), own.pipeline() if few else nullcontext():
            for name in names:
                self._models[name].write(own, name, files)
            tracking.move(own, names, up_to)

    def _take_less(
        self,
        own: psycopg.Connection[Any],
        names: tuple[str, ...],
        events: Sequence[log.Event],
        error: Exception,
    ) -> None:
        if len(names) > 1:  # which of them breaks shows when each is followed by itself
            for name in names:
                self._take(own, (name,), events)
        elif less := log.half(events):
            self._take(own, names, less)
        else:
            poison = log.PoisonedEvent(events[0].position, error)
            tracking.stop(own, names, poison.position, str(poison))
