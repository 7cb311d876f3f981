"""The runner: keeps every read model up to date, a page of events a transaction; one leader at a time."""

import threading
from collections.abc import Collection, Sequence
from typing import Any

import psycopg

from auctions.store.connect import NoDatabase, connection
from projections import log, tracking
from projections.folding import Folder
from projections.projection import Folded, Projection
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
        self._folder = Folder()
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

    def catch_up(self) -> None:
        """Bring every read model to the head of the log and return. For imports, tests and benches."""
        with connection(self._url) as own:
            own.execute("SELECT pg_advisory_lock(7283002)")
            self.prepare(own)
            while self.advance(own):
                pass

    def prepare(self, own: psycopg.Connection[Any]) -> None:
        """Build what is missing or of another version."""
        done = {place.name: place.version for place in tracking.tracked(own, self._models)}
        for name, model in self._models.items():
            if done.get(name) != model.fingerprint:
                rebuild(self._url, model)

    def advance(self, own: psycopg.Connection[Any]) -> bool:
        """Take one page for the read models that are furthest behind; tell whether there was one."""
        with own.transaction():
            places = [
                place
                for place in tracking.tracked(own, self._models, lock=True)
                if place.stopped_at is None
            ]
            if not places:
                return False
            after = min(place.position for place in places)
            names = [place.name for place in places if place.position == after]
            return self._take_page(own, names, after)

    def _take_page(self, own: psycopg.Connection[Any], names: Sequence[str], after: int) -> bool:
        try:
            events = log.page(own, after)
        except log.PoisonedEvent as poison:
            tracking.stop(own, names, poison.position, str(poison))
            return True
        if not events:
            return False
        files = self._folder.touched(own, events)
        for name in names:
            self._write(own, name, files, after, events[-1].position)
        return True

    def _write(
        self, own: psycopg.Connection[Any], name: str, files: Sequence[Folded], after: int, up_to: int
    ) -> None:
        try:
            with own.transaction():
                self._models[name].write(own, name, files)
                tracking.move(own, [name], up_to)
        except (ArithmeticError, LookupError, TypeError, ValueError, psycopg.DataError) as error:
            tracking.stop(own, [name], after, f"{type(error).__name__}: {error}")
