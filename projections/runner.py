"""The runner: keeps every read model up to date, a page of events a transaction; one leader at a time."""

import threading
import time
from collections.abc import Collection, Sequence
from typing import Any

import psycopg

from auctions.store.connect import NoDatabase, connection
from projections import log, tracking
from projections.folding import Folder
from projections.projection import FAULTS, Projection, Touched
from projections.rebuild import rebuild
from projections.registry import read_models

_LEAD = "SELECT pg_try_advisory_lock(7283002)"
_POLL = 1.0
"""Seconds between looks at the log when no notice comes, and between tries for a lost database."""


class Runner:
    """Brings read models up to the head of the log and keeps them there."""

    def __init__(self, url: str, models: Collection[Projection] | None = None) -> None:
        """Take the database and the read models (all by default)."""
        self._url = url
        self._models = {model.name: model for model in (models or read_models().values())}
        self._folder = Folder(self._models.values())
        self._stopping = threading.Event()

    def run(self) -> None:
        """Run until stopped; a lost database or another leader is waited out."""
        while not self._stopping.is_set():
            try:
                with connection(self._url) as own:
                    self._lead(own)
            except (NoDatabase, psycopg.OperationalError, psycopg.InterfaceError):
                self._stopping.wait(_POLL)

    def stop(self) -> None:
        """Let `run` return within a second."""
        self._stopping.set()

    def _lead(self, own: psycopg.Connection[Any]) -> None:
        while not self._stopping.is_set():
            if own.execute(_LEAD).fetchone() == (True,):
                self.prepare(own)
                own.execute("LISTEN auctions_entries")
                self._follow(own)
            self._stopping.wait(_POLL)

    def _follow(self, own: psycopg.Connection[Any]) -> None:
        while not self._stopping.is_set():
            if not self.advance(own):
                for _ in own.notifies(timeout=_POLL, stop_after=1):
                    pass

    def catch_up(self, patience: float = 60.0) -> None:
        """Return when every read model is at what is now the head of the log.

        Does it here, or waits for the runner that leads. Raises TimeoutError after `patience` seconds.
        """
        until = time.monotonic() + patience
        with connection(self._url) as own:
            goal = log.head(own)
            while own.execute(_LEAD).fetchone() != (True,):
                if self._reached(own, goal):
                    return
                if time.monotonic() > until:
                    message = "the runner that leads does not keep up: see `auctions projections status`"
                    raise TimeoutError(message)
                time.sleep(0.02)
            self.prepare(own)
            while self.advance(own):
                pass

    def _reached(self, own: psycopg.Connection[Any], goal: int) -> bool:
        places = tracking.tracked(own, self._models)
        reached = [place for place in places if place.position >= goal or place.stopped_at is not None]
        return len(reached) == len(self._models)

    def prepare(self, own: psycopg.Connection[Any]) -> None:
        """Build what is missing or of another version."""
        done = {place.name: place.version for place in tracking.tracked(own, self._models)}
        stale = [model for name, model in self._models.items() if done.get(name) != model.fingerprint]
        if stale:
            rebuild(self._url, *stale)

    def advance(self, own: psycopg.Connection[Any]) -> bool:
        """Take one page for the read models that are furthest behind; tell whether there was one."""
        with own.transaction():
            places = [
                place for place in tracking.tracked(own, self._models, lock=True) if place.stopped_at is None
            ]
            if not places:
                return False
            after = min(place.position for place in places)
            names = [place.name for place in places if place.position == after]
            return self._take_page(own, names, after)

    def _take_page(self, own: psycopg.Connection[Any], names: Sequence[str], after: int) -> bool:
        try:
            events = log.page(own, after, log.PAGE)
        except log.PoisonedEvent as poison:
            tracking.stop(own, names, poison.position, str(poison))
            return True
        if not events:
            return False
        self._take(own, names, events)
        return True

    def _take(self, own: psycopg.Connection[Any], names: Sequence[str], events: Sequence[log.Event]) -> None:
        try:
            files = self._folder.touched(own, events)
        except FAULTS as error:
            self._take_less(own, names, events, error)
            return
        for name in names:
            try:
                self._write(own, name, files, events[-1].position)
            except FAULTS as error:
                self._take_less(own, [name], events, error)

    def _write(self, own: psycopg.Connection[Any], name: str, files: Sequence[Touched], up_to: int) -> None:
        with own.transaction():
            self._models[name].write(own, name, files)
            tracking.move(own, [name], up_to)

    def _take_less(
        self,
        own: psycopg.Connection[Any],
        names: Sequence[str],
        events: Sequence[log.Event],
        error: Exception,
    ) -> None:
        if len(events) > 1:
            self._take(own, names, events[: len(events) // 2])
        else:
            poison = log.PoisonedEvent(events[0].position, error)
            tracking.stop(own, names, poison.position, str(poison))
