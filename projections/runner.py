"""The runner: keeps every read model up to date, a page of events a transaction; one leader at a time.

The read models are those of the program whose runner leads: it builds anew what is of another version.
"""

import logging
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from typing import Any

import psycopg

from auctions.store.connect import NoDatabase
from projections import log, tracking
from projections.filling import unhurried
from projections.paging import Pages
from projections.projection import Projection
from projections.rebuild import rebuild
from projections.registry import read_models

_LEAD = "SELECT pg_try_advisory_lock(7283002)"
_FOLLOW = "SELECT pg_advisory_unlock_all()"
_POLL = 1.0
"""Seconds between looks at the log when no notice comes, and between tries for a lost database."""
_GRACE = 30.0
"""Seconds for which another program's runner may take the lead and keep what it has built, and between tries
to build what cannot be built."""
_LOG = logging.getLogger(__name__)


class _Stopped(Exception):  # noqa: N818 - not an error
    """The runner is to stop."""


class Runner:
    """Brings read models up to the head of the log and keeps them there."""

    def __init__(self, url: str, models: Collection[Projection] | None = None) -> None:
        """Take the database and the read models (all by default)."""
        self._url = url
        self._models = {model.name: model for model in (models or read_models().values())}
        self.pages = Pages(self._models)
        self._stopping = threading.Event()
        self._were_ours = False
        self._free_since: float | None = None
        self._build_after = 0.0
        self._told = ""

    def run(self) -> None:
        """Run until stopped; a database that is lost or hindered, or another leader, is waited out."""
        while not self._stopping.is_set():
            try:
                with unhurried(self._url) as own:
                    self._lead(own)
            except (NoDatabase, psycopg.Error) as error:
                self._tell(error)
                self._stopping.wait(_POLL)

    def stop(self) -> None:
        """Let `run` return within a second, or after the step of a rebuild that is under way."""
        self._stopping.set()

    def _tell(self, error: Exception) -> None:
        if str(error) != self._told:
            self._told = str(error)
            _LOG.warning("the runner tries again: %s", self._told.partition("\n")[0])

    def _lead(self, own: psycopg.Connection[Any]) -> None:
        while not self._stopping.is_set():
            replaced = self._replaced(own)
            if own.execute(_LEAD).fetchone() != (True,):
                self._free_since = None
            elif not replaced or self._free_for_long():
                self._follow(own)
            own.execute(_FOLLOW)
            self._stopping.wait(_POLL)

    def _replaced(self, own: psycopg.Connection[Any]) -> bool:
        """Tell whether another program has built what was this one's."""
        stale = self._stale(own)
        self._were_ours = self._were_ours or not stale
        return bool(stale) and self._were_ours

    def _free_for_long(self) -> bool:
        self._free_since = self._free_since or time.monotonic()
        if time.monotonic() - self._free_since < _GRACE:
            return False
        self._free_since = None
        self._were_ours = False
        return True

    def _follow(self, own: psycopg.Connection[Any]) -> None:
        own.execute("LISTEN auctions_entries")
        while not self._stopping.is_set() and not self._replaced(own):
            self._told = ""
            if not self._were_ours and time.monotonic() >= self._build_after:
                self._build(own)
            elif not self.advance(own):
                for _ in own.notifies(timeout=_POLL, stop_after=1):
                    pass
        own.execute("UNLISTEN *")

    def _build(self, own: psycopg.Connection[Any]) -> None:
        """Build what is not of this program; where that cannot be done, the others go on without.

        A connection that was lost says nothing about what can be built.
        """
        with suppress(_Stopped):
            try:
                self.prepare(own)
            except (NoDatabase, psycopg.Error) as error:
                if own.closed:
                    raise
                self._build_after = time.monotonic() + _GRACE
                self._tell(error)

    def catch_up(self, patience: float = 60.0) -> None:
        """Return when every read model is at what is now the head of the log.

        Does it here, or waits for the runner that leads. Raises TimeoutError after `patience` seconds.
        """
        until = time.monotonic() + patience
        with unhurried(self._url) as own:
            goal = log.head(own)
            while own.execute(_LEAD).fetchone() != (True,):
                if self._reached(own, goal):
                    return
                if time.monotonic() > until:
                    raise TimeoutError(self._late(own))
                time.sleep(0.02)
            self.prepare(own)
            while not self._reached(own, goal) and self.advance(own):
                pass

    def _reached(self, own: psycopg.Connection[Any], goal: int) -> bool:
        places = tracking.tracked(own, self._models)
        reached = [place for place in places if place.position >= goal or place.stopped_at is not None]
        return len(reached) == len(self._models) and not self._stale(own)

    def _late(self, own: psycopg.Connection[Any]) -> str:
        if self._stale(own):
            return "the runner that leads is another version's: restart it with this version, or stop it"
        return "the runner that leads does not keep up: see `auctions projections status`"

    def prepare(self, own: psycopg.Connection[Any]) -> None:
        """Build what is missing or of another version."""
        stale = self._stale(own)
        if stale:
            rebuild(self._url, *stale, progress=self._go_on)

    def _go_on(self, _done: int, _of: int) -> None:
        if self._stopping.is_set():
            raise _Stopped

    def _stale(self, own: psycopg.Connection[Any]) -> list[Projection]:
        done = {place.name: place.version for place in tracking.tracked(own, self._models)}
        return [model for name, model in self._models.items() if done.get(name) != model.fingerprint]

    def advance(self, own: psycopg.Connection[Any]) -> bool:
        """Take a page for each group of read models that stand together; tell whether there was one."""
        return self.pages.advance(own)
